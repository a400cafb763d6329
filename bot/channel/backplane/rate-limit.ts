import { LRUCache } from 'lru-cache';

/** How often something may happen, for each of many keys. */
export interface RateLimit {
  /** Counts one for `key`: `undefined` where it may happen, else the whole seconds until it may. */
  take(key: string): number | undefined;
}

const MAX_KEYS = 20_000;

/**
 * A bucket for each key that holds `perMinute` and fills up evenly in a minute: as many at once, and as many a minute for ever.
 * Remembers the last 20,000 keys. `now` is a monotonic time in milliseconds.
 */
export function buildRateLimit(perMinute: number, now: () => number = () => performance.now()): RateLimit {
  // With `max` the cache would allocate all its places at once.
  const buckets = new LRUCache<string, { left: number; at: number }>({ maxSize: MAX_KEYS, sizeCalculation: () => 1 });
  return {
    take(key) {
      const at = now();
      const bucket = buckets.get(key) ?? { left: perMinute, at };
      bucket.left = Math.min(perMinute, bucket.left + ((at - bucket.at) * perMinute) / 60_000);
      bucket.at = at;
      buckets.set(key, bucket);
      if (bucket.left >= 1) {
        bucket.left -= 1;
        return undefined;
      }
      return Math.max(1, Math.ceil(((1 - bucket.left) * 60) / perMinute));
    },
  };
}
