/** The time, and timers that go by it. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Runs `run` once after so many milliseconds, unless the function that it returns is called earlier. With `ref: false` the process may end meanwhile. */
  after(ms: number, run: () => void, options?: { readonly ref: boolean }): () => void;
}

/** The clock of the machine. */
export const SYSTEM_CLOCK: Clock = {
  now: Date.now,
  after(ms, run, { ref } = { ref: true }) {
    const timer = setTimeout(run, ms);
    if (!ref) timer.unref();
    return () => clearTimeout(timer);
  },
};
