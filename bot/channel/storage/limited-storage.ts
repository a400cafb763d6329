import { type Clock, SYSTEM_CLOCK } from '../clock';
import type { Storage } from './storage';
import { buildStorageCalls, type StorageCall, type StorageOperation, type StorageWatch } from './storage-calls';

/** The storage underneath with a limit of `timeoutMs` for each call. A call that is late rejects; what it asked for may still be done. */
export function limitStorage(
  storage: Storage,
  { timeoutMs, watch = {}, clock = SYSTEM_CLOCK }: LimitedStorageOptions,
): Storage {
  const calls = buildStorageCalls(timeoutMs, clock, watch);
  const within = async <T>(operation: StorageOperation, run: () => Promise<T>): Promise<T> => {
    const came: StorageCall<T> = await calls.call(operation, run);
    if (!came.ok) throw came.error;
    return came.value;
  };
  return {
    read: (keys) => within('read', () => storage.read(keys)),
    readLog: (log, after) => within('readLog', () => storage.readLog(log, after)),
    members: (set) => within('members', () => storage.members(set)),
    commit: (changes) => within('commit', () => storage.commit(changes)),
    check: () => within('check', () => storage.check()),
    close: () => storage.close(),
  };
}

export interface LimitedStorageOptions {
  readonly timeoutMs: number;
  readonly watch?: Pick<StorageWatch, 'storageCall'> | undefined;
  readonly clock?: Clock;
}
