import type { Logger } from '../../log';
import type { RedisClient, RedisConnection } from '../storage/redis-connection';

/** Commands to a Redis that may be gone. */
export interface RedisCalls {
  /**
   * Settles as the command does; rejects at once while Redis cannot be reached, and after the time limit where it does not answer.
   * `onLate` is called with the answer that came too late.
   */
  call<T>(run: (client: RedisClient) => Promise<T>, onLate?: (answer: T) => void): Promise<T>;
  /** Whether a command would be sent. */
  isUp(): boolean;
  /** Calls `run` whenever Redis can be reached again. */
  onUp(run: () => void): void;
}

/** Commands over `connection` that nobody waits for longer than `timeoutMs`. */
export function buildRedisCalls(connection: RedisConnection, timeoutMs: number, log: Logger): RedisCalls {
  const { client } = connection;
  const listeners: (() => void)[] = [];
  const underWay = new Set<() => void>();
  /** Whether there is a connection over which no answers come. Ends with the first answer, or with the connection. */
  let stalled = false;
  let failing = false;
  const tellUp = (): void => {
    stalled = false;
    for (const listener of listeners) listener();
  };
  client.on('ready', tellUp);

  return {
    call<T>(run: (client: RedisClient) => Promise<T>, onLate?: (answer: T) => void) {
      if (!client.isReady || stalled) return Promise.reject(new Error('Redis cannot be reached.'));
      return new Promise<T>((resolve, reject) => {
        let waitedFor = true;
        const stop = (): void => {
          waitedFor = false;
          underWay.delete(cut);
          clearTimeout(timer);
        };
        const cut = (): void => {
          stop();
          reject(new Error(`Redis has not answered for ${timeoutMs} ms.`));
        };
        const late = (): void => {
          if (!waitedFor) return;
          stalled = true;
          for (const one of [...underWay]) one();
        };
        // Where this process itself was busy for so long, the answer is there and is read before the immediate.
        const timer = setTimeout(() => setImmediate(late), timeoutMs);
        underWay.add(cut);
        new Promise<T>((made) => made(run(client))).then(
          (answer) => {
            failing = false;
            if (stalled) tellUp();
            if (!waitedFor) return onLate?.(answer);
            stop();
            resolve(answer);
          },
          (error: Error) => {
            stalled = false;
            if (!waitedFor) return;
            stop();
            // A Redis that is out of memory, or one that only reads.
            if (client.isReady && !failing) log.warn({ err: error }, 'Redis refuses a command');
            failing = client.isReady;
            reject(error);
          },
        );
      });
    },
    isUp: () => client.isReady && !stalled,
    onUp: (run) => void listeners.push(run),
  };
}
