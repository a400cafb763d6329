import path from 'node:path';

/** Where conversations are kept, as `STORAGE` names it. */
export type StorageAddress =
  /** In this process only: a restart forgets everything. */
  | { readonly kind: 'memory' }
  /** A store of this process in a folder; one process a folder. */
  | { readonly kind: 'embedded'; readonly folder: string }
  /** For any number of processes. */
  | { readonly kind: 'redis'; readonly url: string }
  /** A container of Azure Blob Storage; one process. Without a connection string the managed identity signs in to `accountUrl`. */
  | {
      readonly kind: 'azure-blobs';
      readonly container: string;
      readonly connectionString: string | undefined;
      readonly accountUrl: string | undefined;
    }
  /** A container of Azure Cosmos DB; one process. */
  | {
      readonly kind: 'cosmos';
      readonly endpoint: string;
      readonly database: string;
      readonly container: string;
      readonly key: string;
    };

export type StorageAddressResult =
  | { readonly ok: true; readonly address: StorageAddress }
  | { readonly ok: false; readonly fault: string };

const FORMS =
  'lmdb:FOLDER, memory:, redis://HOST:PORT, rediss://HOST:PORT, azureblob:CONTAINER, azureblob:https://ACCOUNT.blob.core.windows.net/CONTAINER ' +
  'or cosmosdb:https://ACCOUNT.documents.azure.com/DATABASE/CONTAINER is needed';
/** Kinds that need no more than their names, and the addresses that they stand for. */
const BARE: ReadonlyMap<string, string> = new Map([
  ['memory', 'memory:'],
  ['lmdb', 'lmdb:data'],
]);
/** A scheme that may be shown: it is none of the secrets that are pasted into the wrong setting. */
const SCHEME = /^[a-z][a-z0-9+.-]{0,15}$/;
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;
/** What Azure takes as the name of a container of blobs. */
const CONTAINER = /^[a-z0-9](?:-?[a-z0-9]){2,62}$/;

/**
 * Reads the address of a storage; a relative folder lies under `root`. Faults are words for the operator, and hold nothing of
 * what may be a secret.
 */
export function parseStorageAddress(
  text: string,
  {
    root,
    blobConnectionString,
    cosmosKey,
  }: {
    readonly root: string;
    readonly blobConnectionString: string | undefined;
    readonly cosmosKey: string | undefined;
  },
): StorageAddressResult {
  const bare = BARE.get(text.toLowerCase());
  if (bare !== undefined) return parseStorageAddress(bare, { root, blobConnectionString, cosmosKey });
  const colon = text.indexOf(':');
  const scheme = text.slice(0, Math.max(colon, 0)).toLowerCase();
  const rest = text.slice(colon + 1);
  const fault = (what: string): StorageAddressResult => ({ ok: false, fault: what });
  switch (scheme) {
    case 'memory':
      return rest === ''
        ? { ok: true, address: { kind: 'memory' } }
        : fault('STORAGE is memory: and more; memory: alone is needed.');
    case 'lmdb':
      if (rest === '') return fault('STORAGE names no folder; lmdb:data is usual.');
      return { ok: true, address: { kind: 'embedded', folder: path.resolve(root, rest) } };
    case 'redis':
    case 'rediss': {
      if (isRedisUrl(text)) return { ok: true, address: { kind: 'redis', url: text } };
      return fault(
        'STORAGE has an address of Redis that cannot be read; redis://HOST:6379 is needed, with a user, a password or the number of a database: redis://USER:PASSWORD@HOST:6379/0.',
      );
    }
    case 'azureblob': {
      const url = URL.canParse(rest) ? new URL(rest) : undefined;
      if (url !== undefined && (url.protocol !== 'https:' || url.search !== '')) {
        return fault(
          'STORAGE has an address of Azure Blob Storage that does not start with https:// or has a signature; neither is taken.',
        );
      }
      const container = url === undefined ? rest : url.pathname.slice(1);
      if (!CONTAINER.test(container)) {
        return fault(
          'STORAGE names no container that Azure would take: 3 to 63 small letters, digits and single hyphens are needed.',
        );
      }
      if (url === undefined && blobConnectionString === undefined) {
        return fault(
          `STORAGE is "${text}", but AZURE_STORAGE_CONNECTION_STRING is not set. Set it, or name the account ` +
            `(azureblob:https://ACCOUNT.blob.core.windows.net/${container}) to sign in with the managed identity.`,
        );
      }
      if (url === undefined && !isConnectionString(blobConnectionString ?? '')) {
        return fault(
          'AZURE_STORAGE_CONNECTION_STRING cannot be read; copy it whole from the access keys of the storage account.',
        );
      }
      const accountUrl = url?.origin;
      const connectionString = url === undefined ? blobConnectionString : undefined;
      return { ok: true, address: { kind: 'azure-blobs', container, connectionString, accountUrl } };
    }
    case 'cosmosdb': {
      const url = URL.canParse(rest) ? new URL(rest) : undefined;
      const [database = '', container = '', ...more] = url?.pathname.slice(1).split('/') ?? [];
      if (url === undefined || !isSafe(url) || database === '' || container === '' || more.length > 0) {
        return fault(`STORAGE has an address of Cosmos DB that cannot be read; ${FORMS}.`);
      }
      if (cosmosKey === undefined) return fault('STORAGE is Cosmos DB, but COSMOS_KEY is not set.');
      return { ok: true, address: { kind: 'cosmos', endpoint: url.origin, database, container, key: cosmosKey } };
    }
    default:
      return fault(`STORAGE ${SCHEME.test(scheme) ? `starts with "${scheme}:"` : 'is no address'}; ${FORMS}.`);
  }
}

function isRedisUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { hostname, pathname, username, password } = new URL(text);
  return hostname !== '' && /^(\/\d{0,5})?$/.test(pathname) && [username, password].every(isDecodable);
}

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

/** With a key or a signature, or of the emulator. */
function isConnectionString(text: string): boolean {
  if (text.trim() === 'UseDevelopmentStorage=true') return true;
  const names = text.split(';').map((part) => part.slice(0, part.indexOf('=')).trim());
  const has = (name: string): boolean => names.includes(name);
  return (has('AccountName') && has('AccountKey')) || (has('BlobEndpoint') && has('SharedAccessSignature'));
}

/** Nobody in between reads it. */
function isSafe(url: URL): boolean {
  return url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.test(url.hostname));
}
