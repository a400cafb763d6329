/** What is known about one candidate when its confidence is judged. */
export interface Evidence {
  /** Cosine of the question and the candidate's closest utterance, 0 to 1. */
  readonly closest: number;
  /** Share of the question's weight (idf) that the candidate's text has at all, 0 to 1. */
  readonly coverage: number;
  /** The candidate's rank score less the best other candidate's; negative for all but the first. */
  readonly margin: number;
  /** How many different tokens of the question say something. */
  readonly tokens: number;
}

/**
 * Weights of the logistic model. Learnt without any labelled question set, by Newton's method with a small L2 penalty, on three
 * kinds of question: each phrasing of the FAQ with itself taken out of the index (five folds; right candidate or not), each
 * phrasing with its whole entry taken out ("near, but not ours"), and 801 utterances of CLINC150 about other things.
 */
const WEIGHTS = { bias: -4.42, closest: 2.07, coverage: 3.34, margin: 1.83, tokens: 1.11, closestAndCovered: -1.78 };

/** From this cosine on, the question has the very words of one of the candidate's utterances. */
export const SAME_WORDS = 0.999;
/** Confidence in the leading candidate for a question that somebody wrote down for it; the model has seen none of these. */
const CONFIDENCE_OF_SAME_WORDS = 0.97;

/**
 * Probability, 0 to 1, that a candidate is what the person wants: a logistic model of its evidence. A question with the very words
 * of an utterance of the leading candidate is beyond doubt.
 */
export function confidenceOf({ closest, coverage, margin, tokens }: Evidence): number {
  if (closest >= SAME_WORDS && margin > 0) return CONFIDENCE_OF_SAME_WORDS;
  const sum =
    WEIGHTS.bias +
    WEIGHTS.closest * closest +
    WEIGHTS.coverage * coverage +
    WEIGHTS.margin * Math.max(-1, Math.min(1, margin)) +
    WEIGHTS.tokens * Math.min(1, tokens / 10) +
    WEIGHTS.closestAndCovered * closest * coverage;
  return 1 / (1 + Math.exp(-sum));
}
