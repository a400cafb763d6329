import { buildMemoryStorage } from '../../../../bot/channel/storage/memory-storage';
import { append, mark, put, testStorageContract } from '../../../support/storage-contract';

testStorageContract({ open: async () => buildMemoryStorage({ maxItems: 10_000 }), outlives: false });

test('of too many items the least recently used go first', async () => {
  const storage = buildMemoryStorage({ maxItems: 3 });
  for (const key of ['a', 'b', 'c']) await storage.commit([put(key, '{}')]);
  await storage.read(['a']);
  await storage.commit([append('log', ['x']), mark('set', 'm')]);
  expect([...(await storage.read(['a', 'b', 'c'])).keys()]).toEqual(['a']);
});

test('of too many characters the least recently used go first', async () => {
  const storage = buildMemoryStorage({ maxItems: 100, maxSize: 10_000 });
  for (const key of ['a', 'b', 'c']) await storage.commit([put(key, JSON.stringify('x'.repeat(4_000)))]);
  expect([...(await storage.read(['a', 'b', 'c'])).keys()]).toEqual(['b', 'c']);
});
