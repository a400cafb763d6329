import { type IntentLikeness, intentMatchOf } from '../intent-matcher';
import type { IntentWeights } from '../trained-model';
import { learnNamedLogistic } from './logistic-regression';

/** A labelled message that is no utterance to the letter, with the intent that it looks most like. */
export interface IntentExample {
  readonly likeness: IntentLikeness;
  /** Whether it is that intent. */
  readonly right: boolean;
  /** Whether it is any intent at all. */
  readonly isIntent: boolean;
}

/** What the learnt weights do with messages that they have not seen, as shares from 0 to 1. */
export interface IntentFigures {
  readonly messages: number;
  /** Of the messages that are an intent, how many are taken for the right one. */
  readonly recognised: number;
  /** Of all others, how many are taken for one. */
  readonly falseAlarms: number;
}

const FOLDS = 5;
const DECIMALS = 4;

/** Learns when a message is the intent that it looks most like. The figures come from cross-validation. */
export function trainIntents(examples: readonly IntentExample[]): {
  readonly weights: IntentWeights;
  readonly figures: IntentFigures;
} {
  const models = Array.from({ length: FOLDS }, (_, fold) => learn(examples.filter((_one, at) => at % FOLDS !== fold)));
  const taken = examples.map(({ likeness }, at) => intentMatchOf(likeness, models[at % FOLDS]!) !== undefined);
  const share = (isIntent: boolean, test: (at: number) => boolean): number => {
    const asked = [...examples.keys()].filter((at) => examples[at]!.isIntent === isIntent);
    return Number((asked.filter(test).length / Math.max(1, asked.length)).toFixed(DECIMALS));
  };
  return {
    weights: learn(examples),
    figures: {
      messages: examples.length,
      recognised: share(true, (at) => taken[at]! && examples[at]!.right),
      falseAlarms: share(false, (at) => taken[at]!),
    },
  };
}

function learn(examples: readonly IntentExample[]): IntentWeights {
  return learnNamedLogistic(examples.map(({ likeness, right }) => ({ features: likeness.features, positive: right })));
}
