import type { Config } from '../../config';
import type { Logger } from '../../log';
import type { Backplane } from '../backplane/backplane';
import { buildLocalBackplane } from '../backplane/local-backplane';
import { buildMemoryStorage } from './memory-storage';
import type { Storage } from './storage';
import type { StorageWatch } from './storage-calls';
import { buildSurvivingStorage, type SurvivingStorage } from './surviving-storage';

/** What is kept, and what the processes that keep it share. */
export interface OpenStorage {
  readonly storage: Storage;
  readonly backplane: Backplane;
  /** Whether the storage works, as far as is known at the moment. */
  isUp(): boolean;
  /** Finishes what is under way and lets go of everything. */
  close(): Promise<void>;
}

/** Opens the storage that `config.storage` names. */
export async function openStorage(
  config: Pick<Config, 'storage' | 'storageTimeoutMs' | 'maxConversations'>,
  _log: Logger,
): Promise<OpenStorage> {
  const storage = buildMemoryStorage({ maxItems: config.maxConversations * 5 });
  const backplane = buildLocalBackplane();
  return {
    storage,
    backplane,
    isUp: () => true,
    async close() {
      await backplane.close();
      await storage.close();
    },
  };
}

/** A storage outside of this process's memory, with the bot's habits for bad times. Blobs and Cosmos DB make the parts of a commit apart. */
export function survive(
  storage: Storage,
  { storage: { kind }, storageTimeoutMs }: Pick<Config, 'storage' | 'storageTimeoutMs'>,
  log: Logger,
  watch?: StorageWatch,
): SurvivingStorage {
  const atomic = kind !== 'azure-blobs' && kind !== 'cosmos';
  return buildSurvivingStorage({ storage, timeoutMs: storageTimeoutMs, log, watch, atomic });
}
