import type { Activity } from 'botbuilder';
import * as v from 'valibot';
import { ActivityLog, type ActivitySet, formatActivitySet } from './activity-log';

/** Somebody who hears a conversation as it goes on. */
export interface Listener {
  /** Takes one message of Direct Line's stream. Must not throw. */
  hear(message: string): void;
  /** The conversation is forgotten. Must not throw. */
  end(): void;
}

/** Activities kept per conversation; a page that is opened again shows this many. */
export const MAX_ACTIVITIES = 200;
/** Of all that is kept of one conversation, in UTF-16 code units. */
export const MAX_CONVERSATION_SIZE = 1_000_000;
/** Messages whose second delivery is noticed: clients repeat what they sent last. */
const MAX_MARKS = 20;

const SavedSchema = v.object({
  user: v.string(),
  time: v.number(),
  at: v.array(v.pipe(v.number(), v.safeInteger())),
  packed: v.string(),
  marks: v.array(v.tuple([v.string(), v.string()])),
});

/** One person's conversation with the bot. */
export class Conversation {
  readonly listeners = new Set<Listener>();
  /** How many turns are running or waiting. */
  turnsInHand = 0;
  private readonly log: ActivityLog;
  private readonly marks: Map<string, string>;
  private lastTimestampMs: number;
  private lastId: number;

  /**
   * Ids and watermarks begin above `after`. By default that is the time in milliseconds: no conversation says a thousand things a
   * second, so they are also above any that an earlier process gave to the same conversation.
   */
  constructor(
    readonly id: string,
    readonly userId: string,
    after: number = Date.now(),
    saved?: v.InferOutput<typeof SavedSchema>,
  ) {
    this.log = new ActivityLog({ maxActivities: MAX_ACTIVITIES, maxSize: MAX_CONVERSATION_SIZE }, after, saved);
    this.lastId = Number(this.log.watermark);
    this.lastTimestampMs = saved?.time ?? 0;
    this.marks = new Map(saved?.marks);
  }

  /** The conversation that {@link toJson} has written; `undefined` for any other text. Never throws. */
  static fromJson(id: string, json: string): Conversation | undefined {
    try {
      const saved = v.parse(SavedSchema, JSON.parse(json));
      return new Conversation(id, saved.user, Date.now(), saved);
    } catch {
      return undefined;
    }
  }

  /** Everything that outlives the process, as a JSON object in one line. */
  toJson(): string {
    const saved: v.InferOutput<typeof SavedSchema> = {
      user: this.userId,
      time: this.lastTimestampMs,
      marks: [...this.marks],
      at: [...this.log.dump().at],
      packed: this.log.dump().packed,
    };
    return JSON.stringify(saved);
  }

  /** Makes the conversation small until somebody says or asks something. */
  pack(): void {
    this.log.pack();
  }

  /** What the conversation takes at the moment, in characters or bytes, with an allowance for the conversation itself. */
  get size(): number {
    return this.log.size + 1_000;
  }

  nextActivityId(): string {
    this.lastId += 1;
    return `${this.id}|${this.lastId}`;
  }

  /** The time in ISO form, later than any that was given before: Web Chat orders activities by their time. */
  nextTimestamp(): string {
    this.lastTimestampMs = Math.max(Date.now(), this.lastTimestampMs + 1);
    return new Date(this.lastTimestampMs).toISOString();
  }

  /** The id of the activity that came with a client's mark; `undefined` where none did, or too long ago. */
  idOf(mark: string): string | undefined {
    return this.marks.get(mark);
  }

  /** Remembers a client's mark on an activity. */
  mark(mark: string, id: string): void {
    this.marks.set(mark, id);
    if (this.marks.size > MAX_MARKS) this.marks.delete(this.marks.keys().next().value!);
  }

  /** Keeps an activity and lets all listeners hear it. */
  append(activity: Partial<Activity>): void {
    const json = toNarrowJson(activity);
    this.log.append(json);
    this.tell(json);
  }

  /** Lets the present listeners hear an activity that nobody needs later, such as "typing". */
  tell(json: string): void {
    const message = formatActivitySet({ activities: [json], watermark: this.log.watermark });
    for (const listener of this.listeners) listener.hear(message);
  }

  since(watermark: number): ActivitySet {
    return this.log.since(watermark);
  }
}

/** JSON in which every character takes one byte: V8 gives two to each of a text that has a single wider one, such as a dash. */
function toNarrowJson(value: object): string {
  const json = JSON.stringify(value);
  if (!/[\u0100-\uffff]/.test(json)) return json;
  const escaped = json.replace(/[\u0100-\uffff]/g, (wide) => `\\u${wide.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return Buffer.from(escaped, 'latin1').toString('latin1');
}
