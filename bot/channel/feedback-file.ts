import { mkdir, open } from 'node:fs/promises';
import path from 'node:path';
import { type Feedback, formatFeedback } from '../feedback';
import type { Logger } from '../log';

/** From this size on, in bytes, the file takes no more: nobody's clicking fills the disk. */
export const MAX_FEEDBACK_BYTES = 20_000_000;
/** So many ratings wait for a slow disk. */
const MAX_WAITING = 1_000;

/** Where ratings go. */
export interface FeedbackStore {
  /** Logs a rating and writes it to the file, if there is one, in the order of the calls. Never throws, and nobody has to wait for it. */
  add(feedback: Feedback): void;
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
}: {
  readonly file: string | undefined;
  readonly log: Logger;
  readonly maxBytes?: number;
}): FeedbackStore {
  let last = Promise.resolve();
  let waiting = 0;
  let failing = false;

  async function write(to: string, feedback: Feedback): Promise<void> {
    try {
      await append(to, `${formatFeedback(feedback)}\n`, maxBytes);
      failing = false;
    } catch (error) {
      // Once, not for each rating until somebody has made room.
      if (!failing) log.error({ err: error, file: to }, 'feedback not saved: it is in the log only');
      failing = true;
    }
  }

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
