import type { Storage, StoreItems } from 'botbuilder';
import { LRUCache } from 'lru-cache';
import type { Config } from '../config';

type Stored = { readonly json: string; readonly eTag: string };

/**
 * Conversation state in memory: at most `maxConversations` conversations, each dropped after `conversationIdleMs` without a
 * read or write. What is read is a copy, so a turn that fails before it saves changes nothing. `now` is a monotonic time in
 * milliseconds.
 */
export function buildConversationStore(
  config: Pick<Config, 'maxConversations' | 'conversationIdleMs'>,
  now?: () => number,
): Storage {
  const items = new LRUCache<string, Stored>({
    max: config.maxConversations,
    ttl: config.conversationIdleMs,
    updateAgeOnGet: true,
    ...(now === undefined ? {} : { perf: { now }, ttlResolution: 0 }),
  });
  let writes = 0;

  return {
    async read(keys) {
      const found: StoreItems = {};
      for (const key of keys) {
        const stored = items.get(key);
        if (stored !== undefined) found[key] = { ...JSON.parse(stored.json), eTag: stored.eTag };
      }
      return found;
    },
    async write(changes) {
      for (const [key, value] of Object.entries(changes)) {
        const { eTag, ...data } = value as { readonly eTag?: string };
        const stored = items.peek(key);
        // botbuilder's contract: `*` or none overwrites, any other must be the stored one.
        if (eTag !== undefined && eTag !== '*' && stored !== undefined && eTag !== stored.eTag) {
          throw new Error(`Storage: error writing "${key}" due to eTag conflict.`);
        }
        writes += 1;
        items.set(key, { json: JSON.stringify(data), eTag: String(writes) });
      }
    },
    async delete(keys) {
      for (const key of keys) items.delete(key);
    },
  };
}
