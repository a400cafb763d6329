import { createHash } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Feedback, formatFeedback, parseFeedback } from '../feedback';
import type { Logger } from '../log';

/** From this size on, in bytes, the file takes no more: nobody's clicking fills the disk. */
export const MAX_FEEDBACK_BYTES = 20_000_000;
const DAY_MS = 24 * 60 * 60 * 1000;
/** So many ratings wait for a slow disk. */
const MAX_WAITING = 1_000;

/** Where ratings go. */
export interface FeedbackStore {
  /** Logs a rating and writes it to the file, if there is one, in the order of the calls. Never throws, and nobody has to wait for it. */
  add(feedback: Feedback): void;
  /** Deletes the ratings with this mark from the file; `false` where that failed. Never rejects. */
  forget(rater: string): Promise<boolean>;
  /** Resolves once all that was added is written, or has failed. */
  idle(): Promise<void>;
}

/**
 * A store that appends one JSON line a rating to `file`, which only this user can read; without a file, the log line is all. The log
 * has the comment and the question only where texts are logged. Nothing that happens to the file stops the bot.
 */
export function buildFeedbackStore({
  file,
  log,
  maxBytes = MAX_FEEDBACK_BYTES,
  keepMs = Number.POSITIVE_INFINITY,
  now = Date.now,
}: {
  readonly file: string | undefined;
  readonly log: Logger;
  readonly maxBytes?: number;
  /** Ratings that are older are deleted, looked for at the start and once a day. Default: none. */
  readonly keepMs?: number;
  readonly now?: () => number;
}): FeedbackStore {
  let last = Promise.resolve();
  let waiting = 0;
  let failing = false;
  let nextPruneAt = 0;

  /** Deletes what is over its time, at most once a day. */
  async function prune(from: string): Promise<void> {
    if (now() < nextPruneAt) return;
    nextPruneAt = now() + DAY_MS;
    const oldest = now() - keepMs;
    try {
      await deleteRatings(from, ({ at }) => Date.parse(at) < oldest);
    } catch (error) {
      log.error({ err: error, file: from }, 'feedback that is over its time not deleted: trying again tomorrow');
    }
  }

  async function write(to: string, feedback: Feedback): Promise<void> {
    await prune(to);
    try {
      await append(to, `${formatFeedback(feedback)}\n`, maxBytes);
      failing = false;
    } catch (error) {
      // Once, not for each rating until somebody has made room.
      if (!failing) log.error({ err: error, file: to }, 'feedback not saved: it is in the log only');
      failing = true;
    }
  }

  if (file !== undefined) last = prune(file);
  return {
    add(feedback) {
      const { channel, reaction, reason, about, comment, question } = feedback;
      log.info({ channel, reaction, reason, about, text: { comment, question } }, 'feedback');
      if (file === undefined || waiting >= MAX_WAITING) return;
      waiting += 1;
      last = last
        .then(() => write(file, feedback))
        .finally(() => {
          waiting -= 1;
        });
    },
    forget(rater) {
      if (file === undefined) return Promise.resolve(true);
      const forgotten = last
        .then(() => deleteRatings(file, (rating) => rating.rater === rater))
        .then(
          () => true,
          (error: unknown) => {
            log.error({ err: error, file }, 'feedback of a person who asked for it not deleted');
            return false;
          },
        );
      last = forgotten.then(() => undefined);
      return forgotten;
    },
    idle: () => last,
  };
}

async function append(file: string, line: string, maxBytes: number): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const handle = await open(file, 'a', 0o600);
  try {
    const { size } = await handle.stat();
    if (size + Buffer.byteLength(line) > maxBytes)
      throw new Error(`the file has reached ${maxBytes} bytes; move it away`);
    // Of a file that somebody else made, too.
    await handle.chmod(0o600);
    await handle.appendFile(line);
  } finally {
    await handle.close();
  }
}

/** A mark of a conversation, by which its ratings can be found and nobody's name; 96 bits of a hash. */
export function raterMark(conversation: string): string {
  return createHash('sha256').update(conversation).digest('base64url').slice(0, 16);
}

/** Written beside and moved into place. Lines that are no ratings stay. */
async function deleteRatings(file: string, isOne: (rating: Feedback) => boolean): Promise<void> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  const lines = text.split('\n');
  const kept = lines.filter((line) => {
    const rating = parseFeedback(line);
    return rating === undefined || !isOne(rating);
  });
  if (kept.length === lines.length) return;
  const beside = `${file}.new`;
  try {
    await writeFile(beside, kept.join('\n'), { mode: 0o600, flush: true });
    await rename(beside, file);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}
