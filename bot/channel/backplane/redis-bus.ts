import { randomUUID } from 'node:crypto';
import { REDIS_PREFIX, type RedisConnection } from '../storage/redis-connection';
import type { Backplane } from './backplane';
import type { RedisCalls } from './redis-calls';

interface Topic {
  readonly listeners: Set<(text: string) => void>;
  /** Whether Redis sends what is published, as far as was asked for last. */
  subscribed: boolean;
  /** What is under way in that matter. */
  changing: Promise<void>;
}

export interface RedisBus extends Pick<Backplane, 'publish' | 'subscribe' | 'watchGaps'> {
  /** Hears what scripts publish on a channel of Redis, for good. */
  hearChannel(channel: string, hear: (text: string) => void): Promise<void>;
  close(): void;
}

const PREFIX = `${REDIS_PREFIX}backplane/topic/`;
/** Says that something was published that could not be sent. */
const GAPS_CHANNEL = `${REDIS_PREFIX}backplane/gaps`;

/**
 * A bus over Redis. Listeners of this process hear directly and at once, with Redis or without; those of other processes as long as
 * they are connected. A process that was not connected, or hears of one that was not, signals a gap.
 */
export async function buildRedisBus(
  connection: RedisConnection,
  calls: RedisCalls,
  timeoutMs: number,
): Promise<RedisBus> {
  const me = randomUUID();
  const subscriber = await connection.openAnother();
  const topics = new Map<string, Topic>();
  const channels = new Map<string, { readonly hear: (text: string) => void; subscribed: boolean }>();
  const gapWatchers = new Set<() => void>();
  let missed = false;
  let closed = false;
  const tellGap = (): void => {
    for (const onGap of [...gapWatchers]) onGap();
  };
  const tellOthersOfGap = (): void => {
    if (!missed || closed) return;
    missed = false;
    calls
      .call((client) => client.publish(GAPS_CHANNEL, me))
      .catch(() => {
        missed = true;
      });
  };
  const hearRedis = (message: string, channel: string): void => {
    const space = message.indexOf(' ');
    if (message.slice(0, space) === me) return;
    tellHere(channel.slice(PREFIX.length), message.slice(space + 1));
  };
  const tellHere = (name: string, text: string): void => {
    for (const hear of [...(topics.get(name)?.listeners ?? [])]) hear(text);
  };
  const hearGap = (from: string): void => {
    if (from !== me) tellGap();
  };
  channels.set(GAPS_CHANNEL, { hear: hearGap, subscribed: false });

  /** Brings what Redis sends in line with who listens. While there is no connection, that waits for the next one. */
  function settle(name: string, topic: Topic): Promise<void> {
    topic.changing = topic.changing.then(async () => {
      const wanted = topic.listeners.size > 0;
      if (wanted === topic.subscribed || closed || !subscriber.isReady) return;
      topic.subscribed = wanted;
      try {
        if (wanted) await subscriber.subscribe(PREFIX + name, hearRedis);
        else await subscriber.unsubscribe(PREFIX + name, hearRedis);
      } catch {
        topic.subscribed = !wanted;
      }
      if (topic.listeners.size === 0 && !topic.subscribed && topics.get(name) === topic) topics.delete(name);
    });
    return topic.changing;
  }

  async function hearChannels(): Promise<void> {
    for (const [channel, one] of channels) {
      if (one.subscribed || !subscriber.isReady) continue;
      one.subscribed = true;
      await subscriber.subscribe(channel, one.hear).catch(() => {
        one.subscribed = false;
      });
    }
  }
  async function onConnected(): Promise<void> {
    await hearChannels();
    await Promise.all([...topics].map(([name, topic]) => settle(name, topic)));
    if (!closed) tellGap();
  }
  subscriber.on('ready', () => void onConnected());
  calls.onUp(tellOthersOfGap);
  if (subscriber.isReady) await onConnected();

  return {
    async hearChannel(channel, hear) {
      channels.set(channel, { hear, subscribed: false });
      await within(timeoutMs, hearChannels());
    },
    publish(name, text) {
      tellHere(name, text);
      calls
        .call((client) => client.publish(PREFIX + name, `${me} ${text}`))
        .then(tellOthersOfGap)
        .catch(() => {
          missed = true;
        });
    },
    async subscribe(name, hear) {
      // One of its own, so that the same function may listen twice.
      const own = (text: string): void => hear(text);
      const topic = topics.get(name) ?? { listeners: new Set(), subscribed: false, changing: Promise.resolve() };
      topics.set(name, topic);
      topic.listeners.add(own);
      const settled = settle(name, topic);
      if (calls.isUp()) await within(timeoutMs, settled);
      return {
        end() {
          topic.listeners.delete(own);
          if (topic.listeners.size === 0 && !topic.subscribed && !closed) topics.delete(name);
          void settle(name, topic);
        },
      };
    },
    watchGaps(onGap) {
      const own = (): void => onGap();
      gapWatchers.add(own);
      return { end: () => void gapWatchers.delete(own) };
    },
    close() {
      closed = true;
      topics.clear();
      gapWatchers.clear();
    },
  };
}

/** Waits, but not for longer than that. */
async function within(timeoutMs: number, made: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, timeoutMs);
  });
  await Promise.race([made, late]);
  clearTimeout(timer);
}
