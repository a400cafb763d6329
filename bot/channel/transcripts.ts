import type { TranscriptLine } from '../transcript-text';
import type { Change, Storage } from './storage/storage';

/** The last messages of every conversation, for the person who asks for them and for the human who takes over. */
export interface Transcripts {
  /** The change that adds messages. */
  adding(conversation: string, lines: readonly TranscriptLine[]): Change;
  /** Oldest first; empty for a conversation that is not known. */
  of(conversation: string): Promise<readonly TranscriptLine[]>;
  /** The changes that leave only `lines`. */
  leaving(conversation: string, lines: readonly TranscriptLine[]): readonly Change[];
  forgetting(conversation: string): Change;
}

/** How many messages of a conversation are kept. */
export const MAX_LINES = 50;

/** Longest text that is kept of one message, in UTF-16 code units. */
export const MAX_LINE_LENGTH = 4_000;

/** Transcripts in `storage`, each forgotten when nothing was said for `idleMs`. */
export function buildTranscripts(storage: Pick<Storage, 'readLog'>, idleMs: number): Transcripts {
  const logOf = (conversation: string): string => `said/${conversation}`;
  const adding = (conversation: string, lines: readonly TranscriptLine[]): Change => ({
    kind: 'append',
    log: logOf(conversation),
    texts: lines.map((line) => JSON.stringify({ ...line, text: shortened(line.text) })),
    keep: MAX_LINES,
    ttlMs: idleMs,
  });
  const forgetting = (conversation: string): Change => ({ kind: 'drop', log: logOf(conversation) });
  return {
    adding,
    forgetting,
    async of(conversation) {
      const entries = await storage.readLog(logOf(conversation), 0);
      return entries.map(({ text }) => readLine(text)).filter((line) => line !== undefined);
    },
    leaving: (conversation, lines) => [forgetting(conversation), adding(conversation, lines)],
  };
}

function shortened(text: string): string {
  return text.length > MAX_LINE_LENGTH ? `${text.slice(0, MAX_LINE_LENGTH - 1)}…` : text;
}

/** `undefined` for what is no line of ours. */
function readLine(json: string): TranscriptLine | undefined {
  try {
    const { from, text, at, id } = JSON.parse(json) as Readonly<Record<string, unknown>>;
    if ((from !== 'user' && from !== 'bot') || typeof text !== 'string' || typeof at !== 'string') return undefined;
    return { from, text, at, id: typeof id === 'string' ? id : undefined };
  } catch {
    return undefined;
  }
}
