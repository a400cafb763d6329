import { LRUCache } from 'lru-cache';
import type { Config } from '../config';

/** One message of a conversation as a human agent will read it. */
export interface TranscriptLine {
  readonly from: 'user' | 'bot';
  readonly text: string;
  /** ISO 8601. */
  readonly at: string;
}

/** The last messages of every conversation, for the human who takes over. */
export interface Transcripts {
  add(conversation: string, from: TranscriptLine['from'], text: string): void;
  /** Oldest first; empty for a conversation that is not known. */
  of(conversation: string): readonly TranscriptLine[];
}

/** How many messages of a conversation are kept. */
export const MAX_LINES = 50;

/** Longest text that is kept of one message, in UTF-16 code units. */
export const MAX_LINE_LENGTH = 4_000;

/** Empty transcripts, in memory, bounded like the conversation store. */
export function buildTranscripts(config: Pick<Config, 'maxConversations' | 'conversationIdleMs'>): Transcripts {
  const conversations = new LRUCache<string, TranscriptLine[]>({
    max: config.maxConversations,
    ttl: config.conversationIdleMs,
    updateAgeOnGet: true,
  });
  return {
    add(conversation, from, text) {
      const kept = text.length > MAX_LINE_LENGTH ? `${text.slice(0, MAX_LINE_LENGTH - 1)}…` : text;
      const line: TranscriptLine = { from, text: kept, at: new Date().toISOString() };
      const lines = conversations.get(conversation);
      if (lines === undefined) conversations.set(conversation, [line]);
      else {
        lines.push(line);
        if (lines.length > MAX_LINES) lines.shift();
      }
    },
    of: (conversation) => [...(conversations.get(conversation) ?? [])],
  };
}
