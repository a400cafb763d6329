import { createHash } from 'node:crypto';
import type { Tables } from './embedded-tables';
import type { Change, Committed, LogEntry, StoredDocument } from './storage';

/*
 * Where what lies in the tables. Names are hashed: LMDB takes no keys of any length, and none that is not well-formed.
 *
 * documents   name -> [until, eTag] in one line, then the document
 * logs        name -> [until, at of the last entry, how many entries]
 * log-entries name, at -> the text
 * members     set, member -> [until, member]
 * expiries    minute, kind, name (and member) -> nothing; one for each document, log and member
 */
type Kind = 'document' | 'log' | 'member';

const KINDS: readonly Kind[] = ['document', 'log', 'member'];
const MINUTE_MS = 60_000;
/** Bytes of an `at` and of a minute in a key. */
const AT_BYTES = 6;
const MINUTE_BYTES = 6;
const ID_BYTES = 32;
const MAX_AT = 2 ** (8 * AT_BYTES) - 1;

interface Log {
  readonly until: number;
  readonly last: number;
  readonly count: number;
}

/** The document of a key, unless its time is over. */
export function readDocument(tables: Tables, key: string, now: number): StoredDocument | undefined {
  const value = tables.documents.get(idOf(key));
  if (value === undefined) return undefined;
  const end = value.indexOf('\n');
  const [until, eTag] = parseHead<[number, string]>(value.slice(0, end)) ?? [0, ''];
  return until > now ? { json: value.slice(end + 1), eTag } : undefined;
}

/** The entries of a log after `after`, oldest first; none where the time of the log is over. */
export function readEntries(tables: Tables, log: string, after: number, now: number): readonly LogEntry[] {
  const id = idOf(log);
  if ((readLogHead(tables, id)?.until ?? 0) <= now) return [];
  return tables.logEntries
    .entries(entryKey(id, after + 1), entryKey(id, MAX_AT))
    .map(({ key, value }) => ({ at: key.readUIntBE(ID_BYTES, AT_BYTES), text: value }));
}

/** The members of a set whose time is not over. */
export function readMembers(tables: Tables, set: string, now: number): readonly string[] {
  return tables.members
    .entries(...allOf(idOf(set)))
    .map(({ value }) => parseHead<[number, string]>(value) ?? ([0, ''] as const))
    .filter(([until]) => until > now)
    .map(([, member]) => member);
}

/** Makes all changes, or none where an eTag does not hold. Runs inside a transaction. */
export function applyChanges(tables: Tables, changes: readonly Change[], now: number): Committed {
  const stale = changes.some(
    (one) =>
      one.kind === 'put' &&
      one.replaces !== undefined &&
      (readDocument(tables, one.key, now)?.eTag ?? null) !== one.replaces,
  );
  if (stale) return { kind: 'conflict' };
  const lastAt = new Map<string, number>();
  for (const change of changes) apply(tables, change, now, lastAt);
  return { kind: 'committed', lastAt };
}

/**
 * Removes what the clock or the bound of `maxItems` takes, what is forgotten soonest first: `limit` items or a little more. Resolves with
 * how many went. Runs inside a transaction.
 */
export function sweepSome(tables: Tables, maxItems: number, limit: number, now: number): number {
  const surplus = Math.max(0, tables.expiries.size() - maxItems);
  const soonest = tables.expiries.keys(Buffer.alloc(1), Buffer.alloc(MINUTE_BYTES, 0xff), limit);
  const due = soonest.filter((key, index) => index < surplus || key.readUIntBE(0, MINUTE_BYTES) * MINUTE_MS <= now);
  let work = 0;
  let removed = 0;
  for (const key of due) {
    if (work >= limit) break;
    const id = key.subarray(MINUTE_BYTES + 1);
    const kind = KINDS[key[MINUTE_BYTES]!];
    work += 1;
    if (kind === 'document') tables.documents.remove(id);
    else if (kind === 'member') tables.members.remove(id);
    else work += removeLog(tables, id);
    tables.expiries.remove(key);
    removed += 1;
  }
  return removed;
}

function apply(tables: Tables, change: Change, now: number, lastAt: Map<string, number>): void {
  switch (change.kind) {
    case 'put': {
      const id = idOf(change.key);
      const until = now + change.ttlMs;
      moveExpiry(tables, 'document', id, untilOfDocument(tables, id), until);
      tables.documents.put(id, `${JSON.stringify([until, change.eTag])}\n${change.json}`);
      return;
    }
    case 'delete': {
      const id = idOf(change.key);
      moveExpiry(tables, 'document', id, untilOfDocument(tables, id), undefined);
      tables.documents.remove(id);
      return;
    }
    case 'append':
      if (change.texts.length > 0) lastAt.set(change.log, append(tables, change, now));
      return;
    case 'trim': {
      const id = idOf(change.log);
      const head = readLogHead(tables, id);
      if (head === undefined) return;
      const gone = removeEntries(tables, id, change.through);
      writeLogHead(tables, id, { ...head, count: head.count - gone });
      return;
    }
    case 'drop': {
      const id = idOf(change.log);
      moveExpiry(tables, 'log', id, readLogHead(tables, id)?.until, undefined);
      removeLog(tables, id);
      return;
    }
    case 'mark': {
      const id = Buffer.concat([idOf(change.set), idOf(change.member)]);
      const until = now + change.ttlMs;
      moveExpiry(tables, 'member', id, untilOfMember(tables, id), until);
      tables.members.put(id, JSON.stringify([until, change.member]));
      return;
    }
    case 'unmark': {
      const id = Buffer.concat([idOf(change.set), idOf(change.member)]);
      moveExpiry(tables, 'member', id, untilOfMember(tables, id), undefined);
      tables.members.remove(id);
      return;
    }
  }
}

/** The `at` of the last entry. */
function append(tables: Tables, change: Extract<Change, { kind: 'append' }>, now: number): number {
  const id = idOf(change.log);
  const head = readLogHead(tables, id);
  if (head !== undefined && head.until <= now) removeEntries(tables, id, MAX_AT - 1);
  const kept = head === undefined || head.until <= now ? 0 : head.count;
  const first = Math.max((head?.last ?? 0) + 1, change.at ?? now);
  for (const [index, text] of change.texts.entries()) tables.logEntries.put(entryKey(id, first + index), text);
  const last = first + change.texts.length - 1;
  const count = kept + change.texts.length;
  const surplus = Math.max(0, count - change.keep);
  if (surplus > 0) {
    for (const key of tables.logEntries.keys(...allOf(id), surplus)) tables.logEntries.remove(key);
  }
  const until = now + change.ttlMs;
  moveExpiry(tables, 'log', id, head?.until, until);
  writeLogHead(tables, id, { until, last, count: count - surplus });
  return last;
}

function readLogHead(tables: Tables, id: Buffer): Log | undefined {
  const value = tables.logs.get(id);
  if (value === undefined) return undefined;
  const [until, last, count] = parseHead<[number, number, number]>(value) ?? [0, 0, 0];
  return { until, last, count };
}

function writeLogHead(tables: Tables, id: Buffer, { until, last, count }: Log): void {
  tables.logs.put(id, JSON.stringify([until, last, count]));
}

/** How many entries went. */
function removeLog(tables: Tables, id: Buffer): number {
  tables.logs.remove(id);
  return removeEntries(tables, id, MAX_AT - 1);
}

/** How many went. */
function removeEntries(tables: Tables, id: Buffer, through: number): number {
  const keys = tables.logEntries.keys(entryKey(id, 0), entryKey(id, Math.min(through + 1, MAX_AT)));
  for (const key of keys) tables.logEntries.remove(key);
  return keys.length;
}

/** `undefined` of a record that a damaged disk has changed: it counts as one that is over. */
function parseHead<T extends readonly unknown[]>(text: string): T | undefined {
  try {
    const head: unknown = JSON.parse(text);
    return Array.isArray(head) && typeof head[0] === 'number' ? (head as unknown as T) : undefined;
  } catch {
    return undefined;
  }
}

function untilOfDocument(tables: Tables, id: Buffer): number | undefined {
  const value = tables.documents.get(id);
  return value === undefined ? undefined : parseHead<[number]>(value.slice(0, value.indexOf('\n')))?.[0];
}

function untilOfMember(tables: Tables, id: Buffer): number | undefined {
  const value = tables.members.get(id);
  return value === undefined ? undefined : parseHead<[number]>(value)?.[0];
}

/** By the minute, so that what is written again soon stays where it is. */
function moveExpiry(tables: Tables, kind: Kind, id: Buffer, from: number | undefined, to: number | undefined): void {
  const minuteOf = (until: number) => Math.min(Math.ceil(until / MINUTE_MS), 2 ** 40);
  const key = (until: number): Buffer => {
    const start = Buffer.alloc(MINUTE_BYTES + 1);
    start.writeUIntBE(minuteOf(until), 0, MINUTE_BYTES);
    start[MINUTE_BYTES] = KINDS.indexOf(kind);
    return Buffer.concat([start, id]);
  };
  if (from !== undefined && to !== undefined && minuteOf(from) === minuteOf(to)) return;
  if (from !== undefined) tables.expiries.remove(key(from));
  if (to !== undefined) tables.expiries.put(key(to), '');
}

function idOf(name: string): Buffer {
  // As UTF-16, because lone surrogates are all the same in UTF-8.
  return createHash('sha256').update(name, 'utf16le').digest();
}

function entryKey(id: Buffer, at: number): Buffer {
  const key = Buffer.alloc(ID_BYTES + AT_BYTES);
  id.copy(key);
  key.writeUIntBE(Math.min(at, MAX_AT), ID_BYTES, AT_BYTES);
  return key;
}

/** From where to where in a table the keys lie that begin with an id. */
function allOf(id: Buffer): [start: Buffer, end: Buffer] {
  return [id, Buffer.concat([id, Buffer.alloc(ID_BYTES + 1, 0xff)])];
}
