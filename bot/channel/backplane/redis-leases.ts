import { randomUUID } from 'node:crypto';
import type { Logger } from '../../log';
import { REDIS_PREFIX, type RedisClient } from '../storage/redis-connection';
import type { RedisCalls } from './redis-calls';

/** Leases on names, of which one process at a time has one. */
export interface RedisLeases {
  /**
   * Waits until this process has the lease, and resolves to what gives it back. Never rejects: while Redis cannot be reached it
   * resolves at once. A process asks for one name once at a time.
   */
  acquire(name: string): Promise<() => void>;
  /** Looks at once whether the lease of a name is free; for when its holder has said so. */
  wake(name: string): void;
}

/** The channel on which the name of a lease is published when it is given back and others wait for it. */
export const RELEASED_CHANNEL = `${REDIS_PREFIX}backplane/released`;

/** Waiters look for themselves as well, for a message may be lost: after this time, and up to twice that. */
const POLL_MS = 100;
/** A waiter that has not looked for so long is dead. */
const WAITER_MS = 1_000;

/*
 * KEYS: holder, waiting processes by their arrival, when each has looked last.
 * Who holds a lease is "process/number": a process takes over what it has not given back for want of a connection.
 */
const ACQUIRE = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local me = ARGV[1]
local holder = redis.call('GET', KEYS[1])
local free = not holder or string.sub(holder, 1, #me) == me
while free do
  local first = redis.call('ZRANGE', KEYS[2], 0, 0)[1]
  if not first or first == me then
    redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
    redis.call('ZREM', KEYS[2], me)
    redis.call('HDEL', KEYS[3], me)
    return 1
  end
  local seen = tonumber(redis.call('HGET', KEYS[3], first) or 0)
  if seen + ARGV[4] >= now then break end
  redis.call('ZREM', KEYS[2], first)
  redis.call('HDEL', KEYS[3], first)
end
redis.call('ZADD', KEYS[2], 'NX', now, me)
redis.call('HSET', KEYS[3], me, now)
redis.call('PEXPIRE', KEYS[2], ARGV[4] * 10)
redis.call('PEXPIRE', KEYS[3], ARGV[4] * 10)
return 0`;

const RENEW = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('PEXPIRE', KEYS[1], ARGV[2])`;

const RELEASE = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('DEL', KEYS[1])
if redis.call('ZCARD', KEYS[2]) > 0 then redis.call('PUBLISH', ARGV[2], ARGV[3]) end
return 1`;

/**
 * Leases of `leaseMs`, renewed at a third of that. Processes that wait get a lease in the order in which they came. A process that
 * dies has its leases until they end, and its place in the queue for a second.
 */
export function buildRedisLeases(calls: RedisCalls, leaseMs: number, log: Logger): RedisLeases {
  const me = randomUUID();
  const sleepers = new Map<string, () => void>();
  let count = 0;
  // In braces, so that a cluster has all of a name in one place.
  const keysOf = (name: string) =>
    ['lease', 'queue', 'seen'].map((kind) => `${REDIS_PREFIX}backplane/${kind}/{${name}}`);
  const evaluate = (client: RedisClient, script: string, name: string, args: readonly string[]) =>
    client.eval(script, { keys: keysOf(name), arguments: [...args] });

  function release(name: string, holder: string): void {
    calls.call((client) => evaluate(client, RELEASE, name, [holder, RELEASED_CHANNEL, name])).catch(() => undefined);
  }

  function hold(name: string, holder: string): () => void {
    const timer = setInterval(() => {
      calls
        .call((client) => evaluate(client, RENEW, name, [holder, String(leaseMs)]))
        .then((renewed) => {
          if (renewed === 1) return;
          clearInterval(timer);
          log.warn('a lease was lost: another process may have worked at the same time');
        })
        .catch(() => undefined);
    }, leaseMs / 3).unref();
    return () => {
      clearInterval(timer);
      release(name, holder);
    };
  }

  function sleep(name: string): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        if (sleepers.get(name) === wake) sleepers.delete(name);
        resolve();
      };
      const timer = setTimeout(wake, POLL_MS * (1 + Math.random()));
      sleepers.set(name, wake);
    });
  }

  return {
    async acquire(name) {
      count += 1;
      const holder = `${me}/${count}`;
      for (;;) {
        try {
          const got = await calls.call(
            (client) => evaluate(client, ACQUIRE, name, [me, holder, String(leaseMs), String(WAITER_MS)]),
            (late) => {
              if (late === 1) release(name, holder);
            },
          );
          if (got === 1) return hold(name, holder);
        } catch {
          return () => undefined;
        }
        await sleep(name);
      }
    },
    wake: (name) => sleepers.get(name)?.(),
  };
}
