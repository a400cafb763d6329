import { type Storage as BotStorage, MemoryStorage, type StoreItems } from 'botbuilder';
import { buildBotbuilderStorage } from '../../../../bot/channel/storage/botbuilder-storage';
import { append, mark, put, testStorageContract } from '../../../support/storage-contract';

// Stands for Cosmos DB, too, which cannot be run on a developer's machine: of that, its own calls remain untested.
const memory: Record<string, string> = {};
testStorageContract({
  open: async () => buildBotbuilderStorage(new MemoryStorage(memory)),
  outlives: true,
  atomic: false,
});

/** A store in which something happens before each write. */
function interfered(store: BotStorage, interfere: (key: string) => Promise<void>): BotStorage {
  return {
    read: (keys) => store.read(keys),
    async write(changes: StoreItems) {
      for (const key of Object.keys(changes)) await interfere(key);
      return store.write(changes);
    },
    delete: (keys) => store.delete(keys),
  };
}

test('a document that another process writes at the last moment is a conflict, and nothing else is done', async () => {
  const store = new MemoryStorage();
  const other = buildBotbuilderStorage(store);
  await other.commit([put('d', '{"a":1}')]);
  const eTag = (await other.read(['d'])).get('d')!.eTag;
  let once = true;
  const storage = buildBotbuilderStorage(
    interfered(store, async () => {
      if (once) await other.commit([put('d', '{"a":2}')]);
      once = false;
    }),
  );
  expect(await storage.commit([append('log', ['x']), put('d', '{"a":3}', { replaces: eTag })])).toEqual({
    kind: 'conflict',
  });
  expect((await other.read(['d'])).get('d')?.json).toBe('{"a":2}');
  expect(await storage.readLog('log', 0)).toEqual([]);
});

test('to a log and a set that another process changes at the same time both add', async () => {
  const store = new MemoryStorage();
  const other = buildBotbuilderStorage(store);
  await other.commit([append('log', ['0']), mark('set', '0')]);
  let left = 2;
  const storage = buildBotbuilderStorage(
    interfered(store, async () => {
      left -= 1;
      if (left >= 0) await other.commit([append('log', ['other']), mark('set', 'other')]);
    }),
  );
  await storage.commit([append('log', ['own']), mark('set', 'own')]);
  expect((await storage.readLog('log', 0)).map(({ text }) => text).sort()).toEqual(['0', 'other', 'other', 'own']);
  expect([...(await storage.members('set'))].sort()).toEqual(['0', 'other', 'own']);
});

test('a log stays under its bound: the oldest entries go, the last stays', async () => {
  const storage = buildBotbuilderStorage(new MemoryStorage(), { maxLogChars: 25 });
  await storage.commit([append('log', ['1'.repeat(10), '2'.repeat(10), '3'.repeat(10)])]);
  expect((await storage.readLog('log', 0)).map(({ text }) => text[0])).toEqual(['2', '3']);
  await storage.commit([append('log', ['4'.repeat(100)])]);
  expect((await storage.readLog('log', 0)).map(({ text }) => text[0])).toEqual(['4']);
});

test('what the store throws else comes through', async () => {
  const broken: BotStorage = {
    read: () => Promise.reject(new Error('away')),
    write: () => Promise.reject(new Error('away')),
    delete: () => Promise.reject(new Error('away')),
  };
  const storage = buildBotbuilderStorage(broken);
  await expect(storage.read(['d'])).rejects.toThrow('away');
  await expect(storage.commit([put('d', '{}')])).rejects.toThrow('away');
  await expect(storage.check()).rejects.toThrow('away');
});
