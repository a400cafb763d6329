import type { Storage } from '../../bot/channel/storage/storage';

/**
 * How a call goes. `lost`: rejects, nothing is done. `done-but-lost`: is done, rejects. `silent`: nothing is done and no answer ever
 * comes. `done-but-silent`: is done, no answer ever comes.
 */
export type Fault = 'none' | 'lost' | 'done-but-lost' | 'silent' | 'done-but-silent';

/** A storage that fails as it is told. */
export interface FailingStorage extends Storage {
  /** How all calls go from now on. */
  fail(fault: Fault): void;
  /** How the next calls go, one after the other, before `fail` counts again. */
  failNext(...faults: readonly Fault[]): void;
  /** Holds calls up, to be made in their order by `resume`. */
  stop(): void;
  resume(): void;
  /** Only commits fail; for a disk that is full. */
  failCommitsOnly(only: boolean): void;
  /** How many calls there were. */
  calls(): number;
}

/** `storage`, and no faults at first. */
export function buildFailingStorage(storage: Storage): FailingStorage {
  let always: Fault = 'none';
  let commitsOnly = false;
  let next: Fault[] = [];
  let stopped: (() => void)[] | undefined;
  let count = 0;
  const never = <T>(): Promise<T> => new Promise(() => undefined);

  async function call<T>(isCommit: boolean, run: () => Promise<T>): Promise<T> {
    count += 1;
    if (stopped !== undefined) await new Promise<void>((resolve) => stopped!.push(resolve));
    const fault = commitsOnly && !isCommit ? 'none' : (next.shift() ?? always);
    switch (fault) {
      case 'none':
        return run();
      case 'lost':
        throw new Error('connection lost');
      case 'done-but-lost':
        await run();
        throw new Error('connection lost');
      case 'silent':
        return never();
      case 'done-but-silent':
        await run();
        return never();
    }
  }

  return {
    read: (keys) => call(false, () => storage.read(keys)),
    readLog: (log, after) => call(false, () => storage.readLog(log, after)),
    members: (set) => call(false, () => storage.members(set)),
    commit: (changes) => call(true, () => storage.commit(changes)),
    check: () => call(false, () => storage.check()),
    close: () => storage.close(),
    fail(fault) {
      always = fault;
    },
    failNext(...faults) {
      next = [...faults];
    },
    stop() {
      stopped ??= [];
    },
    resume() {
      const held = stopped ?? [];
      stopped = undefined;
      for (const go of held) go();
    },
    failCommitsOnly(only) {
      commitsOnly = only;
    },
    calls: () => count,
  };
}
