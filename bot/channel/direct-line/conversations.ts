import { LRUCache } from 'lru-cache';
import type { SavedConversation, SavedConversations } from '../conversation-store';
import { Conversation } from './conversation';

export interface Conversations extends SavedConversations {
  get(id: string): Conversation | undefined;
  /** The conversation of that id, begun if there is none; `undefined` for one that was deleted. */
  open(id: string, userId: string): { readonly conversation: Conversation; readonly isNew: boolean } | undefined;
  /** To be called after a conversation has grown: it counts as used now, and others may have to go to make room. */
  touch(conversation: Conversation): void;
  /** Deletes a conversation for good: whoever listens is told, and the id cannot be opened any more. */
  forget(id: string): void;
  /** Forgets the conversations whose time is over. */
  purge(): void;
  /** The size of each, in UTF-16 code units. */
  sizes(): readonly number[];
  /** How many there are. */
  readonly count: number;
}

/** `saved` is a conversation of an earlier process that nobody has asked for yet. */
type Entry =
  | { readonly kind: 'open'; readonly conversation: Conversation }
  | { readonly kind: 'saved'; readonly json: string }
  | { readonly kind: 'deleted' };

const MAX_TOTAL_SIZE = 100_000_000;
const DELETED: Entry = { kind: 'deleted' };
const DELETED_JSON = '{"deleted":true}';
const DELETED_SIZE = 200;

/**
 * Holds at most `maxConversations` conversations and about 100 million characters. The least recently used goes first, and
 * any without a message for `idleMs` milliseconds. That one was deleted is remembered for `deletedMs`, which should be the life of
 * the tokens that once opened it (default: `idleMs`). `now` is a monotonic time in milliseconds.
 */
export function createConversations(options: {
  readonly maxConversations: number;
  readonly idleMs: number;
  readonly deletedMs?: number;
  readonly maxTotalSize?: number;
  readonly now?: () => number;
}): Conversations {
  const { idleMs, deletedMs = idleMs } = options;
  let changes = 0;
  // Each set puts in a new entry: for the same value again the cache would not look at its size.
  const cache = new LRUCache<string, Entry>({
    max: options.maxConversations,
    ttl: idleMs,
    maxSize: options.maxTotalSize ?? MAX_TOTAL_SIZE,
    sizeCalculation: sizeOf,
    ...(options.now ? { perf: { now: options.now }, ttlResolution: 0 } : {}),
    dispose: (entry, _id, reason) => {
      changes += 1;
      if (reason === 'set' || entry.kind !== 'open') return;
      for (const listener of entry.conversation.listeners) listener.end();
    },
  });

  function get(id: string): Conversation | undefined {
    const entry = cache.get(id);
    if (entry?.kind !== 'saved') return entry?.kind === 'open' ? entry.conversation : undefined;
    const conversation = Conversation.fromJson(id, entry.json);
    // Looking at a conversation gives it no longer life.
    if (conversation) cache.set(id, { kind: 'open', conversation }, { noUpdateTTL: true });
    else cache.delete(id);
    return conversation;
  }

  return {
    get,
    open(id, userId) {
      const known = get(id);
      if (known) return { conversation: known, isNew: false };
      if (cache.peek(id)?.kind === 'deleted') return undefined;
      const conversation = new Conversation(id, userId);
      cache.set(id, { kind: 'open', conversation });
      changes += 1;
      return { conversation, isNew: true };
    },
    touch(conversation) {
      const entry = cache.peek(conversation.id);
      if (entry?.kind !== 'open' || entry.conversation !== conversation) return;
      cache.set(conversation.id, { kind: 'open', conversation });
      changes += 1;
    },
    forget(id) {
      const entry = cache.peek(id);
      cache.set(id, DELETED, { ttl: deletedMs });
      changes += 1;
      if (entry?.kind !== 'open') return;
      const { conversation } = entry;
      conversation.tell(JSON.stringify(buildDeletion(conversation)));
      for (const listener of conversation.listeners) listener.end();
    },
    purge: () => void cache.purgeStale(),
    sizes: () => [...cache.values()].map(sizeOf),
    get count() {
      return cache.size;
    },
    dump() {
      const now = Date.now();
      return cache
        .dump()
        .filter(([, { start = now, ttl = idleMs }]) => start + ttl > now)
        .map(([key, { value, start = now }]) => new SavedEntry(key, start, value));
    },
    restore(saved) {
      const now = Date.now();
      cache.load(
        saved.map(({ key, usedAt, json }) => {
          const deleted = json === DELETED_JSON;
          return [
            key,
            {
              value: deleted ? DELETED : { kind: 'saved', json },
              ttl: deleted ? deletedMs : idleMs,
              // A clock that was put back must not give anybody a longer life.
              start: Math.min(usedAt, now),
            },
          ];
        }),
      );
      cache.purgeStale();
      changes += 1;
    },
    changes: () => changes,
  };
}

/** Its text is made when it is written: of thousands at once it would stand in memory twice, and hold up everybody. */
class SavedEntry implements SavedConversation {
  constructor(
    readonly key: string,
    readonly usedAt: number,
    private readonly entry: Entry,
  ) {}

  get json(): string {
    return toJson(this.entry);
  }
}

function toJson(entry: Entry): string {
  switch (entry.kind) {
    case 'open':
      return entry.conversation.toJson();
    case 'saved':
      return entry.json;
    case 'deleted':
      return DELETED_JSON;
  }
}

function sizeOf(entry: Entry): number {
  switch (entry.kind) {
    case 'open':
      return entry.conversation.size;
    case 'saved':
      return entry.json.length;
    case 'deleted':
      return DELETED_SIZE;
  }
}

function buildDeletion(conversation: Conversation) {
  return {
    type: 'event',
    name: 'conversation-deleted',
    id: conversation.nextActivityId(),
    timestamp: conversation.nextTimestamp(),
    channelId: 'webchat',
    from: { id: 'bot', name: 'bot', role: 'bot' },
    conversation: { id: conversation.id },
  };
}
