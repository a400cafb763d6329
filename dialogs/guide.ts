/** Where a choice leads: on to another question, or to an outcome. */
export type Target =
  | { readonly kind: 'question'; readonly id: string }
  | { readonly kind: 'outcome'; readonly id: string };

/** One of the replies that a question offers. */
export interface Choice {
  readonly id: string;
  readonly label: string;
  /** Other words for the same reply. */
  readonly synonyms: readonly string[];
  /** The label and the synonyms as `plainWords` writes them: what a typed reply is compared with. */
  readonly spellings: readonly string[];
  /** Why this reply matters, for the outcome's reasons: "You have a VPN device at the edge of the site." */
  readonly because: string;
  /** What this reply rules out, for the outcome. */
  readonly rulesOut: readonly RuledOut[];
  /** Said when this reply is chosen, before going on: how to find out, or the assumption that was made. May be empty. */
  readonly tip: string;
  readonly next: Target;
}

export interface RuledOut {
  readonly what: string;
  readonly because: string;
}

export interface Question {
  readonly id: string;
  readonly text: string;
  readonly why: string;
  /** In the order they are shown; the last is always "I don't know" (id `unknown`). */
  readonly choices: readonly Choice[];
}

export interface Outcome {
  readonly id: string;
  readonly verdict: string;
  readonly explanation: string;
  readonly nextSteps: readonly string[];
  /** Ids of the FAQ entries the outcome rests on; at least one. */
  readonly cites: readonly string[];
}

/** A guided dialog: a checked, immutable decision graph without cycles in which every way ends in an outcome. */
export interface Guide {
  readonly id: string;
  /** Changes whenever the content changes: a walk stored under another hash is replayed. */
  readonly hash: string;
  readonly title: string;
  readonly description: string;
  /** ISO date the facts are valid as of. */
  readonly asOf: string;
  readonly utterances: readonly string[];
  readonly start: string;
  readonly questions: ReadonlyMap<string, Question>;
  readonly outcomes: ReadonlyMap<string, Outcome>;
  readonly file: string;
}
