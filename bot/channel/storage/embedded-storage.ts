import { chmodSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Logger } from '../../log';
import { applyChanges, readDocument, readEntries, readMembers, sweepSome } from './embedded-changes';
import { isDamage, openTables, type Tables } from './embedded-tables';
import { claimFolder } from './folder-claim';
import type { Storage, StoredDocument } from './storage';

export interface EmbeddedStorage extends Storage {
  /** Removes at once what a sweep would remove in time; resolves with how many items went. */
  sweep(): Promise<number>;
  /** How many documents, logs and members of sets are kept, those included that are over but not yet swept. */
  size(): number;
}

const SWEEP_EVERY_MS = 60_000;
/** So many items are removed in one transaction: about 1 ms, in which nothing else is done. */
const SLICE = 25;
const FILE = 'store.mdb';
const CHECK_KEY = Buffer.from('check');

/**
 * Opens the store of a folder, which is made where it is missing, for this process and this user alone. A commit that has resolved
 * outlives the process; of a machine that loses its power, the commits of the last moments may be gone, but no part of one, and the
 * store is whole. What is over is invisible at once and removed by a sweep, which also keeps to `maxItems`: what would be forgotten
 * soonest goes first. Room in the file is used again, but the file never shrinks. A damaged file is set aside beside it, whenever that
 * is noticed, and an empty one begun. `now` is the time in milliseconds since 1970.
 * @throws {FolderInUseError} where another process has the folder open
 */
export async function openEmbeddedStorage({
  folder,
  maxItems,
  log,
  now = Date.now,
}: {
  readonly folder: string;
  readonly maxItems: number;
  readonly log: Logger;
  readonly now?: () => number;
}): Promise<EmbeddedStorage> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  // Also of one that was there before.
  chmodSync(folder, 0o700);
  const claim = await claimFolder(folder);
  const file = path.join(folder, FILE);
  let tables: Tables;
  try {
    tables = await openOrRenew(file, log);
  } catch (error) {
    await claim.release();
    throw error;
  }
  let renewing = false;
  let closed = false;
  let sweeping: Promise<void> | undefined;
  let sweepFails = false;

  /** Does it; where it shows that the file is damaged, the next will find an empty store. */
  async function guarded<T>(work: () => T | Promise<T>): Promise<T> {
    if (closed || renewing) throw new Error('The store is closed.');
    const before = tables;
    try {
      return await work();
    } catch (error) {
      if (isDamage(error) && before === tables && !renewing && !closed) {
        renewing = true;
        await before.close().catch(() => undefined);
        try {
          tables = await renew(file, error, log);
        } finally {
          renewing = false;
        }
      }
      throw error;
    }
  }

  async function sweep(): Promise<number> {
    let all = 0;
    for (;;) {
      if (closed) return all;
      const removed = await guarded(() => tables.transact(() => sweepSome(tables, maxItems, SLICE, now())));
      if (removed === 0) return all;
      all += removed;
    }
  }

  async function sweepQuietly(): Promise<void> {
    try {
      await sweep();
      sweepFails = false;
    } catch (error) {
      // Once, not every minute until somebody has made room.
      if (!sweepFails && !closed) log.error({ err: error }, 'what is over cannot be removed from the store');
      sweepFails = true;
    }
    sweeping = undefined;
  }

  const timer = setInterval(() => {
    sweeping ??= sweepQuietly();
  }, SWEEP_EVERY_MS);
  timer.unref();

  return {
    read: (keys) =>
      guarded(() => {
        const time = now();
        const found = keys.map((key) => [key, readDocument(tables, key, time)] as const);
        return new Map(found.filter((one): one is [string, StoredDocument] => one[1] !== undefined));
      }),
    readLog: (name, after) => guarded(() => readEntries(tables, name, after, now())),
    members: (set) => guarded(() => readMembers(tables, set, now())),
    commit: (changes) => guarded(() => tables.transact(() => applyChanges(tables, changes, now()))),
    check: () => guarded(() => tables.transact(() => tables.checks.put(CHECK_KEY, String(now())))),
    sweep,
    size: () => tables.expiries.size(),
    async close() {
      if (closed) return;
      closed = true;
      clearInterval(timer);
      await sweeping;
      await tables.close();
      await claim.release();
    },
  };
}

async function openOrRenew(file: string, log: Logger): Promise<Tables> {
  try {
    return await openTables(file);
  } catch (error) {
    if (!isDamage(error)) throw error;
    return renew(file, error, log);
  }
}

/** Keeps a damaged file for whoever wants to look at it, and begins an empty one. */
async function renew(file: string, error: unknown, log: Logger): Promise<Tables> {
  const aside = `${file}.damaged-${new Date().toISOString().replace(/[:.]/g, '-')}`;
  if (existsSync(file)) renameSync(file, aside);
  rmSync(`${file}-lock`, { force: true });
  log.error({ err: error, file, aside }, 'the store was damaged: it is set aside, and an empty one begun');
  return openTables(file);
}
