import type { Storage } from '../storage/storage';

/** The storage did not do what it was asked for. Whoever asked may try again later. */
export class StorageFault extends Error {
  override readonly name = 'StorageFault';
}

/** A storage whose rejections are all {@link StorageFault}s; those that are already stay as they are. */
export function tellFaults(storage: Storage): Storage {
  const told = <T>(work: Promise<T>): Promise<T> =>
    work.catch((error: unknown) => {
      if (error instanceof StorageFault) throw error;
      throw new StorageFault('the storage does not work at the moment', { cause: error });
    });
  return {
    read: (keys) => told(storage.read(keys)),
    readLog: (log, after) => told(storage.readLog(log, after)),
    members: (set) => told(storage.members(set)),
    commit: (changes) => told(storage.commit(changes)),
    check: () => told(storage.check()),
    close: () => told(storage.close()),
  };
}
