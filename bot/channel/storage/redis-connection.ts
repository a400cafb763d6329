import { createHash } from 'node:crypto';
import type { createClient } from '@redis/client';
import type { Logger } from '../../log';

/** A client of Redis as the library gives it. */
export type RedisClient = ReturnType<typeof createClient>;

/** A connection that comes back by itself. While it is down, commands reject at once. */
export interface RedisConnection<Script extends string = never> {
  readonly client: RedisClient;
  /** Runs one of the scripts that the connection was opened with, and resolves with its reply. */
  run(script: Script, keys: readonly string[], args: readonly string[]): Promise<unknown>;
  /** Whether commands can be sent. */
  isReady(): boolean;
  /** Another connection to the same server, which may be used for subscriptions; it takes them up again by itself. `close` ends it, too. */
  openAnother(): Promise<RedisClient>;
  /** Finishes what is under way, for a second at most, and closes the connections. */
  close(): Promise<void>;
}

/** Before all keys and topics of this bot, so that a server may be shared. */
export const REDIS_PREFIX = 'supportbot:';

const CONNECT_TIMEOUT_MS = 2_000;
const CLOSE_TIMEOUT_MS = 1_000;
/** The server is asked this often whether it is still there, and given up when nothing came for so long: what a broken network looks like. */
const PING_EVERY_MS = 2_000;
const SILENCE_MS = 6_000;
const LONGEST_PAUSE_MS = 1_000;
/** Commands that wait for answers; one more rejects. */
const MAX_WAITING = 10_000;

/**
 * Connects to the single Redis server of `url`, with Lua scripts by name. Resolves also where nobody answers there: the connection is
 * then as one that is lost, and found by itself later. The log says once that it is lost, and once that it is back.
 * `onLost` is called once for each time that the connection is lost, when commands reject already.
 */
export async function openRedisConnection<Script extends string = never>({
  url,
  log,
  scripts,
  onLost,
}: {
  readonly url: string;
  readonly log: Logger;
  readonly scripts?: Readonly<Record<Script, string>>;
  readonly onLost?: () => void;
}): Promise<RedisConnection<Script>> {
  const { createClient: create } = await import('@redis/client');
  const defined = Object.entries<string>(scripts ?? {}).map(([name, text]) => [name, defineScript(text)] as const);
  const client = create({
    url,
    scripts: Object.fromEntries(defined),
    disableOfflineQueue: true,
    commandsQueueMaxLength: MAX_WAITING,
    pingInterval: PING_EVERY_MS,
    socket: { connectTimeout: CONNECT_TIMEOUT_MS, socketTimeout: SILENCE_MS, reconnectStrategy: pauseAfter },
  }) as unknown as RedisClient & Record<Script, (keys: readonly string[], args: readonly string[]) => Promise<unknown>>;
  const others: RedisClient[] = [];
  await connect(client, log, onLost);
  return {
    client,
    run: async (script, keys, args) => client[script](keys, args),
    isReady: () => client.isReady,
    async openAnother() {
      const other = client.duplicate() as RedisClient;
      others.push(other);
      await connect(other, log);
      return other;
    },
    async close() {
      await Promise.all([client, ...others].map(closeClient));
    },
  };
}

/** Resolves as soon as it is known whether there is a connection. */
async function connect(client: RedisClient, log: Logger, onLost?: () => void): Promise<void> {
  let lost = false;
  await new Promise<void>((resolve) => {
    client.on('error', (error: Error) => {
      if (!lost) {
        lost = true;
        log.error({ err: error }, 'the connection to Redis is lost');
        onLost?.();
      }
      resolve();
    });
    client.on('ready', () => {
      if (lost) log.info('the connection to Redis is back');
      lost = false;
      resolve();
    });
    // Rejects only when it is closed meanwhile: all else is an event.
    client.connect().catch(() => resolve());
  });
}

async function closeClient(client: RedisClient): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, CLOSE_TIMEOUT_MS);
  });
  // Answers come in the order of the commands. The library's own `close` would wait for a server that hangs.
  if (client.isReady) await Promise.race([client.ping().catch(() => undefined), late]);
  clearTimeout(timer);
  if (client.isOpen) client.destroy();
}

/** With some chance in it, so that replicas do not all come at once. */
function pauseAfter(retries: number): number {
  return Math.min(25 * 2 ** retries, LONGEST_PAUSE_MS) * (0.75 + Math.random() / 2);
}

/** A script as the library takes it: it sends the hash, and the text where the server does not know it. */
function defineScript(text: string) {
  return {
    SCRIPT: text,
    SHA1: createHash('sha1').update(text).digest('hex'),
    parseCommand(parser: { push(...args: string[]): unknown }, keys: readonly string[], args: readonly string[]): void {
      parser.push(`${keys.length}`, ...keys, ...args);
    },
    transformReply: undefined as unknown as () => unknown,
  };
}
