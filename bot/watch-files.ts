import { setTimeout as delay } from 'node:timers/promises';
import { changedFiles, type FileStamps } from './content-files';

/** Pause between two looks at the files. */
const LOOK_EVERY_MS = 200;
/** Looking takes at most one part in so many of the time, however many files there are. */
const LOOK_SHARE = 10;
/** A change is complete when nothing more changes for this long: editors and `git checkout` write in several steps. */
const SETTLE_MS = 50;

/** A watch that goes on until it is told to stop. */
export interface FileWatch {
  /** Resolves once nothing runs any more, `onChange` neither. */
  stop(): Promise<void>;
}

/**
 * Calls `onChange` with the files that changed since `seen` and then since its last call, one call at a time: what changes during
 * a call leads to one more call after it. Files are looked at again and again instead of waiting for the system to tell: that
 * works on every file system, and neither a folder that is replaced nor a file that is renamed is ever lost.
 * @param onChange must not reject
 */
export function watchFiles(
  look: () => FileStamps,
  seen: FileStamps,
  onChange: (files: readonly string[]) => Promise<void>,
): FileWatch {
  const stopping = new AbortController();
  const { signal } = stopping;
  const pause = (ms: number): Promise<void> => delay(ms, undefined, { signal, ref: false }).catch(() => undefined);

  const run = async (): Promise<void> => {
    let before = seen;
    while (!signal.aborted) {
      const startedAt = performance.now();
      let now = look();
      if (changedFiles(before, now).length === 0) {
        await pause(Math.max(LOOK_EVERY_MS, LOOK_SHARE * (performance.now() - startedAt)));
        continue;
      }
      for (let settled = false; !settled && !signal.aborted; ) {
        await pause(SETTLE_MS);
        const later = look();
        settled = changedFiles(now, later).length === 0;
        now = later;
      }
      const files = changedFiles(before, now);
      before = now;
      if (files.length > 0 && !signal.aborted) await onChange(files);
    }
  };
  const running = run();
  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
