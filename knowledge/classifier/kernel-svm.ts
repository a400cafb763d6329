import { KERNEL_UNIT, type KernelMatrix } from './kernel-matrix';

/** How strictly the examples are kept apart; higher follows single examples more closely. */
const COST = 4;
/** Training ends when no example breaks its optimality condition by more; one that breaks it by less than a third is left alone. */
const TOLERANCE = 0.1;
/** The same for the folds, whose scores are only looked at together. */
const FOLD_TOLERANCE = 0.3;
const MAX_EPOCHS = 20;

/** A separator of one label from the rest. */
export interface Separator {
  /** Weight of every example, positive for those of the label, negative for others, mostly 0. */
  readonly weights: Float32Array;
  /**
   * The score of every example by a separator that was trained without its fold: what a new text like it would get. Missing
   * where there are no folds.
   */
  readonly heldOutScores: Float32Array | undefined;
}

/** Folds for cross-validation: the number of each example's fold. */
export interface Folds {
  readonly count: number;
  readonly of: Uint8Array;
}

/** Where the separators of all labels start from. */
export interface CommonStart {
  readonly weights: Float32Array;
  readonly scores: Float64Array;
}

/** The weights for a label that no example has: most labels differ little from that, so each needs few steps more. */
export function startSeparators(kernel: KernelMatrix, random: () => number): CommonStart {
  const weights = new Float32Array(kernel.size);
  const scores = new Float64Array(kernel.size);
  descend(kernel, new Int8Array(kernel.size).fill(-1), weights, scores, numbersUpTo(kernel.size), random);
  return { weights, scores };
}

/**
 * Separates the examples of one label from the rest: a support vector machine with squared hinge loss and no bias term, solved
 * by dual coordinate descent (Hsieh et al. 2008) on a kernel, with the scores of all examples kept up to date. Each fold starts
 * from the weights that all examples gave, which takes a fraction of the time. `random` gives numbers from 0 up to 1.
 */
export function trainSeparator(
  kernel: KernelMatrix,
  start: CommonStart,
  isOfLabel: (example: number) => boolean,
  folds: Folds | undefined,
  random: () => number,
): Separator {
  const { size } = kernel;
  const signs = Int8Array.from({ length: size }, (_, example) => (isOfLabel(example) ? 1 : -1));
  const weights = start.weights.slice();
  const scores = start.scores.slice();
  for (let example = 0; example < size; example++) {
    if (signs[example] === 1) takeOut(kernel, example, weights, scores);
  }
  const all = numbersUpTo(size);
  descend(kernel, signs, weights, scores, all, random);
  if (folds === undefined) return { weights, heldOutScores: undefined };
  const heldOutScores = new Float32Array(size);
  for (let fold = 0; fold < folds.count; fold++) {
    const inside = all.filter((example) => folds.of[example] !== fold);
    const without = weights.slice();
    const scoresWithout = scores.slice();
    for (let example = 0; example < size; example++) {
      if (folds.of[example] === fold) takeOut(kernel, example, without, scoresWithout);
    }
    descend(kernel, signs, without, scoresWithout, inside, random, FOLD_TOLERANCE);
    for (let example = 0; example < size; example++) {
      if (folds.of[example] === fold) heldOutScores[example] = scoresWithout[example]!;
    }
  }
  return { weights, heldOutScores };
}

/** Improves the weights of some examples, one at a time, until none is worth it. `scores` are those of the weights. */
function descend(
  kernel: KernelMatrix,
  signs: Int8Array,
  weights: Float32Array,
  scores: Float64Array,
  examples: Uint32Array,
  random: () => number,
  tolerance = TOLERANCE,
): void {
  const softness = 0.5 / COST;
  for (let epoch = 0; epoch < MAX_EPOCHS; epoch++) {
    shuffle(examples, random);
    let worst = 0;
    for (const example of examples) {
      const sign = signs[example]!;
      const dual = sign * weights[example]!;
      const gradient = sign * scores[example]! - 1 + softness * dual;
      const breach = dual > 0 ? Math.abs(gradient) : Math.max(0, -gradient);
      if (breach > worst) worst = breach;
      if (breach < 0.3 * tolerance) continue;
      const curvature = kernel.values[example * kernel.size + example]! * KERNEL_UNIT + softness;
      const better = Math.max(0, dual - gradient / curvature);
      const step = sign * (better - dual);
      weights[example] = sign * better;
      addRow(kernel, example, step, scores);
    }
    if (worst < tolerance) return;
  }
}

function takeOut(kernel: KernelMatrix, example: number, weights: Float32Array, scores: Float64Array): void {
  if (weights[example] === 0) return;
  addRow(kernel, example, -weights[example]!, scores);
  weights[example] = 0;
}

function numbersUpTo(end: number): Uint32Array {
  return Uint32Array.from({ length: end }, (_, number) => number);
}

function addRow({ size, values }: KernelMatrix, example: number, step: number, scores: Float64Array): void {
  const from = example * size;
  const scaled = step * KERNEL_UNIT;
  for (let column = 0; column < size; column++) scores[column]! += scaled * values[from + column]!;
}

function shuffle(numbers: Uint32Array, random: () => number): void {
  for (let last = numbers.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    const number = numbers[last]!;
    numbers[last] = numbers[other]!;
    numbers[other] = number;
  }
}
