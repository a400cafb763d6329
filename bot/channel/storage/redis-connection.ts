import { createClient } from '@redis/client';
import type { Logger } from '../../log';

export type RedisClient = ReturnType<typeof buildClient>;

/** A connection to Redis that is made again whenever it breaks. */
export interface RedisConnection {
  /** Rejects a command at once while there is no connection. */
  readonly client: RedisClient;
  /** A second connection, for subscriptions; always the same. */
  subscriber(): Promise<RedisClient>;
  /** Whether there is a connection, as far as is known at the moment. */
  isUp(): boolean;
  close(): Promise<void>;
}

/** How long a connection may take to come about. */
const CONNECT_TIMEOUT_MS = 3_000;
const LAST_RETRY_MS = 1_000;
/** A connection on which nothing was heard for so long, not even the answer to a ping, is taken for broken. */
const SILENCE_MS = 5_000;
const PING_MS = 1_500;

/**
 * Connects to the Redis at `url`. Never rejects: where no Redis can be reached, it goes on trying. The password of the address is
 * not logged.
 */
export async function openRedis(url: string, log: Logger): Promise<RedisConnection> {
  const connect = async (client: RedisClient, name: string): Promise<RedisClient> => {
    let known: 'new' | 'up' | 'down' = 'new';
    client.on('error', (error: Error) => {
      if (known !== 'down') log.error({ err: { message: error.message }, connection: name }, 'no connection to Redis');
      known = 'down';
    });
    client.on('ready', () => {
      if (known === 'down') log.warn({ connection: name }, 'connected to Redis again');
      known = 'up';
    });
    // The promise settles with the first connection, however long that takes: a first failure is reason enough to go on without.
    const failed = new Promise((resolve) => client.once('error', resolve));
    await Promise.race([client.connect().catch(() => undefined), failed]);
    return client;
  };
  const client = await connect(buildClient(url), 'commands');
  let second: Promise<RedisClient> | undefined;
  return {
    client,
    subscriber() {
      second ??= connect(client.duplicate(), 'subscriptions');
      return second;
    },
    isUp: () => client.isReady,
    async close() {
      for (const one of [client, await second]) if (one?.isOpen) one.destroy();
    },
  };
}

function buildClient(url: string) {
  return createClient({
    url,
    disableOfflineQueue: true,
    pingInterval: PING_MS,
    socket: {
      connectTimeout: CONNECT_TIMEOUT_MS,
      socketTimeout: SILENCE_MS,
      reconnectStrategy: (retries) =>
        Math.min(LAST_RETRY_MS, 50 * 2 ** Math.min(retries, 10)) * (0.75 + Math.random() / 2),
    },
  });
}
