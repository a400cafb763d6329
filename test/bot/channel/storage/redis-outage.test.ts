import { setTimeout as delay } from 'node:timers/promises';
import pino from 'pino';
import { type OpenStorage, openStorage } from '../../../../bot/channel/storage/open-storage';
import type { Change } from '../../../../bot/channel/storage/storage';
import { hasRedisServer, type RedisServer, startRedisServer } from '../../../support/redis-server';
import { until } from '../../../support/until';

const log = pino({ enabled: false });
const DAY = 86_400_000;
const append = (log: string, text: string): Change => ({ kind: 'append', log, texts: [text], keep: 1_000, ttlMs: DAY });

async function textsOf({ storage }: OpenStorage, log: string): Promise<string[]> {
  return (await storage.readLog(log, 0)).map(({ text }) => text);
}

async function heardBy({ backplane }: OpenStorage, tell: () => void): Promise<void> {
  let end = (): void => undefined;
  await new Promise<void>((resolve) => {
    void backplane
      .subscribe('later', () => resolve())
      .then((subscription) => {
        end = () => subscription.end();
        tell();
      });
  });
  end();
}

(hasRedisServer() ? describe : describe.skip)('a storage on a Redis that comes and goes', () => {
  let redis: RedisServer;
  let opened: OpenStorage;
  const open = () =>
    openStorage({ storage: { kind: 'redis', url: redis.url }, storageTimeoutMs: 200, maxConversations: 100 }, log);
  beforeEach(async () => {
    redis = await startRedisServer({ keepsData: true });
    opened = await open();
  });
  afterEach(async () => {
    redis.resume();
    await opened.close();
    await redis.close();
  });

  test.each(['hangs', 'is killed'])('has all that was said while it %s, once and in order', async (how) => {
    const said: string[] = [];
    const say = async (text: string): Promise<void> => {
      const before = (await opened.storage.read(['memory'])).get('memory')?.eTag ?? null;
      const put: Change = {
        kind: 'put',
        key: 'memory',
        json: `{"text":"${text}"}`,
        eTag: text,
        replaces: before,
        ttlMs: DAY,
      };
      const [posted, answered] = [
        await opened.storage.commit([append('chat', text), append('inbox', text)]),
        await opened.storage.readLog('inbox', 0),
      ];
      expect([posted.kind, answered.map((entry) => entry.text)]).toEqual(['committed', [text]]);
      const done = await opened.storage.commit([
        put,
        append('chat', `re ${text}`),
        { kind: 'trim', log: 'inbox', through: answered[0]!.at },
      ]);
      expect(done.kind).toBe('committed');
      said.push(text, `re ${text}`);
    };
    for (let n = 0; n < 60; n++) {
      if (n % 20 === 5) how === 'hangs' ? redis.pause() : void redis.kill();
      await say(`m${n}`);
      await delay(10);
      if (n % 20 === 15) how === 'hangs' ? redis.resume() : await redis.restart();
    }
    await until(() => opened.isUp());
    const other = await open();
    expect(await textsOf(other, 'chat')).toEqual(said);
    expect(await textsOf(other, 'inbox')).toEqual([]);
    expect((await other.storage.read(['memory'])).get('memory')?.eTag).toBe('m59');
    await other.close();
  });

  test('is known to be away at once, also while nobody asks for anything', async () => {
    expect(opened.isUp()).toBe(true);
    await redis.kill();
    await until(() => !opened.isUp(), 2_000);
    await redis.restart();
    await until(() => opened.isUp());
  });

  test('is not taken for up before it was reached once', async () => {
    await redis.kill();
    const late = await open();
    expect(late.isUp()).toBe(false);
    await redis.restart();
    await until(() => late.isUp());
    await late.close();
  });

  test('is forgotten by every process what one of them has deleted', async () => {
    const other = await open();
    await opened.storage.commit([append('said', 'mine')]);
    expect(await textsOf(other, 'said')).toEqual(['mine']);
    await opened.storage.commit([{ kind: 'drop', log: 'said' }]);
    // What is published later is heard later.
    await heardBy(other, () => opened.backplane.publish('later', 'on'));
    await redis.kill();
    expect(await textsOf(other, 'said')).toEqual([]);
    expect(other.isUp()).toBe(false);
    await redis.restart();
    await other.close();
  });
});
