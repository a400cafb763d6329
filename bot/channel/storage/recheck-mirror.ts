import type { Clock } from '../clock';
import type { Storage } from './storage';
import type { StorageMirror } from './storage-mirror';

/** What is looked up at once, and how long the storage then has for others. */
const AT_ONCE = 50;
const PAUSE_MS = 20;

/**
 * A function that reads all that the mirror remembers once more, while `goesOn` says so, through a storage that has the mirror learn what it
 * reads. Of several calls while it is at it, one more round comes. It never throws.
 */
export function buildRecheck({
  mirror,
  storage,
  goesOn,
  clock,
}: {
  readonly mirror: Pick<StorageMirror, 'items'>;
  /** Never rejects. */
  readonly storage: () => Pick<Storage, 'read' | 'readLog' | 'members'>;
  readonly goesOn: () => boolean;
  readonly clock: Clock;
}): () => void {
  let isRunning = false;
  let again = false;

  async function round(): Promise<void> {
    const items = mirror.items();
    for (let next = 0; next < items.length && goesOn(); next += AT_ONCE) {
      const some = items.slice(next, next + AT_ONCE);
      const namesOf = (wanted: string): string[] => some.filter(({ kind }) => kind === wanted).map(({ name }) => name);
      await Promise.all([
        storage().read(namesOf('document')),
        ...namesOf('log').map((log) => storage().readLog(log, 0)),
        ...namesOf('set').map((set) => storage().members(set)),
      ]);
      await new Promise<void>((resolve) => void clock.after(PAUSE_MS, resolve, { ref: false }));
    }
  }

  async function run(): Promise<void> {
    isRunning = true;
    while (again && goesOn()) {
      again = false;
      await round();
    }
    isRunning = false;
  }

  return () => {
    again = true;
    if (!isRunning) void run();
  };
}
