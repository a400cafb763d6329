import type { Logger } from '../../log';
import type { RedisConnection } from '../storage/redis-connection';
import type { Backplane } from './backplane';
import { buildRedisBus } from './redis-bus';
import { buildRedisCalls } from './redis-calls';
import { buildRedisLeases, RELEASED_CHANNEL } from './redis-leases';
import { buildRedisRateLimit } from './redis-rate-limit';
import { buildTurnQueue } from './turn-queue';

export interface RedisBackplaneOptions {
  /** Stays the caller's to close. */
  readonly connection: RedisConnection;
  /** How long Redis may take for a command before this process goes on by itself. */
  readonly timeoutMs: number;
  readonly log: Logger;
  /** How long a process that has died holds up the work of others; default: 3 s. */
  readonly leaseMs?: number;
}

const LEASE_MS = 3_000;

/**
 * The backplane of a bot that is any number of processes with one Redis. While Redis cannot be reached each of them works by itself,
 * and none waits for it: the eTags of the storage see to what two of them do at once.
 */
export async function buildRedisBackplane({
  connection,
  timeoutMs,
  log,
  leaseMs = LEASE_MS,
}: RedisBackplaneOptions): Promise<Backplane> {
  const queue = buildTurnQueue();
  const calls = buildRedisCalls(connection, timeoutMs, log);
  const leases = buildRedisLeases(calls, leaseMs, log);
  const bus = await buildRedisBus(connection, calls, timeoutMs);
  await bus.hearChannel(RELEASED_CHANNEL, leases.wake);
  return {
    exclusively: (key, work) =>
      queue.run(key, async () => {
        const release = await leases.acquire(key);
        try {
          return await work();
        } finally {
          release();
        }
      }),
    publish: bus.publish,
    subscribe: bus.subscribe,
    watchGaps: bus.watchGaps,
    rateLimit: (name, perMinute) => buildRedisRateLimit(calls, name, perMinute),
    size: queue.size,
    idle: queue.idle,
    async close() {
      bus.close();
    },
  };
}
