import type { TranscriptActivity } from '../emulator/transcript';
import type { Side } from '../emulator/transcript-envelope';

/** What the person did, and what the bot sent upon it. */
export interface TranscriptTurn {
  /** 1-based place of the person's activity in the file; 0 for what the bot said before the person did anything. */
  readonly place: number;
  /** `undefined` where the transcript begins with the bot. */
  readonly user: TranscriptActivity | undefined;
  readonly bot: readonly TranscriptActivity[];
}

export type SplitTranscript =
  | { readonly ok: true; readonly turns: readonly TranscriptTurn[] }
  | { readonly ok: false; readonly fault: string };

/**
 * A transcript by turns. What the bot sent belongs to the activity that its `replyToId` names, else to the last one before it: the
 * replies to two quick messages stand after both.
 */
export function splitTranscript(activities: readonly TranscriptActivity[]): SplitTranscript {
  const turns: { place: number; user: TranscriptActivity | undefined; bot: TranscriptActivity[] }[] = [];
  for (const [index, activity] of activities.entries()) {
    const side = sideOf(activity);
    if (side === undefined) {
      const fault = `activity ${index + 1} (${activity.type}): \`from.role\` must say who sent it, "user" or "bot"`;
      return { ok: false, fault };
    }
    if (side === 'user') {
      turns.push({ place: index + 1, user: activity, bot: [] });
      continue;
    }
    if (turns.length === 0) turns.push({ place: 0, user: undefined, bot: [] });
    const { replyToId } = activity;
    const answered = turns.findLast(({ user }) => replyToId !== undefined && user?.id === replyToId) ?? turns.at(-1)!;
    answered.bot.push(activity);
  }
  return { ok: true, turns };
}

/** By the roles; where an old Emulator wrote none, by what only one side sends. */
function sideOf({ type, from, recipient, replyToId }: TranscriptActivity): Side | undefined {
  const [sender, reader] = [roleOf(from), roleOf(recipient)];
  if (sender === 'user' || sender === 'bot') return sender;
  if (reader === 'user' || reader === 'bot') return reader === 'bot' ? 'user' : 'bot';
  if (['conversationUpdate', 'contactRelationUpdate', 'messageReaction', 'deleteUserData'].includes(type))
    return 'user';
  return type === 'trace' || typeof replyToId === 'string' ? 'bot' : undefined;
}

function roleOf(account: unknown): unknown {
  return typeof account === 'object' && account !== null ? (account as { readonly role?: unknown }).role : undefined;
}
