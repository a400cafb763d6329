/** What is kept of a conversation beside what was said in it. It changes with everything that its page sends. */
export interface Conversation {
  readonly id: string;
  readonly userId: string;
  /** The number in the id of the activity that the page sent last. */
  readonly lastNumber: number;
  /** How many activities were ever taken for the bot. */
  readonly taken: number;
  /** What pages have added to the log since its size was looked at, in characters. */
  readonly grown: number;
  /** The last marks of the client, each with the number in the id of its activity, oldest first. */
  readonly marks: readonly (readonly [string, number])[];
}

/** How far the bot has come in a conversation. It changes with every turn, so that no turn is made twice. */
export interface Progress {
  /** How many of the activities that were taken are answered. */
  readonly answered: number;
  /** How often somebody began anew on the next one; more than once where that ends the process. */
  readonly attempts: number;
  /** What the bot has added to the log since its size was looked at, in characters. */
  readonly grown: number;
}

export type ConversationState =
  | { readonly kind: 'open'; readonly conversation: Conversation }
  | { readonly kind: 'deleted' }
  /** Never begun, or idle for too long. */
  | { readonly kind: 'none' };

/** Activities kept per conversation; a page that is opened again shows this many. */
export const MAX_ACTIVITIES = 200;
/** Messages of one conversation that may be in hand at once: one that is answered, the others waiting. */
export const MAX_TURNS_IN_HAND = 20;
/** Messages whose second delivery is noticed: clients repeat what they sent last. */
export const MAX_MARKS = 20;

/** The names under which a conversation is kept. */
export const namesOf = (id: string) =>
  ({ document: `chat/${id}`, progress: `chat-progress/${id}`, log: `chat/${id}`, inbox: `inbox/${id}` }) as const;

/** The set of all activities that wait for their turn, by {@link activityId}. */
export const WAITING = 'inboxes';

export const DELETED_JSON = '{"deleted":true}';

/** Whether the text of a conversation's document, if there is one, is that of an open one; quicker than reading it. */
export function isOpen(json: string | undefined): boolean {
  return json !== undefined && json !== DELETED_JSON;
}

/** Says what the text of a conversation's document, if there is one, stands for. What cannot be read is none. Never throws. */
export function readConversation(id: string, json: string | undefined): ConversationState {
  if (json === undefined) return { kind: 'none' };
  if (json === DELETED_JSON) return { kind: 'deleted' };
  const { user: userId, last: lastNumber, taken, grown, marks } = parse(json);
  const isWhole = typeof userId === 'string' && isCount(lastNumber) && isCount(taken) && isCount(grown);
  if (!isWhole || !Array.isArray(marks) || !marks.every(isMark)) return { kind: 'none' };
  return { kind: 'open', conversation: { id, userId, lastNumber, taken, grown, marks } };
}

export function conversationToJson({ userId, lastNumber, taken, grown, marks }: Conversation): string {
  return JSON.stringify({ user: userId, last: lastNumber, taken, grown, marks });
}

/** The progress that a text stands for; that of a conversation without a turn for none and for what cannot be read. */
export function readProgress(json: string | undefined): Progress {
  const { answered, attempts, grown } = json === undefined ? {} : parse(json);
  const isWhole = isCount(answered) && isCount(attempts) && isCount(grown);
  return isWhole ? { answered, attempts, grown } : { answered: 0, attempts: 0, grown: 0 };
}

/** A number for the next activity of a page: above all before, and above those of a conversation of the same id that is forgotten. */
export function nextNumber({ lastNumber }: Pick<Conversation, 'lastNumber'>): number {
  return Math.max(lastNumber + 1, Date.now());
}

export function activityId(conversationId: string, number: number): string {
  return `${conversationId}|${number}`;
}

/** The conversation of an id that {@link activityId} has made. */
export function conversationIdOf(activity: string): string {
  return activity.slice(0, Math.max(activity.lastIndexOf('|'), 0));
}

// By hand: each message has them read several times.
function parse(json: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value);
}

function isMark(value: unknown): value is readonly [string, number] {
  return Array.isArray(value) && typeof value[0] === 'string' && isCount(value[1]);
}
