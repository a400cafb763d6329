import type { Storage, StoreItems } from 'botbuilder';
import { LRUCache } from 'lru-cache';
import type { Config } from '../config';

type Stored = { readonly json: string; readonly eTag: string };

/** One conversation as it outlives the process. */
export interface SavedConversation {
  readonly key: string;
  /** When it was last read or written, in milliseconds since 1970. */
  readonly usedAt: number;
  /** Its state, a JSON object in one line. */
  readonly json: string;
}

/** Conversations that can be carried over to another process. */
export interface SavedConversations {
  /** All conversations that are remembered, the least recently used first. Copies no state. */
  dump(): readonly SavedConversation[];
  /** Replaces everything by `saved`, the least recently used first; what is too old or too many is forgotten. */
  restore(saved: readonly SavedConversation[]): void;
  /** A number that grows whenever what {@link dump} gives changes. */
  changes(): number;
}

/** A store whose conversations can be carried over to another one. */
export interface ConversationStore extends Storage, SavedConversations {}

/**
 * Conversation state in memory: at most `maxConversations` conversations, each dropped after `conversationIdleMs` without a
 * read or write. What is read is a copy, so a turn that fails before it saves changes nothing. `now` is a monotonic time in
 * milliseconds.
 */
export function buildConversationStore(
  config: Pick<Config, 'maxConversations' | 'conversationIdleMs'>,
  now?: () => number,
): ConversationStore {
  const items = new LRUCache<string, Stored>({
    max: config.maxConversations,
    ttl: config.conversationIdleMs,
    updateAgeOnGet: true,
    ...(now === undefined ? {} : { perf: { now }, ttlResolution: 0 }),
  });
  let eTags = 0;
  let changes = 0;

  function toStored(json: string): Stored {
    eTags += 1;
    return { json, eTag: String(eTags) };
  }

  return {
    async read(keys) {
      const found: StoreItems = {};
      for (const key of keys) {
        const stored = items.get(key);
        if (stored === undefined) continue;
        found[key] = { ...JSON.parse(stored.json), eTag: stored.eTag };
        changes += 1; // of its last use
      }
      return found;
    },
    async write(written) {
      for (const [key, value] of Object.entries(written)) {
        const { eTag, ...data } = value as { readonly eTag?: string };
        const stored = items.peek(key);
        // botbuilder's contract: `*` or none overwrites, any other must be the stored one.
        if (eTag !== undefined && eTag !== '*' && stored !== undefined && eTag !== stored.eTag) {
          throw new Error(`Storage: error writing "${key}" due to eTag conflict.`);
        }
        items.set(key, toStored(JSON.stringify(data)));
        changes += 1;
      }
    },
    async delete(keys) {
      for (const key of keys) {
        items.delete(key);
        changes += 1;
      }
    },
    dump() {
      const oldest = Date.now() - config.conversationIdleMs;
      return items
        .dump()
        .map(([key, { value, start }]) => ({ key, usedAt: start ?? 0, json: value.json }))
        .filter(({ usedAt }) => usedAt >= oldest);
    },
    restore(saved) {
      const at = Date.now();
      const ttl = config.conversationIdleMs;
      items.load(
        saved
          .filter(({ usedAt }) => usedAt >= at - ttl)
          // A clock that was put back must not give anybody a longer life.
          .map(({ key, usedAt, json }) => [key, { value: toStored(json), ttl, start: Math.min(usedAt, at) }]),
      );
      changes += 1;
    },
    changes: () => changes,
  };
}
