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
  forget(id: string, text?: string): void;
  /** Forgets the conversations whose time is over. */
  purge(): void;
  /** The size of each, in characters or bytes. */
  sizes(): readonly number[];
  /** How many there are. */
  readonly count: number;
}

/** `saved` is a conversation of an earlier process that nobody has asked for yet. `size` is what it counts for. */
type Entry = { size: number } & (
  | { readonly kind: 'open'; readonly conversation: Conversation }
  | { readonly kind: 'saved'; readonly json: string }
  | { readonly kind: 'deleted' }
);

const MAX_TOTAL_SIZE = 100_000_000;
/** Conversations that are held ready, those where something was said last; all others are packed. */
const MAX_READY = 500;
const DELETED_JSON = '{"deleted":true}';
const DELETED_SIZE = 200;

/**
 * Holds at most `maxConversations` conversations and 100 million characters or bytes. The least recently used goes first, and
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
  const { idleMs, deletedMs = idleMs, maxTotalSize = MAX_TOTAL_SIZE } = options;
  let changes = 0;
  let totalSize = 0;
  const cache = new LRUCache<string, Entry>({
    max: options.maxConversations,
    ttl: idleMs,
    ...(options.now ? { perf: { now: options.now }, ttlResolution: 0 } : {}),
    dispose: (entry, id, reason) => {
      changes += 1;
      totalSize -= entry.size;
      // Nobody counts what is no longer there.
      entry.size = 0;
      if (reason === 'set' || entry.kind !== 'open') return;
      ready.delete(id);
      for (const listener of entry.conversation.listeners) listener.end();
    },
  });
  const ready = new LRUCache<string, Conversation>({
    max: MAX_READY,
    dispose: (conversation, id, reason) => {
      if (reason !== 'evict') return;
      conversation.pack();
      const entry = cache.peek(id);
      if (entry) count(entry);
    },
  });

  /** Counts what an entry takes now. */
  function count(entry: Entry): void {
    totalSize -= entry.size;
    entry.size = sizeOf(entry);
    totalSize += entry.size;
  }

  function put(id: string, entry: Entry, ttl: { readonly ttl?: number; readonly noUpdateTTL?: boolean } = {}): void {
    cache.set(id, entry, ttl);
    count(entry);
    while (totalSize > maxTotalSize && cache.size > 1) cache.pop();
  }

  function get(id: string): Conversation | undefined {
    const entry = cache.get(id);
    if (entry?.kind !== 'saved') return entry?.kind === 'open' ? entry.conversation : undefined;
    const conversation = Conversation.fromJson(id, entry.json);
    // Looking at a conversation gives it no longer life.
    if (conversation) put(id, { kind: 'open', conversation, size: 0 }, { noUpdateTTL: true });
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
      put(id, { kind: 'open', conversation, size: 0 });
      ready.set(id, conversation);
      changes += 1;
      return { conversation, isNew: true };
    },
    touch(conversation) {
      const entry = cache.peek(conversation.id);
      if (entry?.kind !== 'open' || entry.conversation !== conversation) return;
      put(conversation.id, { kind: 'open', conversation, size: 0 });
      ready.set(conversation.id, conversation);
      changes += 1;
    },
    forget(id, text) {
      const entry = cache.peek(id);
      put(id, { kind: 'deleted', size: 0 }, { ttl: deletedMs });
      ready.delete(id);
      changes += 1;
      if (entry?.kind !== 'open') return;
      const { conversation } = entry;
      conversation.tell(JSON.stringify(buildDeletion(conversation, text)));
      for (const listener of conversation.listeners) listener.end();
    },
    purge: () => void cache.purgeStale(),
    sizes: () => [...cache.values()].map(({ size }) => size),
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
              value: deleted ? { kind: 'deleted', size: 0 } : { kind: 'saved', json, size: 0 },
              ttl: deleted ? deletedMs : idleMs,
              // A clock that was put back must not give anybody a longer life.
              start: Math.min(usedAt, now),
            },
          ];
        }),
      );
      for (const entry of cache.values()) count(entry);
      cache.purgeStale();
      while (totalSize > maxTotalSize && cache.size > 1) cache.pop();
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

function buildDeletion(conversation: Conversation, text: string | undefined) {
  return {
    type: 'event',
    name: 'conversation-deleted',
    ...(text === undefined ? {} : { value: { text } }),
    id: conversation.nextActivityId(),
    timestamp: conversation.nextTimestamp(),
    channelId: 'webchat',
    from: { id: 'bot', name: 'bot', role: 'bot' },
    conversation: { id: conversation.id },
  };
}
