import type { Change, LogEntry, Storage } from '../storage/storage';
import { MAX_ACTIVITIES, namesOf } from './conversation';

/** Activities of a conversation after a watermark, each as JSON text, oldest first. */
export interface ActivitySet {
  readonly activities: readonly string[];
  /** Where to go on from. */
  readonly watermark: string;
}

/** What one conversation may add to its log before its size is looked at, in characters; pages and the bot each. */
const MAX_GROWN = 250_000;
/** What is left of a log whose size is looked at, in characters. */
const MAX_LOOKED_AT = 500_000;
/** Of a watermark ahead of this machine's clock. */
const CLOCKS_APART_MS = 60_000;

/** The change that says activities in a conversation, each as {@link toNarrowJson} has written it, without a timestamp. */
export function appendTo(conversationId: string, texts: readonly string[], ttlMs: number): Change {
  return { kind: 'append', log: namesOf(conversationId).log, texts, keep: MAX_ACTIVITIES, ttlMs };
}

/** What was said after a watermark, and the watermark of who has seen that; one from the future gets nothing, and is set right. */
export async function readActivities(
  storage: Pick<Storage, 'readLog'>,
  conversationId: string,
  after: number,
): Promise<ActivitySet> {
  const { log } = namesOf(conversationId);
  const isAhead = after > Date.now() + CLOCKS_APART_MS;
  const entries = await storage.readLog(log, isAhead ? 0 : after);
  return {
    activities: entries.filter(({ at }) => at > after).map(toActivity),
    watermark: String(entries.at(-1)?.at ?? (isAhead ? 0 : after)),
  };
}

/**
 * An activity as it is told, with its time. That is when it was kept, which grows from one to the next: clients put activities in the
 * order of their times.
 */
export function toActivity({ at, text }: LogEntry): string {
  return `{"timestamp":"${new Date(at).toISOString()}",${text.slice(1)}`;
}

/**
 * Keeps a conversation at about a million characters: says how much it has grown now since its size was looked at, and what to drop
 * where that was too much.
 */
export async function boundLog(
  storage: Pick<Storage, 'readLog'>,
  conversationId: string,
  grown: number,
  added: readonly string[],
): Promise<{ readonly grown: number; readonly changes: readonly Change[] }> {
  const size = added.reduce((sum, { length }) => sum + length, 0);
  if (grown + size <= MAX_GROWN) return { grown: grown + size, changes: [] };
  const { log } = namesOf(conversationId);
  let room = MAX_LOOKED_AT - size;
  const tooOld = (await storage.readLog(log, 0)).findLast(({ text }) => {
    room -= text.length;
    return room < 0;
  });
  return { grown: 0, changes: tooOld === undefined ? [] : [{ kind: 'trim', log, through: tooOld.at }] };
}

/** JSON in which every character takes one byte: V8 gives two to each of a text that has a single wider one, such as a dash. */
export function toNarrowJson(value: object): string {
  const json = JSON.stringify(value);
  if (!/[\u0100-\uffff]/.test(json)) return json;
  const escaped = json.replace(/[\u0100-\uffff]/g, (wide) => `\\u${wide.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return Buffer.from(escaped, 'latin1').toString('latin1');
}

/** The watermark that a client sent; 0 for none and for anything that is not a whole number of at most 15 digits. */
export function parseWatermark(text: string | null | undefined): number {
  return text && /^\d{1,15}$/.test(text) ? Number(text) : 0;
}

/** The message of Direct Line's HTTP and WebSocket protocols that carries activities. */
export function formatActivitySet({ activities, watermark }: ActivitySet): string {
  return `{"activities":[${activities.join(',')}],"watermark":${JSON.stringify(watermark)}}`;
}
