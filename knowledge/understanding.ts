import type { Repair } from './spelling';
import type { Thresholds } from './trained-model';

/** What speaks for a document, for one question. */
export interface Evidence {
  /**
   * Closeness by words, by the whole text (lunr), by pieces of words and by sense, each as a share, 0 to 1, of what the best document
   * has. `sense` is 0 without the sentence encoder.
   */
  readonly tokens: number;
  readonly text: number;
  readonly grams: number;
  readonly sense: number;
  /** Share, 0 to 1, of the question's weight (idf) that the document has at all. */
  readonly coverage: number;
  /** 1 for what answers a question; 0 for a guide, which has several times as many utterances and so is near to more. */
  readonly notGuide: number;
  /** Cosine of the question and the document's closest utterance: by words, by pieces of words, by sense. */
  readonly closest: number;
  readonly gramsClosest: number;
  readonly senseClosest: number;
  /** The rank score less that of the best other document of its kind; negative for all but the first of a kind. */
  readonly margin: number;
  /** The rank score of an entry less that of the best guide, of a guide less that of the best entry. */
  readonly aheadOfOtherKind: number;
  /** The rank score less that of the best topic that the FAQ does not cover; 1 where there is none. */
  readonly aheadOfUncovered: number;
  /** How many different words of the question say something. */
  readonly words: number;
  /** The words of the question that the document has. */
  readonly matched: readonly string[];
  /** True where the question has the very words of one of the document's utterances. */
  readonly sameWords: boolean;
}

/** Something that may be what the person wants: an FAQ entry or a guided dialog. */
export interface Candidate {
  readonly kind: 'entry' | 'guide';
  readonly id: string;
  readonly title: string;
  /** Rank score: unbounded, comparable within one understanding only. */
  readonly score: number;
  /** Probability, 0 to 1, that this candidate is what the person wants. */
  readonly confidence: number;
  /** Why: left out where nobody asked the ranking (tests, buttons). */
  readonly evidence?: Evidence;
}

/** How a text was read: what an explanation starts with. */
export interface Reading {
  /** The text that was looked for, after courtesies were taken off and spelling was repaired. */
  readonly text: string;
  /** The words that count: stems, and terms of the glossary as one (`site_to_site`). */
  readonly tokens: readonly string[];
  /** What of the text was read as a term of the glossary that is spelled otherwise. */
  readonly expansions: readonly Repair[];
  /** Words that were read as others, because they are misspelled. */
  readonly repairs: readonly Repair[];
  /** Whether the sentence encoder had a say. */
  readonly mode: 'lexical' | 'semantic';
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
  /** The topic that the text is about although nothing we know answers it; `undefined` for none. */
  readonly uncovered: string | undefined;
  /** The confidences that decide. */
  readonly thresholds: Thresholds;
  readonly reading: Reading;
}

/** Finds out what a text may mean. Never rejects, whatever the text. */
export type Understand = (text: string) => Promise<Understanding>;
