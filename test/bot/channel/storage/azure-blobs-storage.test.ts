import { openAzureBlobsStorage } from '../../../../bot/channel/storage/azure-blobs-storage';
import type { Storage } from '../../../../bot/channel/storage/storage';
import { type Azurite, startAzurite } from '../../../support/azurite';
import { put, testStorageContract } from '../../../support/storage-contract';

let azurite: Azurite;
const open = (container = 'conversations'): Promise<Storage> =>
  openAzureBlobsStorage({
    kind: 'azure-blobs',
    container,
    connectionString: azurite.connectionString,
    accountUrl: undefined,
  });

beforeAll(async () => {
  azurite = await startAzurite();
}, 60_000);
afterAll(() => azurite.kill());

testStorageContract({ open: () => open(), outlives: true, atomic: false, runs: 3, crowd: 12 });

test('an account that is away rejects, also from the start, and is used as soon as it is there', async () => {
  const before = await open('others');
  await before.commit([put('d', '{}')]);
  await azurite.kill();
  const storage = await open('others');
  const started = performance.now();
  await expect(before.read(['d'])).rejects.toThrow();
  await expect(storage.read(['d'])).rejects.toThrow();
  await expect(storage.check()).rejects.toThrow();
  expect(performance.now() - started).toBeLessThan(10_000);
  await azurite.restart();
  expect(await storage.commit([put('d', '{"a":1}')])).toMatchObject({ kind: 'committed' });
  expect((await storage.read(['d'])).get('d')?.json).toBe('{"a":1}');
  await storage.close();
}, 60_000);
