import type { Clock } from '../clock';

/** What a storage is asked for, as metrics name it. */
export type StorageOperation = 'read' | 'readLog' | 'members' | 'commit' | 'check' | 'close';

/** What those who watch a storage are told. */
export interface StorageWatch {
  /** A call has ended; not `ok` where it failed or was not waited for any longer. */
  storageCall?(operation: StorageOperation, seconds: number, ok: boolean): void;
  /** The storage cannot be used any more, or works again. */
  storageUp?(up: boolean): void;
}

/** What came of a call. */
export type StorageCall<T> =
  | { readonly ok: true; readonly value: T }
  /** It failed or was late. `made` may still settle. */
  | { readonly ok: false; readonly error: unknown; readonly made: Promise<T> };

/** Calls that nobody waits for longer than a time limit. */
export interface StorageCalls {
  /** Never rejects. */
  call<T>(operation: StorageOperation, run: () => Promise<T>): Promise<StorageCall<T>>;
  /** Lets nobody wait any longer for the calls that are under way. */
  cutShort(): void;
}

/** Calls with a limit of `timeoutMs`. */
export function buildStorageCalls(timeoutMs: number, clock: Clock, watch: StorageWatch): StorageCalls {
  const underWay = new Set<() => void>();
  return {
    call<T>(operation: StorageOperation, run: () => Promise<T>) {
      const begun = clock.now();
      // Also where it throws at once.
      const made = new Promise<T>((resolve) => resolve(run()));
      return new Promise<StorageCall<T>>((resolve) => {
        const end = (result: StorageCall<T>): void => {
          if (!underWay.delete(cut)) return;
          stopTimer();
          watch.storageCall?.(operation, (clock.now() - begun) / 1_000, result.ok);
          resolve(result);
        };
        const late = (): void => {
          end({ ok: false, error: new Error(`The storage took longer than ${timeoutMs} ms.`), made });
        };
        const cut = (): void => end({ ok: false, error: new Error('The storage has stopped working.'), made });
        underWay.add(cut);
        // Where this process itself was busy for so long, the answer is there and is read before the immediate.
        const stopTimer = clock.after(timeoutMs, () => setImmediate(late));
        made.then(
          (value) => end({ ok: true, value }),
          (error: unknown) => end({ ok: false, error, made }),
        );
      });
    },
    cutShort() {
      for (const cut of [...underWay]) cut();
    },
  };
}
