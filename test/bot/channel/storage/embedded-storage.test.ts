import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openEmbeddedStorage } from '../../../../bot/channel/storage/embedded-storage';
import { buildLogger } from '../../../../bot/log';
import { testStorageContract } from '../../../support/storage-contract';

const log = buildLogger({ logLevel: 'silent', logMessages: false });
const folder = mkdtempSync(path.join(os.tmpdir(), 'store-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

testStorageContract({
  open: () => openEmbeddedStorage({ folder: path.join(folder, 'contract'), maxItems: 100_000, log }),
  outlives: true,
});
