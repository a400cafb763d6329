import type { CheckName } from './checks/check';
import type { GuideText } from './guide-file';
import type { AddressKind, ValueType } from './values/read-value';

/** Where a reply leads: on within the guide, or to another guide, which gets the facts known so far. */
export interface Target {
  readonly kind: 'question' | 'decision' | 'outcome' | 'guide';
  readonly id: string;
}

export interface RuledOut {
  readonly what: string;
  readonly because: string;
}

/** What an answer brings with it, whatever kind of question it was given to. */
export interface Consequence {
  /** Why this reply matters, for the outcome's reasons: "You have a VPN device at the edge of the site." May be empty. */
  readonly because: string;
  /** What this reply rules out, for the outcome. */
  readonly rulesOut: readonly RuledOut[];
}

/** A span of numbers, both ends included; without an upper end it is endless. */
export interface NumberSpan {
  readonly from: number;
  readonly to: number;
}

/** One of the replies that a question offers. */
export interface Choice extends Consequence {
  readonly id: string;
  readonly label: string;
  /** Other words for the same reply. */
  readonly synonyms: readonly string[];
  /** The label and the synonyms as `plainWords` writes them: what a typed reply is compared with. */
  readonly spellings: readonly string[];
  /** Phrases of an opening sentence that already give this reply (see said-phrase.ts). */
  readonly said: readonly string[];
  /** What is known once this is chosen: names and values of shared facts (see facts.ts). */
  readonly facts: Readonly<Record<string, string>>;
  /** The numbers that this choice stands for. */
  readonly numbers: NumberSpan | undefined;
  /** In a question with several choices: excludes all others. */
  readonly alone: boolean;
  /** Said when this reply is chosen, before going on: how to find out, or the assumption that was made. May be empty. */
  readonly tip: string;
  readonly next: Target;
}

interface QuestionBase {
  readonly id: string;
  readonly text: string;
  readonly why: string;
  /** In the order they are shown; the last is always "I don't know" (id `unknown`), and the only one where a value is typed. */
  readonly choices: readonly Choice[];
  /** The shared fact that the answer is, for numbers and typed values. */
  readonly fact: string | undefined;
  /** Phrases of an opening sentence in which `{value}` is the answer, for numbers and typed values. */
  readonly said: readonly string[];
}

/** One of the choices is the answer; where they stand for numbers, a number is too. */
export interface ChoiceQuestion extends QuestionBase {
  readonly kind: 'one';
  /** True where the choices stand for numbers: they are shown with letters, so that "3" is a number and not a place. */
  readonly numeric: boolean;
  /** What the numbers count; `Mbit/s` reads "1 Gbps" as 1000. */
  readonly unit: string | undefined;
}

/** Any of the choices may be picked together. */
export interface SeveralQuestion extends QuestionBase {
  readonly kind: 'several';
}

/** A value is typed and checked. */
export interface ValueQuestion extends QuestionBase, Consequence {
  readonly kind: 'value';
  readonly asks: ValueType;
  readonly refuse: readonly AddressKind[];
  readonly example: string;
  readonly next: Target;
}

export type Question = ChoiceQuestion | SeveralQuestion | ValueQuestion;

/** What must have been answered to one question. For several choices all parts that are given must hold. */
export interface Condition {
  readonly question: string;
  readonly any: readonly string[] | undefined;
  readonly all: readonly string[] | undefined;
  readonly only: readonly string[] | undefined;
  readonly none: readonly string[] | undefined;
}

/** A row of a decision table: taken where all its conditions hold, and none of the rows before it was. */
export interface TableRow extends Consequence {
  readonly when: readonly Condition[];
  readonly next: Target;
}

/** A branch that follows from answers given before: nobody is asked anything. */
export type Decision =
  | { readonly kind: 'table'; readonly id: string; readonly rows: readonly TableRow[] }
  | {
      readonly kind: 'check';
      readonly id: string;
      readonly check: CheckName;
      /** The questions whose typed values are checked. */
      readonly of: readonly string[];
      readonly results: ReadonlyMap<string, Consequence & { readonly next: Target }>;
    };

/** Something to do and to tick off. */
export interface ChecklistItem {
  readonly id: string;
  readonly text: string;
}

export interface Outcome {
  readonly id: string;
  readonly verdict: string;
  readonly explanation: string;
  readonly nextSteps: readonly string[];
  /** Things to tick off, in order; empty where there is nothing. */
  readonly checklist: readonly ChecklistItem[];
  /** Guides to go on with. */
  readonly goOn: readonly string[];
  /** Ids of the FAQ entries the outcome rests on; at least one. */
  readonly cites: readonly string[];
  /** ISO date the facts are valid as of. */
  readonly asOf: string;
}

/** A guided dialog: a checked, immutable decision graph without cycles in which every way ends in an outcome. */
export interface Guide {
  readonly id: string;
  /** Changes whenever the content changes: a walk stored under another hash is replayed. */
  readonly hash: string;
  readonly title: string;
  readonly description: string;
  readonly utterances: readonly string[];
  readonly start: Target;
  readonly questions: ReadonlyMap<string, Question>;
  readonly decisions: ReadonlyMap<string, Decision>;
  readonly outcomes: ReadonlyMap<string, Outcome>;
  /** Number of questions on the longest way from a question or decision to an end, itself included where it is a question. */
  readonly longest: ReadonlyMap<string, number>;
  readonly file: string;
  /** What it was built of: a guide can be stored as this and built again. */
  readonly written: GuideText;
}
