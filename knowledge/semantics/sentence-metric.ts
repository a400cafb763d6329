import { type SentenceVector, VECTOR_SIZE } from './sentence-vector';

/**
 * A way of measuring how close two sentences are that suits one body of knowledge: directions in which sentences about the same
 * thing differ anyway ("can I", "is it possible to") count little, directions that tell things apart count much.
 */
export interface SentenceMetric {
  readonly mean: Float64Array;
  /** Lower triangle, row by row. */
  readonly factor: Float64Array;
}

/**
 * How much of a round spread is mixed into the measured one, so that few sentences do not make a needle of it. Any value between
 * 0.03 and 1 gave the same results.
 */
const ROUND_SHARE = 0.2;

/**
 * Learns the metric from sentences that are known to belong together: within-class covariance normalisation (Hatch and others
 * 2006), that is the cosine after the mean is taken off and the spread inside the groups is made round. It is done with the
 * Cholesky factor instead of the inverse root, which gives the same cosines. With fewer than two groups the cosine of the centred
 * vectors remains. Takes about 50 ms and 0.2 ms a sentence more.
 *
 * @param groupOf the group of each vector, a whole number from 0
 */
export function learnSentenceMetric(vectors: readonly SentenceVector[], groupOf: ArrayLike<number>): SentenceMetric {
  const size = VECTOR_SIZE;
  const mean = new Float64Array(size);
  const sums = new Map<number, { readonly sum: Float64Array; count: number }>();
  vectors.forEach((vector, index) => {
    const group = groupOf[index]!;
    const own = sums.get(group) ?? sums.set(group, { sum: new Float64Array(size), count: 0 }).get(group)!;
    own.count++;
    for (let i = 0; i < size; i++) {
      own.sum[i]! += vector[i]!;
      mean[i]! += vector[i]! / vectors.length;
    }
  });
  return { mean, factor: choleskyOf(spreadWithin(vectors, groupOf, sums)) };
}

/** A sentence as a point of unit length whose dot product with another, -1 to 1, says how close they are; zeros stay zeros. */
export function placeSentence({ mean, factor }: SentenceMetric, vector: SentenceVector): Float32Array {
  const size = VECTOR_SIZE;
  const placed = new Float64Array(size);
  if (vector.every((number) => number === 0)) return new Float32Array(size);
  let squares = 0;
  // Forward substitution: placed = factor⁻¹ (vector - mean).
  for (let row = 0; row < size; row++) {
    let rest = vector[row]! - mean[row]!;
    const start = row * size;
    for (let column = 0; column < row; column++) rest -= factor[start + column]! * placed[column]!;
    const value = rest / factor[start + row]!;
    placed[row] = value;
    squares += value * value;
  }
  const norm = Math.sqrt(squares) || 1;
  return Float32Array.from(placed, (number) => number / norm);
}

/** Covariance of the sentences around the middles of their groups, with {@link ROUND_SHARE} of a round one added. Lower half. */
function spreadWithin(
  vectors: readonly SentenceVector[],
  groupOf: ArrayLike<number>,
  sums: ReadonlyMap<number, { readonly sum: Float64Array; readonly count: number }>,
): Float64Array {
  const size = VECTOR_SIZE;
  const spread = new Float64Array(size * size);
  const off = new Float64Array(size);
  vectors.forEach((vector, index) => {
    const { sum, count } = sums.get(groupOf[index]!)!;
    for (let i = 0; i < size; i++) off[i] = vector[i]! - sum[i]! / count;
    for (let row = 0; row < size; row++) {
      const share = off[row]! / vectors.length;
      for (let column = 0; column <= row; column++) spread[row * size + column]! += share * off[column]!;
    }
  });
  let trace = 0;
  for (let i = 0; i < size; i++) trace += spread[i * size + i]!;
  const round = trace > 0 ? (ROUND_SHARE * trace) / size : 1;
  for (let i = 0; i < size; i++) spread[i * size + i]! += round;
  return spread;
}

/** The lower triangle L with L Lᵀ = `matrix`, in place; `matrix` is symmetric, positive and given by its lower half. */
function choleskyOf(matrix: Float64Array): Float64Array {
  const size = VECTOR_SIZE;
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      let rest = matrix[row * size + column]!;
      for (let i = 0; i < column; i++) rest -= matrix[row * size + i]! * matrix[column * size + i]!;
      matrix[row * size + column] = row === column ? Math.sqrt(rest) : rest / matrix[column * size + column]!;
    }
  }
  return matrix;
}
