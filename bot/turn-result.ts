import type { Memory } from './memory';
import type { Reply } from './reply';

/** What a turn came to, in one word: for logs, figures and scripts. */
export type OutcomeKind = 'answer' | 'clarify' | 'guide' | 'fallback' | 'smalltalk' | 'command' | 'handover';

/** What a turn came to, for logs and scripts; nothing of it is shown to the person. */
export interface TurnOutcome {
  readonly kind: OutcomeKind;
  /** Entries considered, best first, at most five, whatever the kind. */
  readonly answers: readonly { readonly id: string; readonly confidence: number }[];
  /** The guide that was started, or the one the person is in; `undefined` for none. */
  readonly guide: string | undefined;
  /** Guides that were offered as a choice. */
  readonly guidesOffered: readonly string[];
  /** Confidence, 0 to 1, of what was decided; 1 where nothing had to be guessed (buttons, commands). */
  readonly confidence: number;
}

export interface TurnResult {
  readonly memory: Memory;
  readonly replies: readonly Reply[];
  readonly outcome: TurnOutcome;
  /** True where the person is to be handed to a human: the edge tells the channel. */
  readonly handover: boolean;
}
