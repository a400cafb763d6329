/** One question that we can answer. */
export interface Entry {
  /** GitHub slug of the original heading; never changes. */
  readonly id: string;
  readonly title: string;
  /** Other ways in which people ask the same. */
  readonly phrasings: readonly string[];
  readonly section: string;
  /** ISO date the facts are valid as of; `undefined` where the source has none. */
  readonly asOf: string | undefined;
  /** ISO date by which somebody is to look whether the facts still hold; `undefined` where nobody set one. */
  readonly reviewBy: string | undefined;
  readonly source: { readonly file: string; readonly heading: string };
  readonly followUps: readonly string[];
  /** Entries whose answer does as well: it is not asked which of them was meant. Good both ways, whichever entry says it. */
  readonly sameAnswerAs: readonly string[];
  /** The answer in Markdown. A link to another entry is `[words](#its-id)`. */
  readonly body: string;
  /** Where it was read from, for messages to the author. */
  readonly file: string;
  readonly line: number;
}
