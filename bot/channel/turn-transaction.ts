import type { TurnContext } from 'botbuilder';
import type { Change, Committed, Storage } from './storage/storage';

/**
 * What a turn changes. An adapter that keeps its conversations in our own storage puts one into the turn state; what the turn sends
 * is then part of it, so that an answer is seen and remembered, or neither.
 */
export interface TurnTransaction {
  /** Adds a change, to be made with the commit. */
  add(change: Change): void;
  /** Runs something once the commit is made. Must not throw. */
  afterwards(run: () => void): void;
  /** Takes back what was added, so that the turn can be run anew. */
  reset(): void;
  /** Makes the changes of the turn, and `more`, in one commit; and then what was to be done afterwards. Twice only after {@link reset}. */
  commit(more: readonly Change[]): Promise<Committed>;
  /** Whether a commit was made since the last reset. */
  readonly isCommitted: boolean;
}

const KEY = Symbol('turn transaction');

/** A transaction that makes `always` in every case. */
export function buildTurnTransaction(
  storage: Pick<Storage, 'commit'>,
  always: readonly Change[] = [],
): TurnTransaction {
  let changes: Change[] = [];
  let afterwards: (() => void)[] = [];
  let isCommitted = false;
  return {
    add: (change) => void changes.push(change),
    afterwards: (run) => void afterwards.push(run),
    reset() {
      changes = [];
      afterwards = [];
      isCommitted = false;
    },
    async commit(more) {
      const committed = await storage.commit([...more, ...changes, ...always]);
      if (committed.kind === 'conflict') return committed;
      isCommitted = true;
      for (const run of afterwards.splice(0)) run();
      return committed;
    },
    get isCommitted() {
      return isCommitted;
    },
  };
}

/** Gives a turn its transaction. */
export function setTurnTransaction(context: TurnContext, transaction: TurnTransaction): void {
  context.turnState.set(KEY, transaction);
}

/** The transaction of a turn; `undefined` where what it sends goes elsewhere. */
export function turnTransactionOf(context: TurnContext): TurnTransaction | undefined {
  return context.turnState.get<TurnTransaction | undefined>(KEY);
}
