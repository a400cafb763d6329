import { withoutMarkdown } from './outcome-text';
import { phrases } from './phrases';

/** One message of a conversation as a person will read it. */
export interface TranscriptLine {
  readonly from: 'user' | 'bot';
  readonly text: string;
  /** ISO 8601. */
  readonly at: string;
  /** The channel's id of the message, by which it can be dropped; `undefined` for those of the bot. */
  readonly id?: string | undefined;
}

/** A conversation as plain text. */
export interface TranscriptText {
  /** How many messages are in it, and since when; then the messages, oldest first, each with its time in UTC. */
  readonly text: string;
  /** How many messages are in the text. */
  readonly count: number;
  /** Time of the first of them in UTC: `2026-05-02 14:03`. */
  readonly since: string;
}

/** Longest transcript that goes into one message, in bytes of UTF-8: Teams takes about 28,000 with all that is around it. */
export const MAX_TRANSCRIPT_BYTES = 20_000;

/**
 * What was said, as plain text of at most about `maxBytes` bytes, by default {@link MAX_TRANSCRIPT_BYTES}: the last messages that
 * fit, at least one. `undefined` where nothing was said.
 */
export function transcriptText(
  lines: readonly TranscriptLine[],
  maxBytes = MAX_TRANSCRIPT_BYTES,
): TranscriptText | undefined {
  const said = lines.map(lineText);
  let first = said.length;
  let bytes = 0;
  while (first > 0) {
    bytes += Buffer.byteLength(said[first - 1]!) + 2;
    if (bytes > maxBytes && first < said.length) break;
    first -= 1;
  }
  const since = lines[first]?.at;
  if (since === undefined) return undefined;
  const count = said.length - first;
  const opening = phrases.transcriptOpening(count, timeOf(since), first === 0);
  return { text: [opening, ...said.slice(first)].join('\n\n'), count, since: timeOf(since) };
}

function lineText({ from, text, at }: TranscriptLine): string {
  return from === 'user'
    ? `${timeOf(at)} ${phrases.transcriptYou}\n${text}`
    : `${timeOf(at)} ${phrases.transcriptBot}\n${withoutMarkdown(text)}`;
}

function timeOf(at: string): string {
  return at.slice(0, 16).replace('T', ' ');
}
