import { limitStorage } from '../../../../bot/channel/storage/limited-storage';
import { buildMemoryStorage } from '../../../../bot/channel/storage/memory-storage';
import { newETag } from '../../../../bot/channel/storage/storage';

const put = (key: string) => ({ kind: 'put', key, json: '{}', eTag: newETag(), ttlMs: 60_000 }) as const;

test('does what the storage underneath does while that is in time', async () => {
  const storage = limitStorage(buildMemoryStorage({ maxItems: 10 }), { timeoutMs: 60_000 });
  expect((await storage.commit([put('a')])).kind).toBe('committed');
  expect([...(await storage.read(['a', 'b'])).keys()]).toEqual(['a']);
  await expect(storage.check()).resolves.toBeUndefined();
});

test('rejects what is late or fails, and tells whoever watches', async () => {
  const ended: [string, boolean][] = [];
  const memory = buildMemoryStorage({ maxItems: 10 });
  const storage = limitStorage(
    { ...memory, read: () => new Promise(() => undefined), members: () => Promise.reject(new Error('down')) },
    { timeoutMs: 20, watch: { storageCall: (operation, _seconds, ok) => void ended.push([operation, ok]) } },
  );
  await expect(storage.read(['a'])).rejects.toThrow('longer than 20 ms');
  await expect(storage.members('s')).rejects.toThrow('down');
  await storage.readLog('l', 0);
  expect(ended).toEqual([
    ['read', false],
    ['members', false],
    ['readLog', true],
  ]);
});
