import type { Change, Committed } from './storage';
import type { Applied, MirrorEntry, StoredItem } from './storage-mirror';

/** What came of asking the storage for a commit, as far as that is known by now. */
export interface CommitTry {
  state: Committed | 'open' | 'failed';
  readonly settled: Promise<unknown>;
}

/** A commit that was made in the mirror and is still to be made in the storage, or was perhaps made there already. */
export interface WaitingCommit {
  /** Without what has turned out to conflict. */
  changes: readonly Change[];
  readonly applied: Applied;
  /** Changes by their place in the commit as it was asked for. */
  readonly placeOf: ReadonlyMap<Change, number>;
  /** The documents and logs that it writes. */
  readonly names: readonly string[];
  /** The members of sets that it marks or unmarks. */
  readonly members: readonly string[];
  readonly size: number;
  /** Each may have gone through. */
  tries: CommitTry[];
  /** The entries that the last try was to add, by their log; `undefined`: all of them. */
  sent: ReadonlyMap<string, readonly MirrorEntry[]> | undefined;
  failures: number;
}

/** Commits that wait for the storage, in their order. */
export interface WaitingCommits {
  add(changes: readonly Change[], applied: Applied, tries: CommitTry[]): void;
  /** The oldest, and up to `max` in all of those after it that share no document, log or member of a set with one before them: they can be made in any order. */
  next(max: number): readonly WaitingCommit[];
  all(): Iterable<WaitingCommit>;
  remove(commit: WaitingCommit): void;
  count(): number;
}

/** What a commit takes beside its texts, in UTF-16 code units. */
const OVERHEAD = 500;
/** Commits that are looked at for some that do not depend on each other. */
const MAX_LOOKED = 1_000;

/**
 * An empty queue that holds about `maxSize` UTF-16 code units. What is beyond is handed to `onGivenUp`: the oldest commit and all
 * that share a document or a log with it, so that no conversation is written back with a gap.
 */
export function buildWaitingCommits(
  maxSize: number,
  onGivenUp: (commits: readonly WaitingCommit[]) => void,
): WaitingCommits {
  const waiting = new Set<WaitingCommit>();
  const byName = new Map<string, Set<WaitingCommit>>();
  let size = 0;
  const remove = (commit: WaitingCommit): void => {
    if (!waiting.delete(commit)) return;
    size -= commit.size;
    for (const name of commit.names) {
      const sharing = byName.get(name)!;
      sharing.delete(commit);
      if (sharing.size === 0) byName.delete(name);
    }
  };
  const giveUpOldest = (): void => {
    const [oldest] = waiting;
    if (oldest === undefined) return;
    const together = new Set([oldest, ...oldest.names.flatMap((name) => [...byName.get(name)!])]);
    for (const one of together) remove(one);
    onGivenUp([...together]);
  };
  return {
    add(changes, applied, tries) {
      const commit: WaitingCommit = {
        changes,
        applied,
        placeOf: new Map(changes.map((change, index) => [change, index])),
        names: [...new Set(itemsOf(changes).map(({ kind, name }) => `${kind}/${name}`))],
        members: membersOf(changes),
        size: sizeOf(changes),
        sent: undefined,
        tries,
        failures: 0,
      };
      waiting.add(commit);
      size += commit.size;
      for (const name of commit.names) byName.set(name, (byName.get(name) ?? new Set()).add(commit));
      while (size > maxSize) giveUpOldest();
    },
    next(max) {
      const chosen: WaitingCommit[] = [];
      const seen = new Set<string>();
      let looked = 0;
      for (const commit of waiting) {
        // What only marks and unmarks keeps its place: it may be about a commit before it.
        looked += 1;
        if (chosen.length >= max || looked > MAX_LOOKED || (commit.names.length === 0 && seen.size > 0)) break;
        const touched = [...commit.names, ...commit.members];
        const isFree = !touched.some((name) => seen.has(name));
        for (const name of touched) seen.add(name);
        if (isFree) chosen.push(commit);
        if (commit.names.length === 0) break;
      }
      return chosen;
    },
    all: () => waiting,
    remove,
    count: () => waiting.size,
  };
}

/** Follows a commit that the storage was asked for, however late it answers. */
export function followCommit(made: Promise<Committed>): CommitTry {
  const one: { state: CommitTry['state']; settled: Promise<unknown> } = {
    state: 'open',
    settled: made.then(
      (committed) => {
        one.state = committed;
      },
      () => {
        one.state = 'failed';
      },
    ),
  };
  return one;
}

/** The documents and logs that a commit writes. */
export function itemsOf(changes: readonly Change[]): readonly StoredItem[] {
  return changes.flatMap((one): StoredItem | readonly StoredItem[] => {
    if (one.kind === 'mark' || one.kind === 'unmark') return [];
    if (one.kind === 'put' || one.kind === 'delete') return { kind: 'document', name: one.key };
    return { kind: 'log', name: one.log };
  });
}

function membersOf(changes: readonly Change[]): readonly string[] {
  const marks = changes.filter((one) => one.kind === 'mark' || one.kind === 'unmark');
  return marks.map(({ set, member }) => `member/${JSON.stringify([set, member])}`);
}

function sizeOf(changes: readonly Change[]): number {
  const texts = changes.map((one) => {
    if (one.kind === 'put') return one.json.length;
    return one.kind === 'append' ? one.texts.reduce((sum, { length }) => sum + length, 0) : 0;
  });
  return texts.reduce((sum, length) => sum + length, OVERHEAD);
}
