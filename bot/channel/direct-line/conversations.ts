import type { Activity } from 'botbuilder';
import { LRUCache } from 'lru-cache';
import { ActivityLog, type ActivitySet, formatActivitySet } from './activity-log';

/** Somebody who hears a conversation as it goes on. */
export interface Listener {
  /** Takes one message of Direct Line's stream. Must not throw. */
  hear(message: string): void;
  /** The conversation is forgotten. Must not throw. */
  end(): void;
}

/** One person's conversation with the bot. */
export class Conversation {
  readonly listeners = new Set<Listener>();
  /** How many turns are running or waiting. */
  turnsInHand = 0;
  private readonly log = new ActivityLog({ maxActivities: MAX_ACTIVITIES, maxSize: MAX_CONVERSATION_SIZE });
  private lastTimestampMs = 0;
  private lastId = 0;

  constructor(
    readonly id: string,
    readonly userId: string,
  ) {}

  /** Size of what is kept, in UTF-16 code units, with an allowance for the conversation itself. */
  get size(): number {
    return this.log.size + 1_000;
  }

  nextActivityId(): string {
    this.lastId += 1;
    return `${this.id}|${String(this.lastId).padStart(7, '0')}`;
  }

  /** The time in ISO form, later than any that was given before: Web Chat orders activities by their time. */
  nextTimestamp(): string {
    this.lastTimestampMs = Math.max(Date.now(), this.lastTimestampMs + 1);
    return new Date(this.lastTimestampMs).toISOString();
  }

  /** Keeps an activity and lets all listeners hear it. */
  append(activity: Partial<Activity>): void {
    const json = JSON.stringify(activity);
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

export interface Conversations {
  get(id: string): Conversation | undefined;
  /** The conversation of that id, begun if there is none. */
  open(id: string, userId: string): { readonly conversation: Conversation; readonly isNew: boolean };
  /** To be called after a conversation has grown: it counts as used now, and others may have to go to make room. */
  touch(conversation: Conversation): void;
  /** Forgets the conversations whose time is over. */
  purge(): void;
  /** The size of each, in UTF-16 code units. */
  sizes(): readonly number[];
  /** How many there are. */
  readonly count: number;
}

/** Activities kept per conversation; a page that is opened again shows this many. */
export const MAX_ACTIVITIES = 200;
const MAX_CONVERSATION_SIZE = 1_000_000;
const MAX_TOTAL_SIZE = 100_000_000;

/**
 * Holds at most `maxConversations` conversations and about 100 million characters. The least recently used goes first, and
 * any without a message for `idleMs` milliseconds. `now` is a monotonic time in milliseconds.
 */
export function createConversations(options: {
  readonly maxConversations: number;
  readonly idleMs: number;
  readonly maxTotalSize?: number;
  readonly now?: () => number;
}): Conversations {
  // Each set puts in a new entry: for the same value again the cache would not look at its size.
  const cache = new LRUCache<string, { readonly conversation: Conversation }>({
    max: options.maxConversations,
    ttl: options.idleMs,
    maxSize: options.maxTotalSize ?? MAX_TOTAL_SIZE,
    sizeCalculation: ({ conversation }) => conversation.size,
    ...(options.now ? { perf: { now: options.now }, ttlResolution: 0 } : {}),
    dispose: ({ conversation }, _id, reason) => {
      if (reason === 'set') return;
      for (const listener of conversation.listeners) listener.end();
    },
  });
  return {
    get: (id) => cache.get(id)?.conversation,
    open(id, userId) {
      const known = cache.get(id)?.conversation;
      if (known) return { conversation: known, isNew: false };
      const conversation = new Conversation(id, userId);
      cache.set(id, { conversation });
      return { conversation, isNew: true };
    },
    touch(conversation) {
      if (cache.peek(conversation.id)?.conversation === conversation) cache.set(conversation.id, { conversation });
    },
    purge: () => void cache.purgeStale(),
    sizes: () => [...cache.values()].map(({ conversation }) => conversation.size),
    get count() {
      return cache.size;
    },
  };
}
