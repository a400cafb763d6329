import { createConnection } from 'node:net';
import { openRedisStorage } from '../../../../bot/channel/storage/redis-storage';
import type { Storage } from '../../../../bot/channel/storage/storage';
import { buildLogger } from '../../../../bot/log';
import { hasRedisServer, type RedisServer, startRedisServer } from '../../../support/redis-server';
import { append, mark, put, testStorageContract } from '../../../support/storage-contract';
import { until } from '../../../support/until';

const lines: string[] = [];
const log = buildLogger({ logLevel: 'info', logMessages: false }, { write: (line) => void lines.push(line) });
const saying = (text: string, of = lines): number => of.filter((line) => line.includes(text)).length;
/** A log of one connection: others may say later what they met. */
function ownLog() {
  const heard: string[] = [];
  const write = (line: string) => void heard.push(line);
  return { heard, log: buildLogger({ logLevel: 'info', logMessages: false }, { write }) };
}

/** What a server says to a command in its own words. */
function ask(port: number, command: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = createConnection(port, '127.0.0.1', () => socket.write(`${command}\r\n`));
    socket.once('data', (data) => {
      socket.destroy();
      resolve(data.toString());
    });
    socket.on('error', reject);
  });
}

(hasRedisServer() ? describe : describe.skip)('a storage in Redis', () => {
  let server: RedisServer;
  beforeAll(async () => {
    server = await startRedisServer({ keepsData: true });
  });
  afterAll(() => server.close());

  const quiet = buildLogger({ logLevel: 'silent', logMessages: false });
  testStorageContract({ open: () => openRedisStorage({ url: server.url, log: quiet }), outlives: true, shared: true });

  describe('beside the contract', () => {
    let storage: Storage;
    beforeEach(async () => {
      lines.length = 0;
      storage = await openRedisStorage({ url: server.url, log });
    });
    afterEach(() => storage.close());

    test('every key has a prefix and a time to live', async () => {
      await ask(server.port, 'FLUSHALL');
      await storage.commit([put('d', '{}'), append('l', ['x']), mark('s', 'm'), mark('s', 'n', 1_000)]);
      const keys = (await ask(server.port, 'KEYS *')).split('\r\n').filter((line) => line.includes(':'));
      expect(keys.sort()).toEqual(['supportbot:document:d', 'supportbot:log:l', 'supportbot:set:s']);
      for (const key of keys)
        expect(Number((await ask(server.port, `PTTL ${key}`)).slice(1))).toBeGreaterThan(3_500_000);
    });

    test('a server that restarts is found again, with what was committed, also after a kill', async () => {
      await storage.commit([put('kept', '{"a":1}'), append('kept-log', ['x'])]);
      for (const end of [server.stop, server.kill]) {
        await end();
        const started = performance.now();
        await expect(storage.read(['kept'])).rejects.toThrow();
        await expect(storage.commit([put('kept', '{}')])).rejects.toThrow();
        await expect(storage.check()).rejects.toThrow();
        expect(performance.now() - started).toBeLessThan(1_000);
        await server.restart();
        await until(() =>
          storage.check().then(
            () => true,
            () => false,
          ),
        );
        expect((await storage.read(['kept'])).get('kept')?.json).toBe('{"a":1}');
        expect(await storage.readLog('kept-log', 0)).toHaveLength(1);
        expect(await storage.commit([put('other', '{}')])).toMatchObject({ kind: 'committed' });
      }
      expect(saying('is lost')).toBe(2);
      expect(saying('is back')).toBe(2);
    }, 30_000);

    test('commands under way when the server goes reject', async () => {
      server.pause();
      const pending = Promise.allSettled([storage.read(['x']), storage.commit([put('x', '{}')]), storage.check()]);
      await server.kill();
      expect((await pending).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
      await server.restart();
      await until(() =>
        storage.check().then(
          () => true,
          () => false,
        ),
      );
    }, 30_000);

    test('a server that is not there at the start is found later', async () => {
      await server.stop();
      const own = ownLog();
      const early = await openRedisStorage({ url: server.url, log: own.log });
      await expect(early.check()).rejects.toThrow();
      expect(saying('is lost', own.heard)).toBe(1);
      await server.restart();
      await until(() =>
        early.check().then(
          () => true,
          () => false,
        ),
      );
      await early.close();
    }, 30_000);

    test('a server that hangs does not hold a close up', async () => {
      const own = await startRedisServer();
      const other = await openRedisStorage({ url: own.url, log });
      const started = performance.now();
      own.pause();
      const pending = Promise.allSettled([other.check()]);
      await other.close();
      expect((await pending)[0]!.status).toBe('rejected');
      expect(performance.now() - started).toBeLessThan(3_000);
      await own.close();
    });

    test('a wrong password rejects, and is not in the log', async () => {
      const own = await startRedisServer({ args: ['--requirepass', 'rightpassword'] });
      const { heard, log: itsLog } = ownLog();
      const wrong = await openRedisStorage({ url: own.url.replace('//', '//:wrongpassword@'), log: itsLog });
      await expect(wrong.check()).rejects.toThrow();
      const right = await openRedisStorage({ url: own.url.replace('//', '//:rightpassword@'), log });
      await right.check();
      expect(saying('wrongpassword', heard)).toBe(0);
      expect(saying('is lost', heard)).toBe(1);
      await wrong.close();
      await right.close();
      await own.close();
    });

    test('a server without room rejects what is written, goes on reading, and works again', async () => {
      const own = await startRedisServer();
      const full = await openRedisStorage({ url: own.url, log });
      await full.commit([put('kept', '{"a":1}')]);
      await ask(own.port, 'CONFIG SET maxmemory 1');
      await expect(full.commit([put('more', '{}'), append('log', ['x'])])).rejects.toThrow(/OOM/);
      expect((await full.read(['kept', 'more'])).size).toBe(1);
      expect(await full.readLog('log', 0)).toEqual([]);
      await ask(own.port, 'CONFIG SET maxmemory 0');
      expect(await full.commit([put('more', '{}')])).toMatchObject({ kind: 'committed' });
      await full.close();
      await own.close();
    });
  });
});
