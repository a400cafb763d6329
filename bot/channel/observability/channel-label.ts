const CHANNELS: ReadonlySet<string> = new Set(['msteams', 'webchat', 'directline', 'emulator']);

/** A channel as figures name it; `other` for all that are not known, because without credentials anybody makes up names. */
export function channelLabel(channel: string): string {
  return CHANNELS.has(channel) ? channel : 'other';
}
