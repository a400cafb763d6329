import type { Clock } from '../../bot/channel/clock';

/** A clock that goes on when it is told to. */
export interface ManualClock extends Clock {
  /** Goes on by so many milliseconds, runs the timers that come due in their order, and lets what they began go as far as it can. */
  advance(ms: number): Promise<void>;
}

/** A clock that stands at 2026-01-01. */
export function buildManualClock(): ManualClock {
  let now = Date.UTC(2026, 0, 1);
  const timers = new Set<{ readonly due: number; readonly run: () => void }>();
  return {
    now: () => now,
    after(ms, run) {
      const timer = { due: now + ms, run };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    async advance(ms) {
      const end = now + ms;
      for (;;) {
        const next = [...timers].filter(({ due }) => due <= end).sort((a, b) => a.due - b.due)[0];
        if (next === undefined) break;
        timers.delete(next);
        now = Math.max(now, next.due);
        next.run();
        await untilQuiet();
      }
      now = end;
      await untilQuiet();
    },
  };
}

/** Lets everything happen that needs no more than promises. */
export function untilQuiet(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
