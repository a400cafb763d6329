import { LRUCache } from 'lru-cache';
import type { Change, LogEntry, Storage, StoredDocument } from './storage';

type Item =
  | { readonly kind: 'document'; readonly document: StoredDocument; readonly size: number }
  /** `last` is the `at` of the last entry, which may be trimmed already. */
  | { readonly kind: 'log'; readonly entries: readonly LogEntry[]; readonly last: number; readonly size: number }
  /** When each member is forgotten, in milliseconds since 1970. */
  | { readonly kind: 'set'; readonly members: Map<string, number>; readonly size: number };

/** What all items together may take, in UTF-16 code units. */
const MAX_SIZE = 200_000_000;
/** What an item, an entry of a log or a member of a set takes beside its text. */
const OVERHEAD = 100;

/**
 * A storage in this process, which forgets everything with it: at most `maxItems` documents, logs and sets in about 200 million
 * characters, the least recently used goes first. `now` is the time in milliseconds since 1970.
 */
export function buildMemoryStorage({
  maxItems,
  maxSize = MAX_SIZE,
  now = Date.now,
}: {
  readonly maxItems: number;
  readonly maxSize?: number;
  readonly now?: () => number;
}): Storage {
  const items = new LRUCache<string, Item>({
    max: maxItems,
    maxSize,
    sizeCalculation: ({ size }) => size + OVERHEAD,
    // Of a time of its own for each item; a perf of the same clock as `at`, so that one clock rules.
    ttl: 1,
    ttlResolution: 0,
    perf: { now },
  });
  const documentOf = (key: string): StoredDocument | undefined => {
    const item = items.get(`document/${key}`);
    return item?.kind === 'document' ? item.document : undefined;
  };
  const logOf = (log: string): { readonly entries: readonly LogEntry[]; readonly last: number } => {
    const item = items.get(`log/${log}`);
    return item?.kind === 'log' ? item : { entries: [], last: 0 };
  };
  const membersOf = (set: string): ReadonlyMap<string, number> => {
    const item = items.get(`set/${set}`);
    return item?.kind === 'set' ? item.members : new Map();
  };
  const keepLog = (log: string, entries: readonly LogEntry[], last: number, ttlMs: number): void => {
    const size = entries.reduce((sum, { text }) => sum + text.length + OVERHEAD, 0);
    items.set(`log/${log}`, { kind: 'log', entries, last, size }, { ttl: ttlMs });
  };
  /** Changed in place: a set of many changes often. */
  const changeSet = (set: string, ttlMs: number, change: (members: Map<string, number>) => number): void => {
    const key = `set/${set}`;
    const item = items.get(key);
    const { members, size } = item?.kind === 'set' ? item : { members: new Map<string, number>(), size: 0 };
    const grown = size + change(members);
    if (members.size === 0) items.delete(key);
    else items.set(key, { kind: 'set', members, size: grown }, { ttl: Math.max(ttlMs, items.getRemainingTTL(key)) });
  };
  const unmark = (members: Map<string, number>, member: string): number =>
    members.delete(member) ? -member.length - OVERHEAD : 0;

  const apply = (change: Change, lastAt: Map<string, number>): void => {
    switch (change.kind) {
      case 'put': {
        const { key, json, eTag, ttlMs } = change;
        items.set(`document/${key}`, { kind: 'document', document: { json, eTag }, size: json.length }, { ttl: ttlMs });
        return;
      }
      case 'delete':
        items.delete(`document/${change.key}`);
        return;
      case 'append': {
        const { log, texts, keep, at = now(), ttlMs } = change;
        if (texts.length === 0) return;
        const { entries, last } = logOf(log);
        const first = Math.max(last + 1, at);
        const added = texts.map((text, index) => ({ at: first + index, text }));
        keepLog(log, [...entries, ...added].slice(-keep), first + texts.length - 1, ttlMs);
        lastAt.set(log, first + texts.length - 1);
        return;
      }
      case 'trim': {
        const { entries, last } = logOf(change.log);
        if (last === 0) return;
        const left = entries.filter(({ at }) => at > change.through);
        keepLog(change.log, left, last, items.getRemainingTTL(`log/${change.log}`));
        return;
      }
      case 'drop':
        items.delete(`log/${change.log}`);
        return;
      case 'mark': {
        const { set, member, ttlMs } = change;
        changeSet(set, ttlMs, (members) => {
          const before = unmark(members, member);
          members.set(member, now() + ttlMs);
          return before + member.length + OVERHEAD;
        });
        return;
      }
      case 'unmark':
        changeSet(change.set, 0, (members) => unmark(members, change.member));
        return;
    }
  };

  return {
    async read(keys) {
      const found = keys.map((key) => [key, documentOf(key)] as const);
      return new Map(found.filter((one): one is [string, StoredDocument] => one[1] !== undefined));
    },
    readLog: async (log, after) => logOf(log).entries.filter(({ at }) => at > after),
    async members(set) {
      const over = [...membersOf(set)].filter(([, until]) => until <= now());
      for (const [member] of over) changeSet(set, 0, (members) => unmark(members, member));
      return [...membersOf(set).keys()];
    },
    async commit(changes) {
      const stale = changes.some(
        (one) =>
          one.kind === 'put' && one.replaces !== undefined && (documentOf(one.key)?.eTag ?? null) !== one.replaces,
      );
      if (stale) return { kind: 'conflict' };
      const lastAt = new Map<string, number>();
      for (const change of changes) apply(change, lastAt);
      return { kind: 'committed', lastAt };
    },
    check: async () => undefined,
    close: async () => undefined,
  };
}
