import { isUtf8 } from 'node:buffer';
import { mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Logger } from '../log';
import type { SavedConversation, SavedConversations } from './conversation-store';

/** How often a store that changes is written. */
const SAVE_EVERY_MS = 5_000;
/** Conversations are put into texts of about this length; other work gets its turn between two. */
const CHUNK_LENGTH = 500_000;
/** Of many conversations a write takes long: then there is this many times as long until the next. */
const PAUSE_FACTOR = 20;
const NEWLINE = 10;

export interface ConversationFileOptions {
  readonly file: string;
  readonly store: SavedConversations;
  readonly log: Logger;
  /** Default: 5,000. */
  readonly everyMs?: number;
}

/** The file that follows a store. */
export interface ConversationFile {
  /** Writes what has changed since the last time, if anything. Never rejects: a write that fails is tried again with the next. */
  save(): Promise<void>;
  /** Writes all that has changed until now; `false` where the file could not be written. Never rejects. */
  flush(): Promise<boolean>;
  /** Writes what has changed for the last time. */
  close(): Promise<void>;
}

/**
 * Fills the store with the conversations of `file` and from then on keeps the file up to date: one JSON line a conversation, the
 * least recently used first, readable by this user only. A file that cannot be read is set aside, and nothing that happens to the
 * file stops the bot. One process a file.
 */
export async function openConversationFile(options: ConversationFileOptions): Promise<ConversationFile> {
  const { file, store, log, everyMs = SAVE_EVERY_MS } = options;
  store.restore(await readConversations(file, log));
  let saved = store.changes();
  let saving: Promise<void> | undefined;
  let failing = false;
  let pauseUntil = 0;

  async function write(): Promise<void> {
    const startedAt = performance.now();
    const changes = store.changes();
    const conversations = store.dump();
    try {
      await replaceFile(file, conversations);
      saved = changes;
      failing = false;
      log.debug({ conversations: conversations.length }, 'conversations saved');
    } catch (error) {
      // Once, not every five seconds until somebody has made room.
      if (!failing) log.error({ err: error, file }, 'conversations not saved: a restart loses them; trying again');
      failing = true;
    }
    const endedAt = performance.now();
    pauseUntil = endedAt + PAUSE_FACTOR * (endedAt - startedAt);
  }

  function save(): Promise<void> {
    if (saving === undefined && store.changes() !== saved) {
      saving = write().finally(() => {
        saving = undefined;
      });
    }
    return saving ?? Promise.resolve();
  }

  const timer = setInterval(() => {
    if (performance.now() >= pauseUntil) void save();
  }, everyMs).unref();
  return {
    save,
    async flush() {
      const wanted = store.changes();
      // A write under way may have begun before the last change.
      await saving;
      if (saved < wanted) await save();
      return saved >= wanted;
    },
    async close() {
      clearInterval(timer);
      await saving;
      await save();
    },
  };
}

/** The conversations of a file in its order; none where there is no file or none that can be read. */
async function readConversations(file: string, log: Logger): Promise<readonly SavedConversation[]> {
  let bytes: Buffer;
  try {
    bytes = await readFile(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // A folder is a wrong setting, and may hold anything: it stays where it is, and the first write says so.
    if (code !== 'ENOENT' && code !== 'EISDIR') await setAside(file, error, log);
    return [];
  }
  const lines = linesOf(bytes).map(readLine);
  const conversations = lines.filter((line) => line !== undefined);
  const damaged = lines.length - conversations.length;
  if (damaged > 0 && conversations.length === 0) await setAside(file, undefined, log);
  else if (damaged > 0) log.warn({ file, damaged }, 'damaged lines in the saved conversations: these start anew');
  return conversations;
}

async function setAside(file: string, error: unknown, log: Logger): Promise<void> {
  const aside = `${file}.damaged-${Date.now()}`;
  const moved = await rename(file, aside).then(
    () => aside,
    () => undefined,
  );
  log.error({ file, aside: moved, err: error }, 'the saved conversations cannot be read: all start anew');
}

/** Split as bytes: the whole may be longer than a text can be. */
function linesOf(bytes: Buffer): readonly Buffer[] {
  const lines: Buffer[] = [];
  for (let start = 0; start < bytes.length; ) {
    const newline = bytes.indexOf(NEWLINE, start);
    const end = newline < 0 ? bytes.length : newline;
    if (end > start) lines.push(bytes.subarray(start, end));
    start = end + 1;
  }
  return lines;
}

function readLine(bytes: Buffer): SavedConversation | undefined {
  if (!isUtf8(bytes)) return undefined;
  try {
    const { key, usedAt, state } = JSON.parse(bytes.toString('utf8')) as Readonly<Record<string, unknown>>;
    if (typeof key !== 'string' || typeof usedAt !== 'number') return undefined;
    if (typeof state !== 'object' || state === null || Array.isArray(state)) return undefined;
    return { key, usedAt, json: JSON.stringify(state) };
  } catch {
    return undefined;
  }
}

/** Written beside and moved into place: whatever happens, the file is the old one or the new one. */
async function replaceFile(file: string, conversations: readonly SavedConversation[]): Promise<void> {
  const beside = `${file}.new`;
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  try {
    await rm(beside, { force: true }); // of a process that was killed
    const handle = await open(beside, 'wx', 0o600);
    try {
      await writeFile(handle, chunksOf(conversations));
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(beside, file);
  } catch (error) {
    await rm(beside, { force: true }).catch(() => undefined);
    throw error;
  }
}

function* chunksOf(conversations: readonly SavedConversation[]): Generator<string> {
  let chunk = '';
  for (const { key, usedAt, json } of conversations) {
    chunk += `{"key":${JSON.stringify(key)},"usedAt":${usedAt},"state":${json}}\n`;
    if (chunk.length < CHUNK_LENGTH) continue;
    yield chunk;
    chunk = '';
  }
  yield chunk;
}
