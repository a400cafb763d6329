import type { ConfidenceWeights } from './trained-model';
import type { Evidence } from './understanding';

/** Confidence in the leading candidate for a question that somebody wrote down for it; no model has seen one of these. */
const CONFIDENCE_OF_SAME_WORDS = 0.97;
/** Words of a question beyond which more of them say no more. */
const MANY_WORDS = 10;
/** A part of the evidence points at a candidate where it has this share of the best candidate's. */
const AGREES_FROM = 0.999;

/**
 * A distance of rank scores, which are 0 to 1, that leaves no doubt about the order. A larger one says nothing more: a lone hit by
 * one rare word is far ahead of everything, and still no answer.
 */
const CLEAR_MARGIN = 0.2;

/** The numbers that the logistic model weighs: shares and cosines, and distances of rank scores up to {@link CLEAR_MARGIN}. */
export type ConfidenceFeatures = Readonly<Record<Exclude<keyof ConfidenceWeights, 'bias'>, number>>;

/** What the model looks at in a candidate's evidence. */
export function confidenceFeaturesOf(evidence: Evidence): ConfidenceFeatures {
  const { closest, gramsClosest, senseClosest, coverage, margin, words } = evidence;
  return {
    closest,
    gramsClosest,
    senseClosest,
    coverage,
    margin: clamp(margin),
    aheadOfOtherKind: clamp(evidence.aheadOfOtherKind),
    aheadOfUncovered: clamp(evidence.aheadOfUncovered),
    agreement:
      (agrees(evidence.tokens) + agrees(evidence.text) + agrees(evidence.grams) + agrees(evidence.sense)) / PARTS,
    words: Math.min(1, words / MANY_WORDS),
  };
}

/** How many parts the evidence of a candidate has. */
const PARTS = 4;

function agrees(part: number): number {
  return part >= AGREES_FROM ? 1 : 0;
}

function clamp(margin: number): number {
  return Math.max(-CLEAR_MARGIN, Math.min(CLEAR_MARGIN, margin));
}

/**
 * Probability, 0 to 1, that a candidate is what the person wants: a logistic model of its evidence. Ranking asks which candidate is
 * best, this asks whether it is good enough. A question with the very words of an utterance of the leading candidate is beyond
 * doubt.
 */
export function confidenceOf(evidence: Evidence, weights: ConfidenceWeights): number {
  if (evidence.sameWords && evidence.margin > 0) return CONFIDENCE_OF_SAME_WORDS;
  const features = confidenceFeaturesOf(evidence);
  let sum = weights.bias;
  for (const name in features) {
    sum += weights[name as keyof ConfidenceFeatures] * features[name as keyof ConfidenceFeatures];
  }
  return 1 / (1 + Math.exp(-sum));
}
