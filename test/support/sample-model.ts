import type {
  ConfidenceWeights,
  IntentWeights,
  RankingWeights,
  ReadingModel,
  TrainedModel,
} from '../../knowledge/trained-model';
import type { Evidence } from '../../knowledge/understanding';

/** Every part of the evidence counts the same. */
export const EVEN_WEIGHTS: RankingWeights = {
  tokens: 0.2,
  text: 0.2,
  grams: 0.2,
  sense: 0.2,
  coverage: 0.2,
  notGuide: 0,
};

/** Weights by hand, all positive: more of anything makes surer. */
export const CONFIDENCE_WEIGHTS: ConfidenceWeights = {
  bias: -5,
  closest: 2,
  gramsClosest: 1,
  senseClosest: 1,
  coverage: 3,
  margin: 4,
  aheadOfOtherKind: 0,
  aheadOfUncovered: 2,
  agreement: 1,
  words: 1,
};

/** Weights by hand: an intent needs its words and pieces; words about a topic and a close document speak against it. */
export const INTENT_WEIGHTS: IntentWeights = {
  bias: -5,
  words: 3,
  grams: 10,
  sense: 3,
  known: 2,
  topicWords: -3,
  rivalGrams: -4,
  rivalSense: -4,
};

/**
 * A model by hand, so that tests of the engine do not change with what is learnt from the content. `semantic` is `lexical` but
 * for its thresholds, by which the two can be told apart.
 */
export function sampleModel(changes: Partial<ReadingModel> = {}): TrainedModel {
  const lexical: ReadingModel = {
    ranking: EVEN_WEIGHTS,
    confidence: CONFIDENCE_WEIGHTS,
    guideConfidence: CONFIDENCE_WEIGHTS,
    intents: INTENT_WEIGHTS,
    thresholds: { answerAt: 0.6, startAt: 0.6, offerAt: 0.2 },
    ...changes,
  };
  return { lexical, semantic: { ...lexical, thresholds: { answerAt: 0.7, startAt: 0.7, offerAt: 0.3 } } };
}

/** The evidence of a candidate that shares nothing with the question, with `changes`. */
export function sampleEvidence(changes: Partial<Evidence> = {}): Evidence {
  return {
    tokens: 0,
    text: 0,
    grams: 0,
    sense: 0,
    coverage: 0,
    closest: 0,
    gramsClosest: 0,
    senseClosest: 0,
    margin: 0,
    aheadOfOtherKind: 1,
    aheadOfUncovered: 0,
    words: 0,
    notGuide: 1,
    matched: [],
    sameWords: false,
    ...changes,
  };
}
