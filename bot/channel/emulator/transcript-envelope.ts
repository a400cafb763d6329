import type { TranscriptActivity } from './transcript';

/** Who did what an activity tells of. */
export type Side = 'user' | 'bot';

const ACCOUNTS = {
  user: { id: 'user', name: 'User', role: 'user' },
  bot: { id: 'bot', name: 'Bot', role: 'bot' },
} as const;

/** Who is there when a conversation begins, as the Emulator tells it. */
export const MEMBERS = [
  { id: ACCOUNTS.bot.id, name: ACCOUNTS.bot.name },
  { id: ACCOUNTS.user.id, name: ACCOUNTS.user.name },
];

/**
 * An activity with all that the Emulator needs to open a transcript (it reads the role of each `recipient`) where it has not got
 * it yet. `number` is its 1-based place in the transcript and becomes its id.
 */
export function inEnvelope(
  activity: TranscriptActivity,
  side: Side,
  { number, at }: { readonly number: number; readonly at: string },
): TranscriptActivity {
  const { type, id, timestamp, channelId, serviceUrl, conversation, from, recipient, ...rest } = activity;
  return {
    type,
    id: id ?? String(number),
    timestamp: timestamp ?? at,
    channelId: channelId ?? 'emulator',
    serviceUrl: serviceUrl ?? 'http://localhost',
    conversation: conversation ?? { id: 'conversation|livechat' },
    from: account(from, side),
    recipient: account(recipient, side === 'user' ? 'bot' : 'user'),
    ...rest,
  };
}

function account(written: unknown, role: Side): object {
  return { ...ACCOUNTS[role], ...(typeof written === 'object' ? written : {}), role };
}
