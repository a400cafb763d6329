import type { Storage as BotStorage, StoreItems } from 'botbuilder';
import type { StorageAddress } from '../../storage-address';
import { buildBotbuilderStorage } from './botbuilder-storage';
import type { Storage } from './storage';

/** Of Azure's client: without it, it would try for a minute while somebody waits. */
const RETRIES = { maxTries: 2, tryTimeoutInMs: 10_000, retryDelayInMs: 100, maxRetryDelayInMs: 500 };

/**
 * A storage in a container of Azure Blob Storage, which is made where it is missing: through the Bot Framework's own storage, one blob
 * for each document, log and set. Without a connection string it signs in as `DefaultAzureCredential` finds, in Azure with the managed
 * identity (which one, says `AZURE_CLIENT_ID`). What is over stays there until a rule of the account's life cycle management removes it.
 */
export async function openAzureBlobsStorage(
  address: Extract<StorageAddress, { kind: 'azure-blobs' }>,
): Promise<Storage> {
  // Half a second, which nobody should wait who does not use it.
  const { BlobsStorage } = await import('botbuilder-azure-blobs');
  const options = { storagePipelineOptions: { retryOptions: RETRIES } };
  const { container, connectionString, accountUrl } = address;
  if (connectionString !== undefined) {
    return buildBotbuilderStorage(buildAsciiStore(() => new BlobsStorage(connectionString, container, options)));
  }
  const { DefaultAzureCredential } = await import('@azure/identity');
  const credential = new DefaultAzureCredential();
  return buildBotbuilderStorage(
    buildAsciiStore(() => new BlobsStorage('', container, options, `${accountUrl}/${container}`, credential)),
  );
}

/**
 * The store that `build` makes, given only what it can keep: it counts characters where bytes are meant, so that anything but ASCII would
 * be cut off. And a store that could not make its container the first time never tries again: another is built then.
 */
function buildAsciiStore(build: () => BotStorage): BotStorage {
  let store = build();
  let worked = false;
  const attempt = async <T>(work: (current: BotStorage) => Promise<T>): Promise<T> => {
    const current = store;
    try {
      const result = await work(current);
      worked = true;
      return result;
    } catch (error) {
      if (!worked && store === current) store = build();
      throw error;
    }
  };
  return {
    async read(keys) {
      const found = (await attempt((current) => current.read(keys))) as StoreItems;
      const items = Object.entries(found).map(([key, { eTag, content }]) => [key, { ...JSON.parse(content), eTag }]);
      return Object.fromEntries(items) as StoreItems;
    },
    write(changes) {
      const items = Object.entries(changes as StoreItems).map(([key, { eTag, ...item }]) => [
        key,
        { eTag, content: asciiOf(item) },
      ]);
      return attempt((current) => current.write(Object.fromEntries(items) as StoreItems));
    },
    delete: (keys) => attempt((current) => current.delete(keys)),
  };
}

function asciiOf(item: object): string {
  const escaped = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(item).replace(/[^\x20-\x7e]/g, escaped);
}
