import type { Logger } from '../../log';
import type { Storage } from '../storage/storage';

/** The storage did not do what it was asked for. Whoever asked may try again later. */
export class StorageFault extends Error {
  override readonly name = 'StorageFault';
}

/**
 * A storage whose rejections are all {@link StorageFault}s; those that are already stay as they are. `log`, if there is one, is told in one line that it
 * does not work any more, and in one that it works again, with how many calls failed between.
 */
export function tellFaults(storage: Storage, log?: Pick<Logger, 'error' | 'warn'>): Storage {
  let failed = 0;
  const told = <T>(work: Promise<T>): Promise<T> =>
    work.then(
      (value) => {
        if (failed > 0) log?.warn({ failed }, 'the web chat reaches its storage again');
        failed = 0;
        return value;
      },
      (error: unknown) => {
        if (failed === 0)
          log?.error({ err: error }, 'the web chat does not reach its storage: pages are asked to come again');
        failed += 1;
        if (error instanceof StorageFault) throw error;
        throw new StorageFault('the storage does not work at the moment', { cause: error });
      },
    );
  return {
    read: (keys) => told(storage.read(keys)),
    readLog: (log, after) => told(storage.readLog(log, after)),
    members: (set) => told(storage.members(set)),
    commit: (changes) => told(storage.commit(changes)),
    check: () => told(storage.check()),
    close: () => told(storage.close()),
  };
}
