import type { Backplane } from '../../../../bot/channel/backplane/backplane';
import { buildLocalBackplane } from '../../../../bot/channel/backplane/local-backplane';
import { buildMemoryStorage } from '../../../../bot/channel/storage/memory-storage';
import type { Change, Storage } from '../../../../bot/channel/storage/storage';

/** What replicas share: a storage and a backplane, which stay when one of them dies. */
export interface Shared {
  readonly storage: Storage;
  readonly backplane: Backplane;
}

export const share = (): Shared => ({
  storage: buildMemoryStorage({ maxItems: 100_000 }),
  backplane: buildLocalBackplane(),
});

/** How one process sees what is shared, until it dies. */
export interface Mortal extends Shared {
  /** From now on nothing that the process does comes to anything, and its locks are free. */
  kill(): void;
}

const never = new Promise<never>(() => undefined);

/**
 * `fate` is asked before each commit: `before` kills the process before the commit is made, `after` before the process hears of it.
 */
export function mortal(
  { storage, backplane }: Shared,
  fate: (changes: readonly Change[]) => 'before' | 'after' | undefined = () => undefined,
): Mortal {
  let isDead = false;
  let die: () => void = () => undefined;
  const death = new Promise<undefined>((resolve) => {
    die = () => resolve(undefined);
  });
  const kill = (): void => {
    isDead = true;
    die();
  };
  const living = async <T>(work: () => Promise<T>): Promise<T> => {
    if (isDead) return never;
    const done = await work();
    return isDead ? never : done;
  };
  return {
    kill,
    storage: {
      read: (keys) => living(() => storage.read(keys)),
      readLog: (log, after) => living(() => storage.readLog(log, after)),
      members: (set) => living(() => storage.members(set)),
      commit: (changes) =>
        living(async () => {
          const end = fate(changes);
          if (end === 'before') kill();
          if (isDead) return never;
          const committed = await storage.commit(changes);
          if (end === 'after') kill();
          return committed;
        }),
      check: () => living(() => storage.check()),
      close: async () => undefined,
    },
    backplane: {
      ...backplane,
      exclusively: (key, work) =>
        living(() => backplane.exclusively(key, () => (isDead ? death : Promise.race([work(), death])) as never)),
      publish: (topic, text) => (isDead ? undefined : backplane.publish(topic, text)),
    },
  };
}
