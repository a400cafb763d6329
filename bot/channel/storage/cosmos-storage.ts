import type { Storage as BotStorage } from 'botbuilder';
import type { StorageAddress } from '../../storage-address';
import { buildBotbuilderStorage } from './botbuilder-storage';
import type { Storage } from './storage';

/** Items may have 2 MB, in UTF-8 and JSON. */
const MAX_LOG_CHARS = 500_000;
const PARTITION_KEY = '/id';
/** Of Azure's client, which would wait for a minute. */
const CONNECTION = { requestTimeout: 10_000 };

/**
 * A storage in a container of Azure Cosmos DB (NoSQL) with the partition key `/id`, through the Bot Framework's own storage, one item
 * for each document, log and set. The database has to be there; the container is made where it is missing. What is over stays there
 * until the container's own time to live removes it.
 */
export async function openCosmosStorage({
  endpoint,
  database,
  container,
  key,
}: Extract<StorageAddress, { kind: 'cosmos' }>): Promise<Storage> {
  const { CosmosClient } = await import('@azure/cosmos');
  const { CosmosDbPartitionedStorage } = await import('botbuilder-azure');
  const client = new CosmosClient({ endpoint, key, connectionPolicy: CONNECTION });
  const store = new CosmosDbPartitionedStorage({
    cosmosDbEndpoint: endpoint,
    authKey: key,
    databaseId: database,
    containerId: container,
    // Else keys are cut to 255 characters, as they were once.
    compatibilityMode: false,
    cosmosClientOptions: { connectionPolicy: CONNECTION },
  });
  const prepare = async (): Promise<void> => {
    await client.database(database).containers.createIfNotExists({
      id: container,
      partitionKey: { paths: [PARTITION_KEY] },
    });
  };
  return buildBotbuilderStorage(prepared(store, prepare), { maxLogChars: MAX_LOG_CHARS });
}

/** A store that is not touched before `prepare` has worked once: it never gets over a first call that failed. */
function prepared(store: BotStorage, prepare: () => Promise<void>): BotStorage {
  let ready = false;
  const attempt = async <T>(work: () => Promise<T>): Promise<T> => {
    if (!ready) await prepare();
    ready = true;
    return work();
  };
  return {
    read: (keys) => attempt(() => store.read(keys)),
    write: (changes) => attempt(() => store.write(changes)),
    delete: (keys) => attempt(() => store.delete(keys)),
  };
}
