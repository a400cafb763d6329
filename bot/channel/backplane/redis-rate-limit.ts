import { REDIS_PREFIX } from '../storage/redis-connection';
import type { SharedRateLimit } from './backplane';
import { buildRateLimit } from './rate-limit';
import type { RedisCalls } from './redis-calls';

/*
 * The generic cell rate algorithm (ITU-T I.371): what is kept is the time at which the bucket would be full again. ARGV: milliseconds
 * that one costs, milliseconds that a whole bucket costs. Answers 0, or the milliseconds until there is room for one.
 */
const TAKE = `
local time = redis.call('TIME')
local now = time[1] * 1000 + time[2] / 1000
local full = math.max(tonumber(redis.call('GET', KEYS[1]) or 0), now) + ARGV[1]
local wait = full - now - ARGV[2]
if wait > 0.001 then return math.ceil(wait) end
redis.call('SET', KEYS[1], string.format('%.3f', full), 'PX', math.ceil(full - now))
return 0`;

/** A bucket for each key that all processes share; while Redis cannot be reached, each process has buckets of its own. */
export function buildRedisRateLimit(calls: RedisCalls, name: string, perMinute: number): SharedRateLimit {
  const own = buildRateLimit(perMinute);
  return {
    async take(key) {
      try {
        const waitMs = await calls.call((client) =>
          client.eval(TAKE, {
            keys: [`${REDIS_PREFIX}backplane/limit/${name}/${key}`],
            arguments: [String(60_000 / perMinute), '60000'],
          }),
        );
        return waitMs === 0 ? undefined : Math.max(1, Math.ceil(Number(waitMs) / 1_000));
      } catch {
        return own.take(key);
      }
    },
  };
}
