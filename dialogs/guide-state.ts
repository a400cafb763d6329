/** The answer to a question: the id of a choice, the ids of several, or a typed value in its normal form. */
export type Answer = string | readonly string[];

/** What is known by the shared names of facts.yaml: ids of values, or a typed value or number as it was written. */
export type KnownFacts = Readonly<Record<string, Answer>>;

/**
 * Where somebody is in a guide: plain JSON data. The way walked is not stored but follows from the answers (see walk.ts), so
 * an answer of an abandoned branch cannot count and a changed guide can be walked again with the answers it still knows.
 */
export interface GuideState {
  readonly guide: string;
  /** The content hash of the guide the answers were given to. */
  readonly hash: string;
  readonly answers: Readonly<Record<string, Answer>>;
  /** Questions whose answer was not given here but taken from the opening sentence or from another guide. */
  readonly assumed: readonly string[];
  /** What was said at the opening or brought from another guide, whether this guide asks for it or not. */
  readonly facts: KnownFacts;
  /** Choices picked so far in the open question with several choices. */
  readonly picked: readonly string[];
  /** Ids of checklist items that are done. */
  readonly ticked: readonly string[];
  /** The guide that handed over to this one, as it was left; `undefined` where this one was begun by itself. */
  readonly from?: GuideState | undefined;
}
