import { LRUCache } from 'lru-cache';
import type { Logger } from '../../log';
import { type Clock, SYSTEM_CLOCK } from '../clock';
import { buildRecheck } from './recheck-mirror';
import type { Change, Committed, Storage } from './storage';
import { buildStorageCalls, type StorageWatch } from './storage-calls';
import { buildStorageMirror } from './storage-mirror';
import { buildWaitingCommits, type CommitTry, followCommit, itemsOf, type WaitingCommit } from './waiting-commits';
import { buildWriteBack } from './write-back';

/** A storage that goes on from memory while the one underneath does not work. */
export interface SurvivingStorage extends Storage {
  /** Whether the storage underneath works, as far as is known at the moment. */
  isUp(): boolean;
  /** Runs something once, as soon as the storage works again and all that waited is made there; at once while it works. Must not throw. */
  whenUp(run: () => void): void;
  /** How many commits wait to be made underneath. */
  waiting(): number;
  /** Takes over what another process has deleted underneath. */
  letGo(deletions: readonly Change[]): void;
  /** Looks up underneath, bit by bit, whether what is remembered is still there; others may have deleted it unheard. */
  recheck(): void;
}

export interface SurvivingStorageOptions {
  readonly storage: Storage;
  /** How long one call may take. */
  readonly timeoutMs: number;
  readonly log: Logger;
  readonly watch?: StorageWatch;
  /** Is told of every commit that has deleted something underneath. Must not throw. */
  readonly onDeleted?: (changes: readonly Change[]) => void;
  /** Whether the storage makes all of a commit or nothing; default: yes. */
  readonly atomic?: boolean;
  /**
   * What is remembered for bad times, in UTF-16 code units; default: 25 million. As much again may wait to be written back. What
   * is kept underneath costs memory here too, as long as it was lately used.
   */
  readonly maxSize?: number;
  readonly clock?: Clock;
}

const MAX_SIZE = 25_000_000;
/** How long to wait before the storage is asked whether it is back; doubled each time. */
const FIRST_PROBE_MS = 100;
const LAST_PROBE_MS = 3_000;
/** A storage that has worked for so long is taken for a sound one. */
const SOUND_MS = 10_000;
/** How often a storage that nobody uses is asked. */
const IDLE_CHECK_MS = 5_000;
/** How often one commit may fail while the storage works, before it is given up. */
const MAX_FAILURES = 5;
/** Commits that are written back at the same time. */
const WRITTEN_AT_ONCE = 32;
const RENUMBERED_LOGS = 1_000;

/**
 * The storage underneath with a time limit for each call. The first call that fails or is late turns everybody to memory: nobody
 * waits for a dead store. What is read then is what was lately read or written here; anything else is absent. What is written
 * waits, and is made underneath in its order as soon as the storage works again (see `buildWriteBack` on what other processes wrote
 * meanwhile). It holds a bounded time of writing: what is beyond is given up, the oldest conversation first. No call rejects but
 * `check`, which does so while the storage is down.
 */
export function buildSurvivingStorage({
  storage,
  timeoutMs,
  log,
  watch = {},
  onDeleted = () => undefined,
  atomic = true,
  maxSize = MAX_SIZE,
  clock = SYSTEM_CLOCK,
}: SurvivingStorageOptions): SurvivingStorage {
  const calls = buildStorageCalls(timeoutMs, clock, watch);
  const mirror = buildStorageMirror(maxSize, clock.now);
  /** By log and number in the storage, the number under which this process has shown an entry already. */
  const shownAs = new LRUCache<string, Map<number, number>>({ max: RENUMBERED_LOGS });
  const writeBack = buildWriteBack({
    storage,
    calls,
    mirror,
    atomic,
    onRenumbered(name, entries) {
      const numbers = shownAs.get(name) ?? new Map<number, number>();
      for (const { at, storedAt } of entries) if (storedAt !== undefined) numbers.set(storedAt, at);
      shownAs.set(name, numbers);
    },
  });
  const outage = { begun: 0, waited: 0, conflicts: 0, givenUp: 0 };
  const waiting = buildWaitingCommits(maxSize, (commits) => {
    if (outage.givenUp === 0)
      log.error('the storage is down and memory is full: the oldest conversations are given up');
    outage.givenUp += commits.length;
    for (const item of commits.flatMap(({ changes }) => itemsOf(changes))) mirror.forget(item);
  });
  const whenBack = new Set<() => void>();
  let up = true;
  let closed = false;
  let lastEnd = Number.NEGATIVE_INFINITY;
  let probeMs = FIRST_PROBE_MS;
  let stopTimer = (): void => undefined;
  let writing: Promise<boolean> | undefined;

  function wait(ms: number, run: () => Promise<void>): void {
    stopTimer();
    if (!closed) stopTimer = clock.after(ms, () => void run(), { ref: false });
  }

  function goDown(error: unknown): void {
    if (!up) return;
    up = false;
    Object.assign(outage, { begun: clock.now(), waited: 0, conflicts: 0, givenUp: 0 });
    log.error({ err: error }, 'the storage does not work: going on from memory');
    watch.storageUp?.(false);
    calls.cutShort();
    // One that comes and goes is not asked more and more often.
    if (clock.now() - lastEnd > SOUND_MS) probeMs = FIRST_PROBE_MS;
    wait(probeMs, probe);
  }

  function goUp(): void {
    up = true;
    writeBack.end();
    lastEnd = clock.now();
    const { begun, waited, conflicts, givenUp } = outage;
    const seconds = (lastEnd - begun) / 1_000;
    log.warn({ seconds, waited, conflicts, givenUp }, 'the storage works again');
    watch.storageUp?.(true);
    wait(IDLE_CHECK_MS, checkIdle);
    const runs = [...whenBack];
    whenBack.clear();
    for (const run of runs) run();
  }

  function whenUp(run: () => void): void {
    if (up) run();
    else whenBack.add(run);
  }

  async function probe(): Promise<void> {
    const checked = await calls.call('check', () => storage.check());
    const written = checked.ok && (await writeAllBack());
    if (closed || up) return;
    if (written && waiting.count() === 0) return goUp();
    probeMs = Math.min(LAST_PROBE_MS, probeMs * 2);
    wait(written ? 0 : probeMs, probe);
  }

  async function checkIdle(): Promise<void> {
    const checked = await calls.call('check', () => storage.check());
    if (closed || !up) return;
    if (checked.ok) wait(IDLE_CHECK_MS, checkIdle);
    else goDown(checked.error);
  }

  function writeAllBack(): Promise<boolean> {
    writing ??= writeUntilEmpty().finally(() => {
      writing = undefined;
    });
    return writing;
  }

  async function writeUntilEmpty(): Promise<boolean> {
    await settleTries();
    // One after the other they could wait for the disk longer than it takes others to come.
    for (let next = waiting.next(WRITTEN_AT_ONCE); next.length > 0; next = waiting.next(WRITTEN_AT_ONCE)) {
      if ((await Promise.all(next.map(writeOne))).includes(false)) return false;
    }
    return true;
  }

  /** Whether a commit waits no more. */
  async function writeOne(commit: WaitingCommit): Promise<boolean> {
    const written = await writeBack.write(commit);
    if (written.kind === 'failed') {
      commit.failures += 1;
      if (commit.failures < MAX_FAILURES || !(await canWrite())) return false;
      // Others go through, this one never does.
      log.error({ err: written.error }, 'a commit that the storage does not take is given up');
      outage.givenUp += 1;
      for (const item of itemsOf(commit.changes)) mirror.forget(item);
    } else {
      if (written.conflicted) outage.conflicts += 1;
      tellDeletions(commit.changes);
    }
    waiting.remove(commit);
    return true;
  }

  /** A storage that works again answers what it was asked before, so that there is less to look for. */
  async function settleTries(): Promise<void> {
    const open = [...waiting.all()].flatMap(({ tries }) => tries.filter(({ state }) => state === 'open'));
    if (open.length === 0) return;
    let stop = (): void => undefined;
    const late = new Promise<void>((resolve) => {
      stop = clock.after(timeoutMs, resolve);
    });
    await Promise.race([Promise.all(open.map(({ settled }) => settled)), late]);
    stop();
  }

  async function canWrite(): Promise<boolean> {
    const mark: Change = { kind: 'mark', set: 'storage-probe', member: 'probe', ttlMs: 60_000 };
    return (await calls.call('commit', () => storage.commit([mark]))).ok;
  }

  function commitHere(changes: readonly Change[], tries: CommitTry[]): Committed {
    if (!mirror.holds(changes)) return { kind: 'conflict' };
    const applied = mirror.apply(changes);
    outage.waited += 1;
    waiting.add(changes, applied, tries);
    return { kind: 'committed', lastAt: applied.lastAt };
  }

  function tellDeletions(changes: readonly Change[]): void {
    if (changes.some(({ kind }) => kind === 'delete' || kind === 'drop')) onDeleted(changes);
  }

  const recheck = buildRecheck({ mirror, storage: () => surviving, goesOn: () => up && !closed, clock });

  wait(IDLE_CHECK_MS, checkIdle);
  const surviving: SurvivingStorage = {
    async read(keys) {
      if (up) {
        const since = mirror.version();
        const read = await calls.call('read', () => storage.read(keys));
        if (read.ok) {
          mirror.learnDocuments(keys, read.value, since);
          return read.value;
        }
        goDown(read.error);
      }
      return mirror.documents(keys);
    },
    async readLog(name, after) {
      if (up) {
        const since = mirror.version();
        const read = await calls.call('readLog', () => storage.readLog(name, after));
        if (read.ok) {
          mirror.learnLog(name, after, read.value, since);
          const numbers = shownAs.get(name);
          return numbers === undefined
            ? read.value
            : read.value.filter(({ at }) => (numbers.get(at) ?? Number.POSITIVE_INFINITY) > after);
        }
        goDown(read.error);
      }
      return mirror.log(name, after).map(({ at, text }) => ({ at, text }));
    },
    async members(set) {
      if (up) {
        const since = mirror.version();
        const read = await calls.call('members', () => storage.members(set));
        if (read.ok) {
          mirror.learnMembers(set, read.value, since);
          return read.value;
        }
        goDown(read.error);
      }
      return mirror.members(set);
    },
    async commit(changes) {
      if (!up) return commitHere(changes, []);
      const made = await calls.call('commit', () => storage.commit(changes));
      if (!made.ok) {
        goDown(made.error);
        return commitHere(changes, [followCommit(made.made)]);
      }
      if (made.value.kind === 'committed') {
        mirror.apply(changes, made.value.lastAt);
        tellDeletions(changes);
      }
      return made.value;
    },
    async check() {
      if (!up) throw new Error('The storage does not work at the moment.');
      const checked = await calls.call('check', () => storage.check());
      if (checked.ok) return;
      goDown(checked.error);
      throw checked.error;
    },
    isUp: () => up,
    whenUp,
    waiting: waiting.count,
    letGo: (deletions) => void mirror.apply(deletions),
    recheck: () => whenUp(recheck),
    async close() {
      if (closed) return;
      closed = true;
      stopTimer();
      if (waiting.count() > 0) {
        let stop = (): void => undefined;
        const late = new Promise<void>((resolve) => {
          stop = clock.after(timeoutMs, resolve);
        });
        await Promise.race([writeAllBack(), late]);
        stop();
        const lost = waiting.count();
        if (lost > 0) log.error({ lost }, 'the storage is still down: commits are lost with this process');
      }
      const ended = await calls.call('close', () => storage.close());
      if (!ended.ok) log.warn({ err: ended.error }, 'the storage could not be closed');
    },
  };
  return surviving;
}
