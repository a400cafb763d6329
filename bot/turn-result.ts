import type { Explanation } from './explanation';
import type { GuideMove } from './guide-move';
import type { Memory } from './memory';
import type { OutcomeKind } from './outcome-kind';
import type { Reply } from './reply';

/** A question that was not answered as the person wanted: what operators look at to improve the content. */
export interface Miss {
  /** The question as it was put, at most 240 characters. */
  readonly question: string;
  /** Ids of what was given or offered for it and turned down; empty where nothing was found. */
  readonly candidates: readonly string[];
}

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
  /** Set where the person turned down what was given, and where nothing was found; `undefined` for a turn that did well. */
  readonly miss: Miss | undefined;
  /** What happened in guides, for figures; `undefined` where nothing did. */
  readonly guideMoves: readonly GuideMove[] | undefined;
  /** Why; `undefined` where nothing was looked for. */
  readonly explanation: Explanation | undefined;
}

/**
 * What the edge has to do beside saying the replies. What comes of `send-transcript` and `delete-data` only the edge knows, so it
 * finds the words for that too, and says them before the replies.
 */
export type TurnEffect = 'none' | 'handover' | 'send-transcript' | 'delete-data';

export interface TurnResult {
  readonly memory: Memory;
  readonly replies: readonly Reply[];
  readonly outcome: TurnOutcome;
  readonly effect: TurnEffect;
}
