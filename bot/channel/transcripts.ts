import { LRUCache } from 'lru-cache';
import type { Config } from '../config';
import type { TranscriptLine } from '../transcript-text';

/** The last messages of every conversation, for the person who asks for them and for the human who takes over. */
export interface Transcripts {
  /** `id` is the channel's id of the message. */
  add(conversation: string, from: TranscriptLine['from'], text: string, id?: string): void;
  /** Forgets the text of one message; nothing happens where it is not known. */
  drop(conversation: string, id: string): void;
  /** Oldest first; empty for a conversation that is not known. */
  of(conversation: string): readonly TranscriptLine[];
  /** Keeps nothing of a conversation any more. */
  forget(conversation: string): void;
}

/** How many messages of a conversation are kept. */
export const MAX_LINES = 50;

/** Longest text that is kept of one message, in UTF-16 code units. */
export const MAX_LINE_LENGTH = 4_000;

/** What all transcripts together may take, in UTF-16 code units; the least recently used conversation goes first. */
export const MAX_TOTAL_LENGTH = 20_000_000;

/** What a line takes beside its text. */
const LINE_OVERHEAD = 100;

/** Texts of the bot that are kept once, however often it said them: its answers repeat. */
const MAX_SHARED_TEXTS = 1_000;

/** Empty transcripts, in memory, bounded like the conversation store and in their total length. */
export function buildTranscripts(
  config: Pick<Config, 'maxConversations' | 'conversationIdleMs'>,
  maxTotalLength = MAX_TOTAL_LENGTH,
): Transcripts {
  const conversations = new LRUCache<string, { readonly lines: readonly TranscriptLine[]; readonly size: number }>({
    max: config.maxConversations,
    ttl: config.conversationIdleMs,
    maxSize: maxTotalLength,
    sizeCalculation: ({ size }) => size,
  });
  const shared = new LRUCache<string, string>({ max: MAX_SHARED_TEXTS });
  const share = (text: string): string => {
    const known = shared.get(text);
    if (known === undefined) shared.set(text, text);
    return known ?? text;
  };
  const sizeOf = ({ from, text }: TranscriptLine): number => LINE_OVERHEAD + (from === 'user' ? text.length : 0);
  const keep = (conversation: string, lines: readonly TranscriptLine[]): void => {
    conversations.set(conversation, { lines, size: lines.reduce((sum, one) => sum + sizeOf(one), 0) });
  };
  return {
    add(conversation, from, text, id) {
      const kept = text.length > MAX_LINE_LENGTH ? `${text.slice(0, MAX_LINE_LENGTH - 1)}…` : text;
      const line = { from, text: from === 'bot' ? share(kept) : kept, at: new Date().toISOString(), id };
      keep(conversation, [...(conversations.get(conversation)?.lines ?? []), line].slice(-MAX_LINES));
    },
    drop(conversation, id) {
      const lines = conversations.get(conversation)?.lines ?? [];
      const others = lines.filter((line) => line.id !== id);
      if (others.length === 0) conversations.delete(conversation);
      else if (others.length < lines.length) keep(conversation, others);
    },
    of: (conversation) => conversations.get(conversation)?.lines ?? [],
    forget(conversation) {
      // What the bot said may quote the person.
      for (const { from, text } of conversations.peek(conversation)?.lines ?? [])
        if (from === 'bot') shared.delete(text);
      conversations.delete(conversation);
    },
  };
}
