/** Told how far a stage of long work has come. */
export type Progress = (stage: string, done: number, total: number) => void;

/** Least time between two reports of a stage. */
const EVERY_MS = 1_000;

/**
 * Reports progress a line at a time, at most once a second and stage, and the end of each stage that was reported before or took
 * that long.
 */
export function progressTo(
  out: { write(text: string): unknown },
  now: () => number = () => performance.now(),
): Progress {
  let stage = '';
  let startedAt = 0;
  let saidAt = 0;
  return (name, done, total) => {
    const at = now();
    if (name !== stage) {
      stage = name;
      startedAt = at;
      saidAt = at;
    }
    const over = done === total && at - startedAt >= EVERY_MS;
    if (!over && at - saidAt < EVERY_MS) return;
    saidAt = at;
    out.write(`${name}: ${done} of ${total} (${((at - startedAt) / 1000).toFixed(0)} s)\n`);
  };
}
