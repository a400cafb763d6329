import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openStorage } from '../../../../bot/channel/storage/open-storage';
import { ConfigError } from '../../../../bot/config';
import { buildLogger } from '../../../../bot/log';
import type { StorageAddress } from '../../../../bot/storage-address';
import { put } from '../../../support/storage-contract';

const log = buildLogger({ logLevel: 'silent', logMessages: false });
const folder = mkdtempSync(path.join(os.tmpdir(), 'store-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const open = (storage: StorageAddress) => openStorage({ storage, storageTimeoutMs: 1_000, maxConversations: 100 }, log);

test('a storage in memory begins empty each time', async () => {
  const first = await open({ kind: 'memory' });
  await first.storage.commit([put('d', '{}')]);
  await first.close();
  const second = await open({ kind: 'memory' });
  expect((await second.storage.read(['d'])).size).toBe(0);
  await second.close();
});

test('a storage in a folder is there again, and one process has it at a time', async () => {
  const address: StorageAddress = { kind: 'embedded', folder: path.join(folder, 'made', 'by it') };
  const first = await open(address);
  await first.storage.commit([put('d', '{"a":1}')]);
  const again = open(address);
  await expect(again).rejects.toThrow(ConfigError);
  await expect(again).rejects.toThrow(/STORAGE cannot be opened: .* is in use by another process/);
  await first.close();
  const second = await open(address);
  expect((await second.storage.read(['d'])).get('d')?.json).toBe('{"a":1}');
  await second.close();
});

test('a folder that cannot be one is a fault of the settings', async () => {
  const file = path.join(folder, 'file');
  writeFileSync(file, '');
  await expect(open({ kind: 'embedded', folder: file })).rejects.toThrow(ConfigError);
});

test('there is room for as many web chats as are to be remembered', async () => {
  const { storage, close } = await open({ kind: 'memory' });
  const ids = Array.from({ length: 100 }, (_, index) => `${index}`);
  const documentsOf = (id: string) => [`state/${id}`, `chat/${id}`, `chat-progress/${id}`];
  const logsOf = (id: string) => [`said/${id}`, `chat/${id}`, `inbox/${id}`];
  for (const id of ids) {
    await storage.commit([
      ...documentsOf(id).map((key) => put(key, '{}')),
      ...logsOf(id).map((log) => ({ kind: 'append', log, texts: ['{}'], keep: 10, ttlMs: 60_000 }) as const),
      { kind: 'mark', set: 'inboxes', member: id, ttlMs: 60_000 },
    ]);
  }
  expect((await storage.read(ids.flatMap(documentsOf))).size).toBe(300);
  const logs = await Promise.all(ids.flatMap(logsOf).map((log) => storage.readLog(log, 0)));
  expect(logs.every(({ length }) => length === 1)).toBe(true);
  await close();
});
