/** Runs the turns of one conversation one after the other, and those of different conversations side by side. */
export interface TurnQueue {
  /** Runs `turn` once the earlier turns of `key` have ended, well or badly; settles as `turn` does. */
  run<T>(key: string, turn: () => Promise<T>): Promise<T>;
  /** How many turns run or wait. */
  size(): number;
  /** Resolves as soon as no turn runs or waits; at once where that is so already. */
  idle(): Promise<void>;
}

/** An empty queue. It keeps nothing of a conversation whose last turn has ended. */
export function buildTurnQueue(): TurnQueue {
  const last = new Map<string, Promise<unknown>>();
  const waiters: (() => void)[] = [];
  let inHand = 0;

  async function runAfter<T>(before: Promise<unknown> | undefined, turn: () => Promise<T>): Promise<T> {
    // Whether the turn before failed is its own caller's business.
    if (before !== undefined) await before.catch(() => undefined);
    return turn();
  }

  return {
    async run(key, turn) {
      const running = runAfter(last.get(key), turn);
      last.set(key, running);
      inHand += 1;
      try {
        return await running;
      } finally {
        if (last.get(key) === running) last.delete(key);
        inHand -= 1;
        if (inHand === 0) for (const wake of waiters.splice(0)) wake();
      }
    },
    size: () => inHand,
    idle: () => (inHand === 0 ? Promise.resolve() : new Promise((resolve) => waiters.push(resolve))),
  };
}
