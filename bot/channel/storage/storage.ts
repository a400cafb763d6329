/** A document as it is kept. */
export interface StoredDocument {
  /** A JSON object in one line. */
  readonly json: string;
  /** Changes with every write. */
  readonly eTag: string;
}

/** An entry of a log. */
export interface LogEntry {
  /** Grows from entry to entry, also over restarts; never less than the time in milliseconds since 1970 at which the log was begun. */
  readonly at: number;
  readonly text: string;
}

/**
 * One part of a commit. Keys, names and members are any text of 1 to 1,000 characters; documents, logs and sets are named apart. What is
 * kept (`json`, `texts`) is well-formed Unicode, as JSON.stringify writes it. A time to live is more than 0.
 */
export type Change =
  | {
      readonly kind: 'put';
      readonly key: string;
      readonly json: string;
      /** Of the document from now on: a text that no other write uses. Who finds it later knows that this commit went through. */
      readonly eTag: string;
      /** The eTag that must be there, `null` where there must be no document; by default it is written whatever is there. */
      readonly replaces?: string | null;
      /** The document is forgotten when it was not written for so long. */
      readonly ttlMs: number;
    }
  | { readonly kind: 'delete'; readonly key: string }
  | {
      /** Adds entries at the end of a log, in their order; without texts nothing happens. */
      readonly kind: 'append';
      readonly log: string;
      readonly texts: readonly string[];
      /** So many entries are kept; the oldest go first. */
      readonly keep: number;
      /** Number of the first of them, unless the log has one as high already; the others follow one by one. Default: the time now. */
      readonly at?: number;
      /** The log is forgotten when nothing was added for so long. */
      readonly ttlMs: number;
    }
  /** Drops the entries up to `through`, and `through` itself. The log stands on, so that what is added later gets a greater `at`. */
  | { readonly kind: 'trim'; readonly log: string; readonly through: number }
  /** Drops a whole log. */
  | { readonly kind: 'drop'; readonly log: string }
  /** Adds a member to a set, or lets it stand as it is but for its time to live. */
  | { readonly kind: 'mark'; readonly set: string; readonly member: string; readonly ttlMs: number }
  | { readonly kind: 'unmark'; readonly set: string; readonly member: string };

export type Committed =
  | {
      readonly kind: 'committed';
      /** By log, the `at` of the last entry that was added. */
      readonly lastAt: ReadonlyMap<string, number>;
    }
  /** An eTag did not hold: nothing was changed. */
  | { readonly kind: 'conflict' };

/**
 * What outlives a turn: documents, logs and sets, each by name. A promise that rejects says that the store cannot be reached or does
 * not work at the moment, and that it is not known whether a commit went through.
 */
export interface Storage {
  /** The documents of these keys that are there. */
  read(keys: readonly string[]): Promise<ReadonlyMap<string, StoredDocument>>;
  /** The entries of a log after `after`, oldest first; all of them for 0. */
  readLog(log: string, after: number): Promise<readonly LogEntry[]>;
  /** The members of a set, in no order. */
  members(set: string): Promise<readonly string[]>;
  /**
   * Makes all changes or none, in their order. What is committed outlives the process, unless the store is in memory. Of a storage whose
   * documents lie apart (Azure), only the documents with `replaces` are certain to go first and together with their check.
   */
  commit(changes: readonly Change[]): Promise<Committed>;
  /** Rejects where the store does not work at the moment. */
  check(): Promise<void>;
  /** Finishes what is under way. */
  close(): Promise<void>;
}

/** An eTag that no other write has. */
export function newETag(): string {
  return `${process.pid.toString(36)}-${Math.random().toString(36).slice(2)}-${Date.now().toString(36)}`;
}
