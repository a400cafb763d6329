import type { Change, Storage } from './storage';
import type { StorageCalls } from './storage-calls';
import type { MirrorEntry, StorageMirror } from './storage-mirror';
import { followCommit, type WaitingCommit } from './waiting-commits';

export type WrittenBack =
  | { readonly kind: 'done'; readonly conflicted: boolean }
  /** The storage does not work; the commit waits on. */
  | { readonly kind: 'failed'; readonly error: unknown };

export interface WriteBack {
  write(commit: WaitingCommit): Promise<WrittenBack>;
  /** Says that no commit waits any more. */
  end(): void;
}

type Looked = { readonly kind: 'through' | 'open' } | { readonly kind: 'failed'; readonly error: unknown };

export interface WriteBackOptions {
  readonly storage: Storage;
  readonly calls: StorageCalls;
  readonly mirror: StorageMirror;
  /** Whether the storage makes all of a commit or nothing. */
  readonly atomic: boolean;
  /** Is told when entries have got other numbers in the storage than they had here. */
  readonly onRenumbered: (log: string, entries: readonly MirrorEntry[]) => void;
}

/**
 * Makes commits in the storage that were made in the mirror while it was down.
 *
 * - A commit that was tried before is looked for first: by the eTags of its documents, then by the entries it added. What went
 *   through is not made again.
 * - Where an eTag does not hold, another process has moved on, and its documents stand: the documents of the commit that asked for
 *   an eTag are left out, everything else of it is made. People have read these replies, and an inbox that were not trimmed would
 *   have their messages answered again.
 * - Entries that were added and dropped meanwhile are not added at all; only entries that were seen here are dropped.
 */
export function buildWriteBack({ storage, calls, mirror, atomic, onRenumbered }: WriteBackOptions): WriteBack {
  /** By log, the numbers of the entries that commits of this outage are known to have added. */
  const claimed = new Map<string, Set<number>>();
  return { write, end: () => claimed.clear() };

  async function write(commit: WaitingCommit): Promise<WrittenBack> {
    let conflicted = false;
    for (;;) {
      if (commit.tries.length > 0) {
        const looked = await look(commit);
        if (looked.kind === 'failed') return looked;
        if (looked.kind === 'through') return { kind: 'done', conflicted };
      }
      const { changes, sent } = toStore(commit);
      if (changes.length === 0) return { kind: 'done', conflicted };
      const before = commit.tries;
      commit.sent = sent;
      const result = await calls.call('commit', () => {
        const made = storage.commit(changes);
        commit.tries = [...before, followCommit(made)];
        return made;
      });
      if (!result.ok) return { kind: 'failed', error: result.error };
      if (result.value.kind === 'committed') {
        noteStored(commit, result.value.lastAt);
        return { kind: 'done', conflicted };
      }
      // It may be the commit itself that went through meanwhile.
      commit.tries = before;
      if (before.length > 0) {
        const looked = await look(commit);
        if (looked.kind === 'failed') return looked;
        if (looked.kind === 'through') return { kind: 'done', conflicted };
      }
      const lost = commit.changes.filter(isChecked);
      if (lost.length === 0) return { kind: 'failed', error: new Error('A commit without an eTag conflicts.') };
      conflicted = true;
      commit.tries = [];
      commit.changes = commit.changes.filter((one) => !isChecked(one));
      const refreshed = await refresh(lost.map(({ key }) => key));
      if (refreshed !== undefined) return refreshed;
    }
  }

  async function refresh(keys: readonly string[]): Promise<WrittenBack | undefined> {
    const since = mirror.version();
    const read = await calls.call('read', () => storage.read(keys));
    if (!read.ok) return { kind: 'failed', error: read.error };
    mirror.learnDocuments(keys, read.value, since);
    return undefined;
  }

  async function look(commit: WaitingCommit): Promise<Looked> {
    for (const { state } of commit.tries) {
      if (typeof state === 'string' || state.kind === 'conflict') continue;
      noteStored(commit, state.lastAt);
      return { kind: 'through' };
    }
    const puts = commit.changes.filter((one) => one.kind === 'put');
    const read = await calls.call('read', () => storage.read(puts.map(({ key }) => key)));
    if (!read.ok) return { kind: 'failed', error: read.error };
    const written = puts.some(({ key, eTag }) => read.value.get(key)?.eTag === eTag);
    const lastAt = new Map<string, number>();
    for (const [log, entries] of sentBy(commit)) {
      const logged = await calls.call('readLog', () => storage.readLog(log, 0));
      if (!logged.ok) return { kind: 'failed', error: logged.error };
      // The same text may have been said before.
      const known = new Set([...mirror.log(log, 0).map(({ storedAt }) => storedAt), ...(claimed.get(log) ?? [])]);
      const knownThrough = commit.applied.knownThrough.get(log)!;
      const others = logged.value.filter(({ at }) => at > knownThrough && !known.has(at));
      const texts = entries.slice(-keptOf(commit, log)).map(({ text }) => text);
      const start = others.findIndex((_one, index) => texts.every((text, i) => others[index + i]?.text === text));
      if (start !== -1) lastAt.set(log, others[start + texts.length - 1]!.at);
    }
    if (!written && lastAt.size === 0) return { kind: 'open' };
    noteStored(commit, lastAt);
    if (atomic) return { kind: 'through' };
    commit.tries = [];
    commit.changes = commit.changes.filter(
      (one) => !(written && isChecked(one)) && !(one.kind === 'append' && lastAt.has(one.log)),
    );
    return { kind: 'open' };
  }

  function noteStored(commit: WaitingCommit, lastAt: ReadonlyMap<string, number>): void {
    for (const [log, entries] of sentBy(commit)) {
      const last = lastAt.get(log);
      if (last === undefined) continue;
      const numbers = claimed.get(log) ?? new Set();
      entries.forEach((entry, index) => {
        entry.storedAt = last - entries.length + 1 + index;
        numbers.add(entry.storedAt);
      });
      claimed.set(log, numbers);
      if (entries.at(-1)!.at !== last) onRenumbered(log, entries);
    }
  }
}

function isChecked(change: Change): change is Extract<Change, { kind: 'put' }> {
  return change.kind === 'put' && change.replaces !== undefined;
}

/** The changes as they are to be made in the storage by now, and the entries that they add. */
function toStore(commit: WaitingCommit): {
  readonly changes: readonly Change[];
  readonly sent: ReadonlyMap<string, readonly MirrorEntry[]>;
} {
  const sent = new Map<string, MirrorEntry[]>();
  const changes = commit.changes.flatMap((change): Change[] => {
    const place = commit.placeOf.get(change)!;
    if (change.kind === 'append') {
      const entries = commit.applied.appended.get(place)!.filter(({ trimmed }) => !trimmed);
      // Without texts it says how many are to be kept.
      if (entries.length === 0) return change.texts.length === 0 ? [change] : [];
      sent.set(change.log, [...(sent.get(change.log) ?? []), ...entries]);
      return [{ ...change, texts: entries.map(({ text }) => text), at: entries[0]!.at }];
    }
    if (change.kind !== 'trim') return [change];
    const dropped = commit.applied.trimmed.get(place)!;
    if (dropped.length === 0) return [change];
    const through = Math.max(0, ...dropped.map(({ storedAt }) => storedAt ?? 0));
    return through === 0 ? [] : [{ ...change, through }];
  });
  return { changes, sent };
}

/** How many entries of a log are left at least after a commit has added to it. */
function keptOf({ changes }: WaitingCommit, log: string): number {
  return Math.min(...changes.map((one) => (one.kind === 'append' && one.log === log ? one.keep : Number.MAX_VALUE)));
}

function sentBy(commit: WaitingCommit): ReadonlyMap<string, readonly MirrorEntry[]> {
  if (commit.sent !== undefined) return commit.sent;
  const all = new Map<string, MirrorEntry[]>();
  for (const change of commit.changes) {
    if (change.kind !== 'append' || change.texts.length === 0) continue;
    const entries = commit.applied.appended.get(commit.placeOf.get(change)!)!;
    all.set(change.log, [...(all.get(change.log) ?? []), ...entries]);
  }
  return all;
}
