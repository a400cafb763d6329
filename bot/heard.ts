import type { ReplyAnswer } from '../dialogs/match-reply';
import type { Definition } from '../knowledge/definition';
import type { FollowUp } from '../knowledge/follow-up';
import type { Candidate, Understanding } from '../knowledge/understanding';
import type { Action } from './action';

/** What was understood of a message. */
export type Heard =
  | HeardText
  /** A typed answer to the open question of a guide: nothing else needs to be looked for. */
  | { readonly kind: 'reply'; readonly question: string; readonly reply: ReplyAnswer }
  | { readonly kind: 'action'; readonly action: Action }
  | { readonly kind: 'arrival' }
  | { readonly kind: 'unreadable' };

/** A text with every reading of it; which one counts is decided in the turn. */
export interface HeardText {
  readonly kind: 'text';
  /** The whole, a long story reduced to what it asks; its `text` is what was typed. */
  readonly understanding: Understanding;
  /** Its questions where it has two or three; else empty. */
  readonly parts: readonly HeardPart[];
  /** How many more questions it has. */
  readonly leftOut: number;
  /** The text read by the last topic, where it may lean on it. */
  readonly followUp: HeardFollowUp | undefined;
  /** The term whose meaning is asked; `undefined` where something else is. */
  readonly definition: HeardDefinition | undefined;
}

/** One question of several. */
export interface HeardPart {
  /** As it was written. */
  readonly text: string;
  /** False where it needed the sentence before it to mean anything. */
  readonly alone: boolean;
  readonly understanding: Understanding;
  /** The term whose meaning it asks; `undefined` where something else is. */
  readonly definition: HeardDefinition | undefined;
}

/** A text read as a follow-up to the last topic. */
export interface HeardFollowUp extends FollowUp {
  /** Candidates that speak of what is new in the text come first. */
  readonly understanding: Understanding;
  /** Ids of the candidates that speak of what is new; of all where nothing is. */
  readonly onIt: readonly string[];
}

/** A question for the meaning of a term. */
export interface HeardDefinition extends Definition {
  /** Entries that were found and speak of the term, best first. */
  readonly onIt: readonly Candidate[];
  /** Ids of the candidates that answer it: those written for this very question. For a bare word any of them may. */
  readonly answeredBy: readonly string[];
}
