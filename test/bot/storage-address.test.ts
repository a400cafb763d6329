import * as fc from 'fast-check';
import { parseStorageAddress, type StorageAddress } from '../../bot/storage-address';
import { anyText } from '../support/any-text';
import { holds } from '../support/holds';

const CONNECTION_STRING =
  'DefaultEndpointsProtocol=https;AccountName=a;AccountKey=c2VjcmV0;EndpointSuffix=core.windows.net';

const parse = (text: string, secrets: { connectionString?: string; cosmosKey?: string } = {}) =>
  parseStorageAddress(text, {
    root: '/srv/bot',
    blobConnectionString: secrets.connectionString,
    cosmosKey: secrets.cosmosKey,
  });
const faultOf = (...args: Parameters<typeof parse>): string => {
  const result = parse(...args);
  return result.ok ? 'no fault' : result.fault;
};

describe('an address', () => {
  const secrets = { connectionString: CONNECTION_STRING, cosmosKey: 'key' };
  test.each<[string, StorageAddress]>([
    ['memory:', { kind: 'memory' }],
    ['Memory', { kind: 'memory' }],
    ['lmdb', { kind: 'embedded', folder: '/srv/bot/data' }],
    ['lmdb:data', { kind: 'embedded', folder: '/srv/bot/data' }],
    ['lmdb:/var/lib/bot', { kind: 'embedded', folder: '/var/lib/bot' }],
    ['LMDB:data', { kind: 'embedded', folder: '/srv/bot/data' }],
    ['redis://localhost', { kind: 'redis', url: 'redis://localhost' }],
    ['redis://:p%40ss@cache:6380/2', { kind: 'redis', url: 'redis://:p%40ss@cache:6380/2' }],
    ['rediss://user:pass@cache.example:6380', { kind: 'redis', url: 'rediss://user:pass@cache.example:6380' }],
    [
      'azureblob:conversations',
      {
        kind: 'azure-blobs',
        container: 'conversations',
        connectionString: CONNECTION_STRING,
        accountUrl: undefined,
      },
    ],
    [
      'azureblob:https://acc.blob.core.windows.net/conversations',
      {
        kind: 'azure-blobs',
        container: 'conversations',
        connectionString: undefined,
        accountUrl: 'https://acc.blob.core.windows.net',
      },
    ],
    [
      'cosmosdb:https://acc.documents.azure.com/bot/conversations',
      {
        kind: 'cosmos',
        endpoint: 'https://acc.documents.azure.com',
        database: 'bot',
        container: 'conversations',
        key: 'key',
      },
    ],
  ])('%s is read', (text, address) => {
    expect(parse(text, secrets)).toEqual({ ok: true, address });
  });

  test('of the emulator of Azure is read', () => {
    expect(parse('azureblob:conversations', { connectionString: 'UseDevelopmentStorage=true' }).ok).toBe(true);
    expect(parse('cosmosdb:https://localhost:8081/bot/c', { cosmosKey: 'key' }).ok).toBe(true);
  });
});

describe('a fault', () => {
  test.each([
    ['', 'is no address'],
    ['data', 'is no address'],
    ['sqlite:data', 'starts with "sqlite:"'],
    ['memory:x', 'memory: alone'],
    ['lmdb:', 'names no folder'],
    ['redis:', 'redis://HOST:6379'],
    ['redis://', 'redis://HOST:6379'],
    ['redis://cache:99999', 'redis://HOST:6379'],
    ['redis://cache/name', 'redis://HOST:6379'],
    ['redis://:%@cache', 'redis://HOST:6379'],
    ['azureblob:', '3 to 63 small letters'],
    ['azureblob:UPPER', '3 to 63 small letters'],
    ['azureblob:a--b', '3 to 63 small letters'],
    ['azureblob:https://acc.blob.core.windows.net/', '3 to 63 small letters'],
    ['azureblob:http://acc.blob.core.windows.net/abc', 'https://'],
    ['azureblob:https://acc.blob.core.windows.net/abc?sig=x', 'signature'],
    ['azureblob:conversations', 'AZURE_STORAGE_CONNECTION_STRING is not set'],
    ['cosmosdb:', 'cannot be read'],
    ['cosmosdb:https://acc.documents.azure.com', 'cannot be read'],
    ['cosmosdb:https://acc.documents.azure.com/bot', 'cannot be read'],
    ['cosmosdb:https://acc.documents.azure.com/bot/c/d', 'cannot be read'],
    ['cosmosdb:http://acc.documents.azure.com/bot/c', 'cannot be read'],
    ['cosmosdb:https://acc.documents.azure.com/bot/c', 'COSMOS_KEY is not set'],
  ])('of "%s" says what is needed', (text, words) => {
    expect(faultOf(text)).toContain(words);
  });

  test('of a connection string says where to find it', () => {
    const fault = faultOf('azureblob:conversations', { connectionString: 'AccountKey=c2VjcmV0' });
    expect(fault).toContain('AZURE_STORAGE_CONNECTION_STRING cannot be read');
    expect(fault).not.toContain('c2VjcmV0');
  });

  test('shows no secret, wherever it was put', () => {
    const secret = fc.stringMatching(/^[A-Z0-9]{12}$/);
    const forms = [
      (one: string) => `reddis://:${one}@cache:6379`,
      (one: string) => `redis://:${one}@`,
      (one: string) => `redis://user:${one}@cache/name`,
      (one: string) => `http://user:${one}@cache`,
      (one: string) => `AccountName=a;AccountKey=${one}==`,
      (one: string) => one,
      (one: string) => `memory:${one}`,
      (one: string) => `azureblob:AccountKey=${one}`,
      (one: string) => `azureblob:https://acc.blob.core.windows.net/abc?sig=${one}`,
      (one: string) => `cosmosdb:AccountEndpoint=https://x;AccountKey=${one}`,
      (one: string) => `cosmosdb:https://:${one}@x/db`,
    ];
    holds(
      fc.property(secret, fc.constantFrom(...forms), (one, form) => {
        const fault = faultOf(form(one));
        expect(fault).not.toBe('no fault');
        expect(fault.toLowerCase()).not.toContain(one.toLowerCase());
      }),
    );
  });

  test('or an address comes of any text', () => {
    holds(
      fc.property(
        anyText(),
        fc.constantFrom('', 'lmdb:', 'redis://', 'azureblob:', 'cosmosdb:', 'cosmosdb:https://'),
        (text, scheme) => {
          const result = parse(scheme + text, { connectionString: CONNECTION_STRING, cosmosKey: 'key' });
          expect(result.ok ? result.address.kind : result.fault).toEqual(expect.any(String));
        },
      ),
    );
  });
});
