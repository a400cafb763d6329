const OTHER = 'other';

/** Every name that figures have for a channel. */
export const CHANNEL_LABELS: readonly string[] = ['msteams', 'webchat', 'directline', 'emulator', OTHER];

/** A channel as figures name it; `other` for all that are not known, because without credentials anybody makes up names. */
export function channelLabel(channel: string): string {
  return CHANNEL_LABELS.includes(channel) ? channel : OTHER;
}
