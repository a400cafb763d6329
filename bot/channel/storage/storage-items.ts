import { createHash } from 'node:crypto';
import type { Change, LogEntry, StoredDocument } from './storage';

/*
 * What documents, logs and sets are in a store that knows only items: each is one item, which is read and written whole. Each says
 * until when it counts, in milliseconds since 1970.
 */
export type StorageItem = DocumentItem | LogItem | SetItem;

export interface DocumentItem {
  readonly kind: 'document';
  readonly until: number;
  readonly json: string;
  /** The eTag of the contract. The store has one of its own for the item. */
  readonly tag: string;
}

export interface LogItem {
  readonly kind: 'log';
  readonly until: number;
  readonly entries: readonly (readonly [at: number, text: string])[];
  /** The `at` of the last entry, which may be trimmed already. */
  readonly last: number;
}

export interface SetItem {
  readonly kind: 'set';
  readonly until: number;
  readonly members: readonly (readonly [member: string, until: number])[];
}

export type ItemKind = StorageItem['kind'];

/** The key of an item: short, and of letters that every store takes. */
export function itemKey(kind: ItemKind, name: string): string {
  // As UTF-16, because lone surrogates are all the same in UTF-8.
  return `${kind}-${createHash('sha256').update(name, 'utf16le').digest('hex')}`;
}

/** The key of the item that a change is about. */
export function itemKeyOf(change: Change): string {
  if ('key' in change) return itemKey('document', change.key);
  return 'log' in change ? itemKey('log', change.log) : itemKey('set', change.set);
}

/** A document as it can be read at a time; `undefined` when it is over. */
export function documentOf(item: StorageItem | undefined, now: number): StoredDocument | undefined {
  return item?.kind === 'document' && item.until > now ? { json: item.json, eTag: item.tag } : undefined;
}

/** The entries of a log at a time. */
export function entriesOf(item: StorageItem | undefined, now: number): readonly LogEntry[] {
  return item?.kind === 'log' && item.until > now ? item.entries.map(([at, text]) => ({ at, text })) : [];
}

/** The members of a set at a time. */
export function membersOf(item: StorageItem | undefined, now: number): readonly string[] {
  return item?.kind === 'set' ? item.members.filter(([, until]) => until > now).map(([member]) => member) : [];
}

/** Whether the eTag that a change demands is there, at a time. */
export function isCurrent(item: StorageItem | undefined, change: Change, now: number): boolean {
  if (change.kind !== 'put' || change.replaces === undefined) return true;
  return (documentOf(item, now)?.eTag ?? null) === change.replaces;
}

/** What a change makes of its item; `undefined` for nothing. A log takes at most `maxChars` characters: the oldest entries go first. */
export function changeItem(
  item: StorageItem | undefined,
  change: Change,
  now: number,
  maxChars: number,
): StorageItem | undefined {
  switch (change.kind) {
    case 'put':
      return { kind: 'document', until: now + change.ttlMs, json: change.json, tag: change.eTag };
    case 'delete':
    case 'drop':
      return undefined;
    case 'append': {
      if (change.texts.length === 0) return item;
      const before = item?.kind === 'log' ? item.last : 0;
      const first = Math.max(before + 1, change.at ?? now);
      const added = change.texts.map((text, index): [number, string] => [first + index, text]);
      const all = [...entriesOf(item, now).map(({ at, text }): [number, string] => [at, text]), ...added];
      const entries = lastWithin(all.slice(-change.keep), maxChars);
      return { kind: 'log', until: now + change.ttlMs, entries, last: first + added.length - 1 };
    }
    case 'trim':
      return item?.kind === 'log' ? { ...item, entries: item.entries.filter(([at]) => at > change.through) } : item;
    case 'mark':
    case 'unmark': {
      const known = item?.kind === 'set' ? item.members : [];
      const others = known.filter(([member, until]) => member !== change.member && until > now);
      const members = change.kind === 'mark' ? [...others, [change.member, now + change.ttlMs] as const] : others;
      if (members.length === 0) return undefined;
      return { kind: 'set', until: Math.max(...members.map(([, until]) => until)), members };
    }
  }
}

function lastWithin(entries: readonly [number, string][], maxChars: number): readonly [number, string][] {
  let size = 0;
  const start = entries.findLastIndex(([, text]) => {
    size += text.length;
    return size > maxChars;
  });
  return entries.slice(Math.min(start + 1, entries.length - 1));
}
