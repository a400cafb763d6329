import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pino from 'pino';
import type { Backplane } from '../../../../bot/channel/backplane/backplane';
import { buildRedisBackplane } from '../../../../bot/channel/backplane/redis-backplane';
import { openRedisConnection, REDIS_PREFIX } from '../../../../bot/channel/storage/redis-connection';
import { PROJECT_ROOT } from '../../../../bot/config';
import { describeBackplane, gate } from '../../../support/backplane-contract';
import { buildMain } from '../../../support/built-main';
import { hasRedisServer, type RedisServer, startRedisServer } from '../../../support/redis-server';
import { until } from '../../../support/until';

const log = pino({ enabled: false });
/** Short for those tests that wait for it; a busy machine answers later than that now and then. */
const TIMEOUT_MS = 200;

async function openReplica(
  url: string,
  timeoutMs: number,
  leaseMs?: number,
): Promise<{ backplane: Backplane; close(): Promise<void> }> {
  const connection = await openRedisConnection({ url, log });
  const backplane = await buildRedisBackplane({ connection, timeoutMs, log, leaseMs });
  return {
    backplane,
    async close() {
      await backplane.close();
      await connection.close();
    },
  };
}

/** As many processes' backplanes, and the Redis they share. */
async function openReplicas(count: number, timeoutMs: number, leaseMs?: number) {
  const redis = await startRedisServer();
  const opened = await Promise.all(Array.from({ length: count }, () => openReplica(redis.url, timeoutMs, leaseMs)));
  return {
    redis,
    replicas: opened.map(({ backplane }) => backplane),
    async close() {
      redis.resume();
      await Promise.all(opened.map((one) => one.close()));
      await redis.kill();
    },
  };
}

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return (performance.now() - begun) / 1_000;
}

(hasRedisServer() ? describe : describe.skip)('with Redis', () => {
  describeBackplane('three processes', () => openReplicas(3, 5_000));

  test('all that is kept and told has the name of the bot before it, so that a server may be shared', async () => {
    const { replicas, redis, close } = await openReplicas(1, 5_000);
    const connection = await openRedisConnection({ url: redis.url, log });
    const [backplane] = replicas as [Backplane];
    await backplane.subscribe('topic', () => undefined);
    await backplane.rateLimit('limit', 60).take('k');
    const [keys, channels] = await backplane.exclusively('k', () =>
      Promise.all([connection.client.keys('*'), connection.client.pubSubChannels()]),
    );
    expect([keys.length, channels.length]).toEqual([2, 3]);
    expect([...keys, ...channels].filter((name) => !name.startsWith(REDIS_PREFIX))).toEqual([]);
    await connection.close();
    await close();
  });

  describe('when things break', () => {
    let opened: Awaited<ReturnType<typeof openReplicas>>;
    let redis: RedisServer;
    let a: Backplane;
    let b: Backplane;
    beforeAll(buildMain, 60_000);
    beforeEach(async () => {
      opened = await openReplicas(2, TIMEOUT_MS, 1_000);
      redis = opened.redis;
      [a, b] = opened.replicas as [Backplane, Backplane];
    });
    afterEach(() => opened.close());

    test('a process that is killed holds nobody up for longer than its lease', async () => {
      const holder = spawn(process.execPath, ['-e', HOLDER, redis.url], { stdio: ['ignore', 'pipe', 'inherit'] });
      await once(holder.stdout, 'data');
      let got = false;
      const waiting = a.exclusively('k', async () => {
        got = true;
      });
      // The holder renews its lease as long as it lives.
      await delay(1_500);
      expect(got).toBe(false);
      holder.kill('SIGKILL');
      expect(await secondsOf(() => waiting)).toBeLessThan(2);
    });

    test('a work that takes longer than a lease keeps it', async () => {
      const order: string[] = [];
      const long = a.exclusively('k', async () => {
        await delay(1_600);
        order.push('long');
      });
      await delay(20);
      await b.exclusively('k', async () => void order.push('next'));
      await long;
      expect(order).toEqual(['long', 'next']);
    });

    test('a Redis that is killed holds nobody up, and is used again when it is back', async () => {
      const { opened: held, open } = gate();
      const running = a.exclusively('k', () => held);
      const heard: string[] = [];
      await b.subscribe('topic', (text) => heard.push(text));
      let gaps = 0;
      b.watchGaps(() => {
        gaps += 1;
      });
      const waiting = b.exclusively('k', async () => 'went on');
      await redis.kill();
      expect(await waiting).toBe('went on');
      open();
      await running;
      expect(await secondsOf(() => a.exclusively('k', async () => undefined))).toBeLessThan(TIMEOUT_MS / 2_000);
      expect(await a.rateLimit('x', 1).take('k')).toBeUndefined();
      expect(await a.rateLimit('x', 1).take('k')).toBeUndefined();
      a.publish('topic', 'lost');
      const own: string[] = [];
      const listening = await a.subscribe('topic', (text) => own.push(text));
      a.publish('topic', 'heard here');
      expect(own).toEqual(['heard here']);

      await redis.restart();
      await until(() => gaps > 0);
      await until(async () => {
        a.publish('topic', 'back');
        await delay(10);
        return heard.includes('back');
      });
      expect(heard).not.toContain('lost');
      // What was subscribed to while Redis was away is heard from others, too.
      await until(async () => {
        b.publish('topic', 'from b');
        await delay(10);
        return own.includes('from b');
      });
      listening.end();
      const limits = [a.rateLimit('y', 1), b.rateLimit('y', 1)];
      expect(await Promise.all(limits.map((one) => one.take('k')))).toContain(60);
    });

    test('a Redis that answers nothing is waited for once', async () => {
      redis.pause();
      expect(await secondsOf(() => a.exclusively('k', async () => undefined))).toBeLessThan(TIMEOUT_MS / 1_000 + 0.15);
      const many = Array.from({ length: 50 }, (_, n) => a.exclusively(`k${n}`, async () => undefined));
      expect(await secondsOf(() => Promise.all(many))).toBeLessThan(0.1);
      redis.resume();
      // Neither the lease that was asked for in vain nor a place in the queue is left behind.
      expect(await secondsOf(() => b.exclusively('k', async () => undefined))).toBeLessThan(0.6);
      await until(async () => (await a.rateLimit('z', 1).take('k')) !== undefined);
      expect(await b.rateLimit('z', 1).take('k')).toBeGreaterThan(1);
    });

    test('who could not publish tells the others of a gap', async () => {
      let gaps = 0;
      b.watchGaps(() => {
        gaps += 1;
      });
      redis.pause();
      await a.exclusively('k', async () => undefined);
      a.publish('topic', 'never sent');
      redis.resume();
      await until(() => gaps > 0);
    });
  });

  test('a bot that starts without its Redis works by itself, and finds it later', async () => {
    const redis = await startRedisServer();
    await redis.kill();
    const one = await openReplica(redis.url, TIMEOUT_MS);
    expect(await one.backplane.exclusively('k', async () => 'fine')).toBe('fine');
    const heard: string[] = [];
    await one.backplane.subscribe('topic', (text) => heard.push(text));
    await redis.restart();
    const two = await openReplica(redis.url, TIMEOUT_MS);
    await until(async () => {
      two.backplane.publish('topic', 'hello');
      await delay(10);
      return heard.length > 0;
    });
    await Promise.all([one.close(), two.close()]);
    await redis.kill();
  });
});

/** A process that takes the lease of `k`, says so and never gives it back. */
const HOLDER = `
const { buildRedisBackplane } = require(${JSON.stringify(path.join(PROJECT_ROOT, 'dist/bot/channel/backplane/redis-backplane.js'))});
const { openRedisConnection } = require(${JSON.stringify(path.join(PROJECT_ROOT, 'dist/bot/channel/storage/redis-connection.js'))});
const log = { warn() {}, error() {}, info() {} };
openRedisConnection({ url: process.argv[1], log }).then(async (connection) => {
  const backplane = await buildRedisBackplane({ connection, timeoutMs: 200, log, leaseMs: 1000 });
  await backplane.exclusively('k', () => { console.log('held'); return new Promise(() => {}); });
});`;
