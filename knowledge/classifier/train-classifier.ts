import { chooseThreshold, fitSharpness } from './calibration';
import {
  buildClassifier,
  buildExampleSpace,
  type Classifier,
  type Example,
  judgeScope,
  OUT_OF_SCOPE,
} from './classifier';
import { buildKernelMatrix } from './kernel-matrix';
import { startSeparators, trainSeparator } from './kernel-svm';
import { buildSimilarity } from './similarity';

/** How far training has come: `done` of `total` in this stage. */
export type OnProgress = (stage: 'comparing' | 'separating', done: number, total: number) => void;

const FOLDS = 5;
const SEED = 0x9e3779b9;

/**
 * A classifier from labelled examples, with their sentence vectors or without: one kernel machine for each label. Confidence and
 * threshold are fitted on the scores that each example gets from models trained without it (five folds). The same examples in
 * the same order give the same classifier. Takes memory for the square of the number of examples times 2 bytes while it runs.
 *
 * @throws RangeError with less than two labels, or where only some examples have a vector
 */
export function trainClassifier(examples: readonly Example[], onProgress: OnProgress = () => {}): Classifier {
  const labels = [...new Set(examples.map(({ label }) => label))].sort();
  if (labels.filter((label) => label !== OUT_OF_SCOPE).length < 1 || labels.length < 2) {
    throw new RangeError('examples of two labels are needed at least');
  }
  const numbers = new Map(labels.map((label, number) => [label, number]));
  const rightLabels = examples.map(({ label }) => numbers.get(label)!);
  const space = buildExampleSpace(examples);
  const kernel = buildKernelMatrix(buildSimilarity(space.points, space.features), (done) =>
    onProgress('comparing', done, examples.length),
  );
  const folds = { count: FOLDS, of: foldsOf(rightLabels, labels.length) };
  const random = seededRandom(SEED);
  const start = startSeparators(kernel, random);
  const weights: Float32Array[] = [];
  const judged = rightLabels.map((right) => ({ scores: new Float32Array(labels.length), right }));
  labels.forEach((_, label) => {
    const separator = trainSeparator(kernel, start, (example) => rightLabels[example] === label, folds, random);
    weights.push(separator.weights);
    separator.heldOutScores?.forEach((score, example) => {
      judged[example]!.scores[label] = score;
    });
    onProgress('separating', label + 1, labels.length);
  });
  const threshold = chooseThreshold(
    judged.map(({ scores, right }) => {
      const { best, inScopeScore } = judgeScope(labels, scores);
      return { inScopeScore, right: labels[right] === OUT_OF_SCOPE ? undefined : best === right };
    }),
  );
  return buildClassifier(examples, { labels, weights, sharpness: fitSharpness(judged), threshold }, space);
}

/** Folds that have the same share of each label, as far as that goes; each label starts with another, so that all are used. */
function foldsOf(rightLabels: readonly number[], labels: number): Uint8Array {
  const seen = new Uint32Array(labels);
  return Uint8Array.from(rightLabels, (label) => (seen[label]!++ + label) % FOLDS);
}

/** Numbers from 0 up to 1 that are the same in every run (mulberry32). */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
