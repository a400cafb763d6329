import type { StorageAddress } from '../../storage-address';
import { buildBotbuilderStorage } from './botbuilder-storage';
import type { Storage } from './storage';

/** Items may have 2 MB, in UTF-8 and JSON. */
const MAX_LOG_CHARS = 500_000;

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
  const { CosmosDbPartitionedStorage } = await import('botbuilder-azure');
  const store = new CosmosDbPartitionedStorage({
    cosmosDbEndpoint: endpoint,
    authKey: key,
    databaseId: database,
    containerId: container,
    // Else keys are cut to 255 characters, as they were once.
    compatibilityMode: false,
  });
  return buildBotbuilderStorage(store, { maxLogChars: MAX_LOG_CHARS });
}
