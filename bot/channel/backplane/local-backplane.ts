import type { Backplane } from './backplane';
import { buildRateLimit, type RateLimit } from './rate-limit';
import { buildTurnQueue } from './turn-queue';

/** The backplane of a bot that is one process. */
export function buildLocalBackplane(): Backplane {
  const queue = buildTurnQueue();
  const topics = new Map<string, Set<(text: string) => void>>();
  const limits = new Map<string, RateLimit>();
  return {
    exclusively: (key, work) => queue.run(key, work),
    publish(topic, text) {
      for (const hear of topics.get(topic) ?? []) hear(text);
    },
    async subscribe(topic, hear) {
      // One of its own, so that the same function may listen twice.
      const own = (text: string): void => hear(text);
      const listeners = topics.get(topic) ?? new Set();
      topics.set(topic, listeners.add(own));
      return {
        end() {
          listeners.delete(own);
          if (listeners.size === 0 && topics.get(topic) === listeners) topics.delete(topic);
        },
      };
    },
    watchGaps: () => ({ end: () => undefined }),
    rateLimit(name, perMinute) {
      const limit = limits.get(name) ?? buildRateLimit(perMinute);
      limits.set(name, limit);
      return { take: async (key) => limit.take(key) };
    },
    size: queue.size,
    idle: queue.idle,
    close: async () => undefined,
  };
}
