import { type Config, ConfigError } from '../../config';
import type { Logger } from '../../log';
import type { Backplane } from '../backplane/backplane';
import { buildLocalBackplane } from '../backplane/local-backplane';
import { buildRedisBackplane } from '../backplane/redis-backplane';
import { openAzureBlobsStorage } from './azure-blobs-storage';
import { openCosmosStorage } from './cosmos-storage';
import { buildDeletionBus } from './deletion-bus';
import { openEmbeddedStorage } from './embedded-storage';
import { limitStorage } from './limited-storage';
import { buildMemoryStorage } from './memory-storage';
import { openRedisConnection } from './redis-connection';
import { openRedisStorage } from './redis-storage';
import type { Storage } from './storage';
import type { StorageWatch } from './storage-calls';
import { buildSurvivingStorage } from './surviving-storage';

/** What is kept, and what the processes that keep it share. */
export interface OpenStorage {
  readonly storage: Storage;
  /**
   * For what must not be acknowledged before it is kept where every process finds it: of a storage that several processes share, one that
   * rejects while it does not work; else the same as `storage`.
   */
  readonly certain: Storage;
  readonly backplane: Backplane;
  /** Whether the storage works, as far as is known at the moment. One on a server was asked for the first time before it is opened. */
  isUp(): boolean;
  /** Runs something once, as soon as the storage works again and has all that waited for it; at once while it works. Must not throw. */
  whenUp(run: () => void): void;
  /** Finishes what is under way and lets go of everything. */
  close(): Promise<void>;
}

/** The least that the embedded store is given for one call. Less than channels and pages wait for an answer. */
const EMBEDDED_TIMEOUT_MS = 10_000;
/**
 * So many documents, logs and members of sets may a conversation have on average: one of the web chat has three documents (memory, chat,
 * progress) and three logs (transcript, chat, inbox), and its place among those that wait; one in Teams two for each answer.
 */
const ITEMS_PER_CONVERSATION = 8;

/**
 * Opens the storage that `config.storage` names, with the bot's habits for bad times unless it is memory anyway. Only the packages that it
 * needs are loaded. `watch` is told of every call.
 * @throws {ConfigError} where its folder cannot be used, or another process uses it; a server that is away is no error
 */
export async function openStorage(config: StorageConfig, log: Logger, watch?: StorageWatch): Promise<OpenStorage> {
  let onLost = (): void => undefined;
  const { storage: opened, backplane, disconnect } = await open(config, log, () => onLost());
  const { kind } = config.storage;
  if (kind === 'memory') {
    const always = { isUp: () => true, whenUp: (run: () => void) => run() };
    return { storage: opened, certain: opened, backplane, ...always, close: () => opened.close() };
  }
  // Blobs and Cosmos DB make the parts of a commit apart.
  const atomic = kind !== 'azure-blobs' && kind !== 'cosmos';
  // A disk that is slow is waited for: what is acknowledged from memory alone would be lost with the process. One that is full says so.
  const leastMs = kind === 'embedded' ? EMBEDDED_TIMEOUT_MS : 0;
  const timeoutMs = Math.max(config.storageTimeoutMs, leastMs);
  // Only processes of one Redis hear each other; the others are one process.
  const deletions = kind === 'redis' ? buildDeletionBus(backplane) : undefined;
  const storage = buildSurvivingStorage({
    storage: opened,
    timeoutMs,
    log,
    watch,
    atomic,
    onDeleted: (changes) => deletions?.tell(changes),
  });
  await deletions?.hear(storage);
  if (kind !== 'embedded') {
    const ask = () => storage.check().catch(() => undefined);
    onLost = () => void ask();
    // What nobody has reached yet must not be taken for up.
    await ask();
  }
  return {
    storage,
    // What each process would remember for itself, the others would not know, and contradict.
    certain: kind === 'embedded' ? storage : limitStorage(opened, { timeoutMs, watch: watchCalls(watch) }),
    backplane,
    isUp: storage.isUp,
    whenUp: storage.whenUp,
    async close() {
      await backplane.close();
      await storage.close();
      await disconnect?.();
    },
  };
}

function watchCalls(watch: StorageWatch | undefined): Pick<StorageWatch, 'storageCall'> {
  return { storageCall: (...call) => watch?.storageCall?.(...call) };
}

type StorageConfig = Pick<Config, 'storage' | 'storageTimeoutMs' | 'maxConversations'>;

interface Opened {
  readonly storage: Storage;
  readonly backplane: Backplane;
  readonly disconnect?: () => Promise<void>;
}

async function open(
  { storage, storageTimeoutMs, maxConversations }: StorageConfig,
  log: Logger,
  onLost: () => void,
): Promise<Opened> {
  const maxItems = maxConversations * ITEMS_PER_CONVERSATION;
  switch (storage.kind) {
    case 'memory':
      return { storage: buildMemoryStorage({ maxItems }), backplane: buildLocalBackplane() };
    case 'embedded':
      try {
        const embedded = await openEmbeddedStorage({ folder: storage.folder, maxItems, log });
        return { storage: embedded, backplane: buildLocalBackplane() };
      } catch (error) {
        throw new ConfigError([`STORAGE cannot be opened: ${(error as Error).message}`]);
      }
    case 'redis': {
      const kept = await openRedisStorage({ url: storage.url, log, onLost });
      const connection = await openRedisConnection({ url: storage.url, log });
      const backplane = await buildRedisBackplane({ connection, timeoutMs: storageTimeoutMs, log });
      return { storage: kept, backplane, disconnect: connection.close };
    }
    case 'azure-blobs':
      return { storage: await openAzureBlobsStorage(storage), backplane: buildLocalBackplane() };
    case 'cosmos':
      return { storage: await openCosmosStorage(storage), backplane: buildLocalBackplane() };
  }
}
