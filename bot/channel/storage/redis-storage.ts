import type { Logger } from '../../log';
import { openRedisConnection, REDIS_PREFIX } from './redis-connection';
import { argumentsOf, COMMIT_SCRIPT, decodeName, encodeName, MEMBERS_SCRIPT } from './redis-script';
import type { Change, Storage, StoredDocument } from './storage';

/**
 * A storage in Redis 6.2 or later, for any number of processes. A commit is one script: others see all of it or nothing. It touches
 * several keys, therefore Redis Cluster is not supported. What outlives a crash of the server is what its own settings say (`appendonly
 * yes`, `appendfsync`); it must not evict keys (`maxmemory-policy noeviction`). While the server is away everything rejects at once, and
 * works again by itself when it is back. Resolves also where the server is away at first. `onLost` is called when the connection is lost.
 */
export async function openRedisStorage({
  url,
  log,
  onLost,
}: {
  readonly url: string;
  readonly log: Logger;
  readonly onLost?: () => void;
}): Promise<Storage> {
  const connection = await openRedisConnection({
    url,
    log,
    onLost,
    scripts: { commitChanges: COMMIT_SCRIPT, readMembers: MEMBERS_SCRIPT },
  });
  const { client } = connection;
  return {
    async read(keys) {
      const found = await Promise.all(
        keys.map(async (key): Promise<[string, StoredDocument] | undefined> => {
          const [eTag, json] = await client.hmGet(keyOf('document', key), ['eTag', 'json']);
          return typeof eTag === 'string' && typeof json === 'string' ? [key, { eTag, json }] : undefined;
        }),
      );
      return new Map(found.filter((one) => one !== undefined));
    },
    async readLog(log, after) {
      const entries = await client.xRange(keyOf('log', log), `${after + 1}`, '+');
      return entries.map(({ id, message }) => ({ at: Number.parseInt(id, 10), text: message.text ?? '' }));
    },
    async members(set) {
      const members = (await connection.run('readMembers', [keyOf('set', set)], [])) as readonly string[];
      return members.map(decodeName);
    },
    async commit(changes) {
      // A script gets no empty lists.
      const meant = changes.filter((change) => change.kind !== 'append' || change.texts.length > 0);
      const reply = await connection.run('commitChanges', meant.map(keyOfChange), meant.flatMap(argumentsOf));
      if (!Array.isArray(reply)) return { kind: 'conflict' };
      const logs = meant.filter((change) => change.kind === 'append').map(({ log }) => log);
      return { kind: 'committed', lastAt: new Map(logs.map((log, index) => [log, Number(reply[index])])) };
    },
    async check() {
      await client.ping();
    },
    close: connection.close,
  };
}

function keyOf(kind: 'document' | 'log' | 'set', name: string): string {
  return `${REDIS_PREFIX}${kind}:${encodeName(name)}`;
}

function keyOfChange(change: Change): string {
  switch (change.kind) {
    case 'put':
    case 'delete':
      return keyOf('document', change.key);
    case 'append':
    case 'trim':
    case 'drop':
      return keyOf('log', change.log);
    case 'mark':
    case 'unmark':
      return keyOf('set', change.set);
  }
}
