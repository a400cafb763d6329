import { KERNEL_UNIT, type KernelMatrix } from './kernel-matrix';

/** How strictly the examples are kept apart; higher follows single examples more closely. */
const COST = 4;
/** An example that breaks its optimality condition by less than this is left alone. */
const TOLERANCE = 0.1;
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

/**
 * Separates the examples of one label from the rest: a support vector machine with squared hinge loss and no bias term, solved
 * by dual coordinate descent (Hsieh et al. 2008) on a kernel, with the scores of all examples kept up to date. Each fold starts
 * from the weights that all examples gave, which takes a fraction of the time. `random` gives numbers from 0 up to 1.
 */
export function trainSeparator(
  kernel: KernelMatrix,
  isOfLabel: (example: number) => boolean,
  folds: Folds | undefined,
  random: () => number,
): Separator {
  const { size } = kernel;
  const signs = Int8Array.from({ length: size }, (_, example) => (isOfLabel(example) ? 1 : -1));
  const weights = new Float32Array(size);
  const scores = new Float32Array(size);
  const all = Uint32Array.from({ length: size }, (_, example) => example);
  descend(kernel, signs, weights, scores, all, random);
  if (folds === undefined) return { weights, heldOutScores: undefined };
  const heldOutScores = new Float32Array(size);
  for (let fold = 0; fold < folds.count; fold++) {
    const inside = all.filter((example) => folds.of[example] !== fold);
    const without = weights.slice();
    const scoresWithout = scores.slice();
    for (let example = 0; example < size; example++) {
      if (folds.of[example] !== fold || weights[example] === 0) continue;
      addRow(kernel, example, -weights[example]!, scoresWithout);
      without[example] = 0;
    }
    descend(kernel, signs, without, scoresWithout, inside, random);
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
  scores: Float32Array,
  examples: Uint32Array,
  random: () => number,
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
      if (breach < 0.3 * TOLERANCE) continue;
      const curvature = kernel.values[example * kernel.size + example]! * KERNEL_UNIT + softness;
      const better = Math.max(0, dual - gradient / curvature);
      const step = sign * (better - dual);
      weights[example] = sign * better;
      addRow(kernel, example, step, scores);
    }
    if (worst < TOLERANCE) return;
  }
}

function addRow({ size, values }: KernelMatrix, example: number, step: number, scores: Float32Array): void {
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
