import type { Config } from '../../config';
import type { Logger } from '../../log';
import type { Backplane } from '../backplane/backplane';
import { buildLocalBackplane } from '../backplane/local-backplane';
import { openEmbeddedStorage } from './embedded-storage';
import { buildMemoryStorage } from './memory-storage';
import type { Storage } from './storage';
import type { StorageWatch } from './storage-calls';
import { buildSurvivingStorage } from './surviving-storage';

/** What is kept, and what the processes that keep it share. */
export interface OpenStorage {
  readonly storage: Storage;
  readonly backplane: Backplane;
  /** Whether the storage works, as far as is known at the moment. */
  isUp(): boolean;
  /** Finishes what is under way and lets go of everything. */
  close(): Promise<void>;
}

/** So many documents, logs and members of sets may a conversation have. */
const ITEMS_PER_CONVERSATION = 5;

/**
 * Opens the storage that `config.storage` names, with the bot's habits for bad times unless it is memory anyway. Only the packages that it
 * needs are loaded. `watch` is told of every call.
 */
export async function openStorage(
  config: Pick<Config, 'storage' | 'storageTimeoutMs' | 'maxConversations'>,
  log: Logger,
  watch?: StorageWatch,
): Promise<OpenStorage> {
  const backplane = buildLocalBackplane();
  const opened = await open(config, log);
  const { kind } = config.storage;
  if (kind === 'memory') return { storage: opened, backplane, isUp: () => true, close: () => opened.close() };
  // Blobs and Cosmos DB make the parts of a commit apart.
  const atomic = kind !== 'azure-blobs' && kind !== 'cosmos';
  const storage = buildSurvivingStorage({ storage: opened, timeoutMs: config.storageTimeoutMs, log, watch, atomic });
  return {
    storage,
    backplane,
    isUp: () => storage.isUp(),
    async close() {
      await backplane.close();
      await storage.close();
    },
  };
}

async function open(
  { storage, maxConversations }: Pick<Config, 'storage' | 'maxConversations'>,
  log: Logger,
): Promise<Storage> {
  const maxItems = maxConversations * ITEMS_PER_CONVERSATION;
  switch (storage.kind) {
    case 'memory':
      return buildMemoryStorage({ maxItems });
    case 'embedded':
      return openEmbeddedStorage({ folder: storage.folder, maxItems, log });
    default:
      throw new Error(`Storage of the kind ${storage.kind} cannot be opened yet.`);
  }
}
