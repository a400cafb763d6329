/** Something that may be what the person wants: an FAQ entry or a guided dialog. */
export interface Candidate {
  readonly kind: 'entry' | 'guide';
  readonly id: string;
  readonly title: string;
  /** Rank score: unbounded, comparable within one understanding only. */
  readonly score: number;
  /** Probability, 0 to 1, that this candidate is what the person wants. */
  readonly confidence: number;
}

/** A message about the conversation itself, not about the product. */
export interface IntentMatch {
  readonly id: string;
  readonly kind: 'smalltalk' | 'command';
  /** Probability, 0 to 1. Below the threshold an intent is not reported at all. */
  readonly confidence: number;
  /** True where the whole message is one of the intent's utterances, word for word. */
  readonly exact: boolean;
}

/** What a text may mean. */
export interface Understanding {
  /** The text as it was given. */
  readonly text: string;
  /** Best first, at most ten; empty for a text without words that we know. */
  readonly candidates: readonly Candidate[];
  /** What the person may say about the conversation itself; `undefined` for none. */
  readonly intent: IntentMatch | undefined;
  /** The small talk that a longer message opens with ("Hi, …"): the id of its intent; `undefined` for none. */
  readonly courtesy: string | undefined;
  /** True where the text asks something rather than states it. */
  readonly isQuestion: boolean;
}

/** Finds out what a text may mean. Never rejects, whatever the text. */
export type Understand = (text: string) => Promise<Understanding>;
