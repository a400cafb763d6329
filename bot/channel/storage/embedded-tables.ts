import { closeSync, openSync, readSync, statSync } from 'node:fs';
import type { Database } from 'lmdb';

/** A sorted table of texts. What is written goes into the transaction that runs. */
export interface Table {
  get(key: Buffer): string | undefined;
  /** @throws where it cannot be written; the transaction is then undone. */
  put(key: Buffer, value: string): void;
  remove(key: Buffer): void;
  /** The keys from `start` to before `end` in their order, at most `limit` of them. */
  keys(start: Buffer, end: Buffer, limit?: number): readonly Buffer[];
  /** As `keys`, with what they hold. */
  entries(start: Buffer, end: Buffer): readonly { readonly key: Buffer; readonly value: string }[];
  /** How many keys it has. */
  size(): number;
}

/** The tables of one file, which change together. */
export interface Tables {
  readonly documents: Table;
  readonly logs: Table;
  readonly logEntries: Table;
  readonly members: Table;
  /** When what is to be forgotten, the soonest first. */
  readonly expiries: Table;
  /** What shows that it can be written. */
  readonly checks: Table;
  /** Runs `work` as one transaction and resolves with its result once that outlives this process; rejects, with nothing changed, where it throws or cannot be written. */
  transact<T>(work: () => T): Promise<T>;
  close(): Promise<void>;
}

/** A file that holds no store, or a store of which a part is missing. */
export class DamagedStoreError extends Error {
  override readonly name = 'DamagedStoreError';
}

/** Of LMDB: a page that is not there, one that makes no sense, an error before that left the store unusable, and a file of another kind. */
const DAMAGE_CODES = [-30797, -30796, -30795, -30793];
/** Where LMDB's mark lies in the file, and what it is. */
const MAGIC = { offset: 24, value: 0xbeefc0de };

/** Whether an error says that the file is damaged, and not only that something does not work at the moment. */
export function isDamage(error: unknown): boolean {
  if (error instanceof DamagedStoreError) return true;
  const { code } = error as { readonly code?: unknown };
  return typeof code === 'number' && DAMAGE_CODES.includes(code);
}

/**
 * Room in the address space for the file, in bytes; no memory, and nothing on the disk. Where a file outgrows its mapping, LMDB makes a
 * larger one beside it, and what was read by the old one is in memory twice.
 */
const MAPPED_BYTES = 16 * 2 ** 30;

/**
 * Opens the store in `file`, or makes it, for this user only.
 * @throws {DamagedStoreError} where the file holds something else
 */
export async function openTables(file: string): Promise<Tables> {
  if (!isStoreOrNew(file)) throw new DamagedStoreError(`${file} is no store.`);
  // Loaded when it is needed: most tests and commands keep nothing.
  const { open } = await import('lmdb');
  const root = open(file, {
    encoding: 'string',
    keyEncoding: 'binary',
    maxDbs: 8,
    mapSize: MAPPED_BYTES,
    // Else lmdb makes promises of its own, whose rejections nobody could handle; it is faster, too.
    eventTurnBatching: false,
    // Not in the types of lmdb.
    ...{ permissionsMode: 0o600 },
  });
  try {
    // A file that is shorter than it should be would end the process as soon as a page beyond its end is touched.
    const { lastPageNumber, pageSize } = root.getStats() as { lastPageNumber: number; pageSize: number };
    if (statSync(file).size < (lastPageNumber + 1) * pageSize) {
      throw new DamagedStoreError(`${file} is shorter than it should be.`);
    }
    const table = (name: string): Table =>
      tableOf(root.openDB<string, Buffer>(name, { encoding: 'string', keyEncoding: 'binary' }));
    return {
      documents: table('documents'),
      logs: table('logs'),
      logEntries: table('log-entries'),
      members: table('members'),
      expiries: table('expiries'),
      checks: table('checks'),
      async transact(work) {
        try {
          // A child, so that what was written before an error is undone although others share the transaction.
          return await root.childTransaction(work);
        } catch (error) {
          throw await reasonOf(error);
        }
      },
      close: () => root.close(),
    };
  } catch (error) {
    // Rejects where the file is damaged, which is known by then.
    root.close().catch(() => undefined);
    throw error;
  }
}

function tableOf(database: Database<string, Buffer>): Table {
  return {
    get: (key) => database.get(key),
    put(key, value) {
      if ((database.putSync(key, value) as unknown) === false) throw new Error('A value could not be written.');
    },
    remove: (key) => void database.removeSync(key),
    keys: (start, end, limit) => [...database.getKeys({ start, end, ...(limit !== undefined && { limit }) })],
    entries: (start, end) => [...database.getRange({ start, end })],
    size: () => (database.getStats() as { entryCount: number }).entryCount,
  };
}

/** What lmdb names as the cause: a promise that rejects, on which somebody must wait. */
async function reasonOf(error: unknown): Promise<unknown> {
  const { commitError } = error as { readonly commitError?: Promise<unknown> };
  if (commitError === undefined) return error;
  return commitError.then(
    () => error,
    (cause: unknown) => Object.assign(new Error('The store cannot be written.', { cause }), { code: codeOf(cause) }),
  );
}

function codeOf(cause: unknown): unknown {
  return (cause as { readonly code?: unknown }).code;
}

/** LMDB itself ends the process where a file is something else. */
function isStoreOrNew(file: string): boolean {
  const start = Buffer.alloc(MAGIC.offset + 4);
  let descriptor: number;
  try {
    descriptor = openSync(file, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return true;
    throw error;
  }
  try {
    const length = readSync(descriptor, start, 0, start.length, 0);
    return length === 0 || (length === start.length && start.readUInt32LE(MAGIC.offset) === MAGIC.value);
  } finally {
    closeSync(descriptor);
  }
}
