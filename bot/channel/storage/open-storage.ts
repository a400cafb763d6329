import type { Config } from '../../config';
import type { Logger } from '../../log';
import type { Backplane } from '../backplane/backplane';
import { buildLocalBackplane } from '../backplane/local-backplane';
import { buildMemoryStorage } from './memory-storage';
import type { Storage } from './storage';

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
