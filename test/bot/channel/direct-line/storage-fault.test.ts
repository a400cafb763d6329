import { StorageFault, tellFaults } from '../../../../bot/channel/direct-line/storage-fault';
import { buildMemoryStorage } from '../../../../bot/channel/storage/memory-storage';

test('an outage is one line in the log, and its end another one with how many calls failed', async () => {
  const lines: unknown[] = [];
  const log = { error: () => lines.push('away'), warn: (fields: unknown) => lines.push(fields) };
  let isAway = true;
  const storage = buildMemoryStorage({ maxItems: 10 });
  const told = tellFaults(
    { ...storage, read: (keys) => (isAway ? Promise.reject(new Error('gone')) : storage.read(keys)) },
    log,
  );
  for (let n = 0; n < 3; n++) await expect(told.read(['d'])).rejects.toThrow(StorageFault);
  expect(lines).toEqual(['away']);
  isAway = false;
  await told.read(['d']);
  await told.read(['d']);
  expect(lines).toEqual(['away', { failed: 3 }]);
});
