import { LRUCache } from 'lru-cache';
import type { Change, LogEntry, StoredDocument } from './storage';

/** An entry of a log as this process knows it. */
export interface MirrorEntry extends LogEntry {
  /** Its number in the storage; `undefined` as long as it is not there. */
  storedAt: number | undefined;
  /** Whether a commit of this process has dropped it since, or newer entries have taken its place. */
  trimmed: boolean;
}

/** What a commit did to the logs of the mirror, by the place of the change among the changes. */
export interface Applied {
  readonly lastAt: ReadonlyMap<string, number>;
  readonly appended: ReadonlyMap<number, readonly MirrorEntry[]>;
  readonly trimmed: ReadonlyMap<number, readonly MirrorEntry[]>;
  /** By log, the last number in the storage that was known before. */
  readonly knownThrough: ReadonlyMap<string, number>;
}

/** A document or a log by its name. */
export interface StoredItem {
  readonly kind: 'document' | 'log';
  readonly name: string;
}

/** The last known state of what was read or written lately. What it does not know, it takes for absent. */
export interface StorageMirror {
  /** Grows with every change. What is learned from a read counts only where nothing was written since the version at its beginning. */
  version(): number;
  documents(keys: readonly string[]): ReadonlyMap<string, StoredDocument>;
  log(log: string, after: number): readonly MirrorEntry[];
  members(set: string): readonly string[];
  learnDocuments(keys: readonly string[], found: ReadonlyMap<string, StoredDocument>, since: number): void;
  learnLog(log: string, after: number, entries: readonly LogEntry[], since: number): void;
  learnMembers(set: string, members: readonly string[], since: number): void;
  /** Whether every eTag that a commit asks for is there. Of a document that is not known, the caller may know more: any holds. */
  holds(changes: readonly Change[]): boolean;
  /** Makes the changes; `stored` names the last number in each log where the storage has made them already. */
  apply(changes: readonly Change[], stored?: ReadonlyMap<string, number>): Applied;
  /** All that it remembers, what was least recently used first. */
  items(): readonly (StoredItem | { readonly kind: 'set'; readonly name: string })[];
  /** Knows nothing any more of a document or a log. */
  forget(item: StoredItem): void;
}

interface Item<T> {
  value: T;
  size: number;
  /** The version of the mirror at which it was written last. */
  written: number;
}
/** `undefined`: known to be absent. */
type DocumentItem = Item<StoredDocument | undefined>;
type LogItem = Item<MirrorEntry[]> & {
  /** The highest number so far, also where its entry is gone. */
  readonly last: number;
};
/** When each member is forgotten. */
type SetItem = Item<Map<string, number>>;

const OVERHEAD = 100;
/** How long something is remembered of which it is not known how long it is kept. */
const DAY_MS = 86_400_000;

/**
 * An empty mirror for about `maxSize` UTF-16 code units; what was least recently used is forgotten first. Times to live hold here too.
 */
export function buildStorageMirror(maxSize: number, now: () => number): StorageMirror {
  const items = new LRUCache<string, DocumentItem | LogItem | SetItem>({
    maxSize,
    sizeCalculation: ({ size }) => size + OVERHEAD,
    ttl: DAY_MS,
    ttlResolution: 0,
    perf: { now },
  });
  let version = 0;
  const documentOf = (key: string) => items.get(`document/${key}`) as DocumentItem | undefined;
  const logOf = (log: string) => items.get(`log/${log}`) as LogItem | undefined;
  const setOf = (set: string) => items.get(`set/${set}`) as SetItem | undefined;

  const keepDocument = (key: string, value: StoredDocument | undefined, ttl = DAY_MS): void => {
    items.set(`document/${key}`, { value, size: value?.json.length ?? 0, written: version }, { ttl });
  };
  const keepLog = (log: string, value: MirrorEntry[], ttl = DAY_MS, size = sizeOf(value)): void => {
    const last = Math.max(value.at(-1)?.at ?? 0, logOf(log)?.last ?? 0);
    items.set(`log/${log}`, { value, size, written: version, last }, { ttl });
  };
  const keepSet = (set: string, value: Map<string, number>, size: number): void => {
    items.set(`set/${set}`, { value, size, written: version });
  };

  function append(change: Change & { kind: 'append' }, storedLast: number | undefined): MirrorEntry[] {
    // Changed in place: a long log is added to often.
    const known = logOf(change.log);
    const entries = known?.value ?? [];
    const next = Math.max((known?.last ?? 0) + 1, change.at ?? now());
    const first = storedLast === undefined ? next : storedLast - change.texts.length + 1;
    const added = change.texts.map((text, index) => {
      const at = first + index;
      return { at, text, storedAt: storedLast === undefined ? undefined : at, trimmed: false };
    });
    // A read that came between the storage's making of the commit and its saying so has brought some already.
    const isKnown = storedLast !== undefined && (entries.at(-1)?.at ?? 0) >= first;
    const there = new Set(isKnown ? entries.map(({ storedAt }) => storedAt) : []);
    const fresh = isKnown ? added.filter(({ storedAt }) => !there.has(storedAt)) : added;
    entries.push(...fresh);
    const dropped = entries.splice(0, Math.max(0, entries.length - change.keep));
    for (const entry of dropped) entry.trimmed = true;
    keepLog(change.log, entries, change.ttlMs, (known?.size ?? 0) + sizeOf(fresh) - sizeOf(dropped));
    return added;
  }

  return {
    version: () => version,
    documents(keys) {
      const found = keys.map((key) => [key, documentOf(key)?.value] as const);
      return new Map(found.filter((one): one is [string, StoredDocument] => one[1] !== undefined));
    },
    log: (log, after) => (logOf(log)?.value ?? []).filter(({ at }) => at > after),
    members: (set) => [...(setOf(set)?.value ?? [])].filter(([, until]) => until > now()).map(([member]) => member),
    learnDocuments(keys, found, since) {
      for (const key of keys) if ((documentOf(key)?.written ?? 0) <= since) keepDocument(key, found.get(key));
    },
    learnLog(log, after, entries, since) {
      const known = logOf(log);
      if ((known?.written ?? 0) > since) return;
      const before = (known?.value ?? []).filter(({ at }) => at <= after);
      keepLog(log, [...before, ...entries.map(({ at, text }) => ({ at, text, storedAt: at, trimmed: false }))]);
    },
    learnMembers(set, members, since) {
      const known = setOf(set);
      if ((known?.written ?? 0) > since) return;
      const until = (member: string): number => known?.value.get(member) ?? now() + DAY_MS;
      const size = members.reduce((sum, member) => sum + member.length + OVERHEAD, 0);
      keepSet(set, new Map(members.map((member) => [member, until(member)])), size);
    },
    holds: (changes) =>
      changes.every((one) => {
        if (one.kind !== 'put' || one.replaces === undefined) return true;
        const known = documentOf(one.key);
        return known === undefined || (known.value?.eTag ?? null) === one.replaces;
      }),
    apply(changes, stored) {
      version += 1;
      const lastAt = new Map<string, number>();
      const appended = new Map<number, readonly MirrorEntry[]>();
      const trimmed = new Map<number, readonly MirrorEntry[]>();
      // A log that is added to twice in one commit: the last of the storage's numbers is that of its last entry.
      const toCome = new Map<string, number>();
      const knownThrough = new Map<string, number>();
      for (const one of changes) {
        if (one.kind !== 'append') continue;
        toCome.set(one.log, (toCome.get(one.log) ?? 0) + one.texts.length);
        const known = logOf(one.log)?.value.findLast(({ storedAt }) => storedAt !== undefined);
        knownThrough.set(one.log, known?.storedAt ?? 0);
      }
      for (const [index, one] of changes.entries()) {
        switch (one.kind) {
          case 'put':
            keepDocument(one.key, { json: one.json, eTag: one.eTag }, one.ttlMs);
            break;
          case 'delete':
            keepDocument(one.key, undefined);
            break;
          case 'append': {
            const left = toCome.get(one.log)! - one.texts.length;
            toCome.set(one.log, left);
            const storedLast = stored?.get(one.log);
            const added = append(one, storedLast === undefined ? undefined : storedLast - left);
            appended.set(index, added);
            if (added.length > 0) lastAt.set(one.log, added.at(-1)!.at);
            break;
          }
          case 'trim': {
            const entries = logOf(one.log)?.value ?? [];
            const dropped = entries.filter(({ at }) => at <= one.through);
            for (const entry of dropped) entry.trimmed = true;
            trimmed.set(index, dropped);
            keepLog(
              one.log,
              entries.filter(({ at }) => at > one.through),
            );
            break;
          }
          case 'drop':
            for (const entry of logOf(one.log)?.value ?? []) entry.trimmed = true;
            items.delete(`log/${one.log}`);
            keepLog(one.log, []);
            break;
          case 'mark': {
            const known = setOf(one.set);
            const members = known?.value ?? new Map<string, number>();
            const more = members.has(one.member) ? 0 : one.member.length + OVERHEAD;
            keepSet(one.set, members.set(one.member, now() + one.ttlMs), (known?.size ?? 0) + more);
            break;
          }
          case 'unmark': {
            const known = setOf(one.set);
            const members = known?.value ?? new Map<string, number>();
            const less = members.delete(one.member) ? one.member.length + OVERHEAD : 0;
            keepSet(one.set, members, (known?.size ?? 0) - less);
            break;
          }
        }
      }
      return { lastAt, appended, trimmed, knownThrough };
    },
    items: () =>
      [...items.rkeys()].map((key) => {
        const slash = key.indexOf('/');
        return { kind: key.slice(0, slash) as 'document' | 'log' | 'set', name: key.slice(slash + 1) };
      }),
    forget: ({ kind, name }) => void items.delete(`${kind}/${name}`),
  };
}

function sizeOf(entries: readonly MirrorEntry[]): number {
  return entries.reduce((sum, { text }) => sum + text.length + OVERHEAD, 0);
}
