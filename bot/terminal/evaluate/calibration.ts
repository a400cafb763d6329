import type { JudgedQuestion } from './metrics';
import { type Share, shareOf } from './share';

/** What the bot claimed about its best answer, and whether that was true. */
export interface Prediction {
  /** 0 to 1. */
  readonly confidence: number;
  /** The best answer is an expected one. */
  readonly right: boolean;
  /** An entry or a guide of ours does answer the question. */
  readonly ours: boolean;
}

/** The predictions whose confidence lies in one tenth. */
export interface CalibrationBin {
  /** The bin holds confidences of at least `from` and below `to`; the last one holds `to` as well. */
  readonly from: number;
  readonly to: number;
  readonly count: number;
  /** Mean confidence, 0 to 1; `undefined` for an empty bin. */
  readonly confidence: number | undefined;
  /** How many of the best answers were right. */
  readonly right: Share;
}

/** How far the confidence can be taken at its word. */
export interface Calibration {
  readonly count: number;
  /** Expected calibration error, 0 (the confidence is the share of right answers, in every bin) to 1. */
  readonly expectedCalibrationError: number;
  readonly bins: readonly CalibrationBin[];
}

/** One point of the curve: answering only from some confidence upwards. */
export interface RiskCoveragePoint {
  /** Share of the questions that would be answered, 0 to 1. */
  readonly coverage: number;
  /** Share of these answers that would be wrong, 0 to 1. */
  readonly risk: number;
  /** The confidence from which upwards is answered. */
  readonly confidence: number;
}

const BINS = 10;

/**
 * The confidence of the best answer of each question about the product or off its topic, whatever was said in the end. Left out are small
 * talk and commands, where no answer is meant; guided questions whose label says nothing about entries; and questions without any
 * candidate, which claim nothing: in the lowest bin they would only flatter the error.
 */
export function predictionsOf(judged: readonly JudgedQuestion[]): Prediction[] {
  return judged.filter(hasPrediction).map(({ question: { kind }, result, verdict }) => ({
    confidence: result.answers[0]!.confidence,
    right: verdict.rank === 1,
    ours: kind === 'answerable' || kind === 'guided',
  }));
}

/** Whether a question counts for {@link predictionsOf}. */
export function hasPrediction({ question: { kind, expected }, result }: JudgedQuestion): boolean {
  if (kind === 'smalltalk' || kind === 'command' || (kind === 'guided' && expected.length === 0)) return false;
  return result.answers.length > 0;
}

/**
 * Ten bins of equal width, and the expected calibration error: the mean over the bins, weighted by their counts, of the distance between
 * mean confidence and share right. 0 for no predictions. (Naeini, Cooper, Hauskrecht, "Obtaining well calibrated probabilities using
 * Bayesian binning", AAAI 2015.)
 */
export function calibrate(predictions: readonly Prediction[]): Calibration {
  const bins = Array.from({ length: BINS }, (_, index): CalibrationBin => {
    const inside = predictions.filter(({ confidence }) => binOf(confidence) === index);
    return {
      from: index / BINS,
      to: (index + 1) / BINS,
      count: inside.length,
      confidence:
        inside.length === 0 ? undefined : inside.reduce((sum, one) => sum + one.confidence, 0) / inside.length,
      right: shareOf(inside.filter(({ right }) => right).length, inside.length),
    };
  });
  const error = bins.reduce(
    (sum, { count, confidence, right }) =>
      confidence === undefined ? sum : sum + (count / predictions.length) * Math.abs(confidence - right.share),
    0,
  );
  return { count: predictions.length, expectedCalibrationError: error, bins };
}

/**
 * For each confidence that occurs, from the highest down: how many questions would be answered if one answered from there upwards, and
 * how many of these answers would be wrong. Questions with the same confidence come and go together, so their order does not matter; the
 * last point answers all. (El-Yaniv and Wiener, "On the foundations of noise-free selective classification", JMLR 11, 2010.)
 */
export function riskCoverage(predictions: readonly Prediction[]): RiskCoveragePoint[] {
  const sorted = predictions.toSorted((a, b) => b.confidence - a.confidence);
  const points: RiskCoveragePoint[] = [];
  let wrong = 0;
  sorted.forEach(({ confidence, right }, index) => {
    if (!right) wrong++;
    if (sorted[index + 1]?.confidence === confidence) return;
    points.push({ coverage: (index + 1) / sorted.length, risk: wrong / (index + 1), confidence });
  });
  return points;
}

function binOf(confidence: number): number {
  return Math.min(BINS - 1, Math.max(0, Math.floor(confidence * BINS)));
}
