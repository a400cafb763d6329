import { createHash } from 'node:crypto';
import type { Activity } from 'botbuilder';
import type { Memory } from '../../memory';

/** Where in Teams the bot speaks, as far as what it says depends on it. */
export interface TeamsPlace {
  /** Whether others read along: a group chat or a channel. */
  readonly isShared: boolean;
  /** Marks the cards of the person who is answered; tells nothing of who that is. `undefined` where nobody else could press them. */
  readonly owner: string | undefined;
  /** The bot's account in Teams, `28:` and its app id, for links to a private chat; `undefined` where it is another. */
  readonly bot: string | undefined;
  /** Addresses, mails and numbers that the person typed, which must not be repeated where others read along. */
  readonly typed: readonly string[];
}

/** A private chat, with no account of the bot's known. */
export const PRIVATE_PLACE: TeamsPlace = { isShared: false, owner: undefined, bot: undefined, typed: [] };

const PERSONAL_DATA =
  /(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\b\d{1,3}(?:\.\d{1,3}){3}(?:\/\d{1,2})?\b|\b[\da-f]{0,4}(?::[\da-f]{0,4}){2,7}\b|\b\d{4,10}\b/gi;

/** Whether several people talk in a conversation. */
export function isShared({ conversation }: Pick<Activity, 'conversation'>): boolean {
  return conversation.isGroup === true || ['groupChat', 'channel'].includes(conversation.conversationType);
}

/** The place of an activity; `heard` is what the person said now, `memory` what is remembered of them. */
export function placeOf(activity: Activity, heard: string, memory: Memory | undefined): TeamsPlace {
  const bot = /^28:[\w-]{1,100}$/.exec(activity.recipient?.id ?? '')?.[0];
  if (!isShared(activity)) return { ...PRIVATE_PLACE, bot };
  const remembered = JSON.stringify([memory?.guide, memory?.suspended]) ?? '';
  const typed = [...`${heard} ${remembered}`.matchAll(PERSONAL_DATA)].map(([found]) => found);
  return { isShared: true, owner: ownerMark(activity), bot, typed: [...new Set(typed)] };
}

/** The same for one person in one conversation, and for nobody else; 96 bits of a hash. */
export function ownerMark({ conversation, from }: Pick<Activity, 'conversation' | 'from'>): string {
  const who = JSON.stringify([conversation.id, from?.id ?? '']);
  return createHash('sha256').update(who).digest('base64url').slice(0, 16);
}
