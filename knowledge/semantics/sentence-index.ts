import { SECOND_SHARE, THIRD_SHARE } from '../pooling';
import { COLUMNS } from './dot-kernel';
import { openMatrices } from './int-matrix';
import { learnSentenceMetric, placeSentence, type SentenceMetric } from './sentence-metric';
import { type SentenceVector, VECTOR_SIZE } from './sentence-vector';

/** Answers how close groups of sentences are to a question. */
export interface SentenceIndex {
  /**
   * By group: cosine, -1 to 1, of its closest sentence, and that plus smaller shares of the next two. All zeros for a vector of
   * zeros.
   */
  query(vector: SentenceVector): { readonly closest: Float32Array; readonly pooled: Float32Array };
}

/** Sentences in their places. Learning and placing take some seconds for thousands of sentences: worth keeping. */
export interface CompiledSentences {
  readonly metric: SentenceMetric;
  /** The points of all sentences, one after another. */
  readonly places: Float32Array;
}

/** Puts sentences into their places, by the metric that they themselves teach (see sentence-metric.ts). */
export function compileSentences(vectors: readonly SentenceVector[], groupOf: ArrayLike<number>): CompiledSentences {
  const metric = learnSentenceMetric(vectors, groupOf);
  const places = new Float32Array(vectors.length * VECTOR_SIZE);
  vectors.forEach((vector, index) => {
    places.set(placeSentence(metric, vector), index * VECTOR_SIZE);
  });
  return { metric, places };
}

/**
 * Indexes sentences that {@link compileSentences} put into their places. Every query looks at all of them, in whole numbers where
 * the machine has SIMD instructions, which costs a cosine less than 0.0001: 2,500 take some tenths of a millisecond.
 *
 * @param groupOf the group of each sentence, a whole number from 0
 */
export function buildSentenceIndex({ metric, places }: CompiledSentences, groupOf: ArrayLike<number>): SentenceIndex {
  let groups = 0;
  for (let index = 0; index < groupOf.length; index++) groups = Math.max(groups, groupOf[index]! + 1);
  const cosinesTo = buildCosines(places);
  return {
    query(vector) {
      const closest = new Float32Array(groups);
      const pooled = new Float32Array(groups);
      if (vector.every((number) => number === 0)) return { closest, pooled };
      const cosines = cosinesTo(placeSentence(metric, vector));
      const seconds = new Float32Array(groups).fill(-1);
      const thirds = new Float32Array(groups).fill(-1);
      closest.fill(-1);
      for (let index = 0; index < groupOf.length; index++) {
        const cosine = Math.min(1, cosines[index]!); // rounding may leave a little more
        const group = groupOf[index]!;
        if (cosine > closest[group]!) {
          thirds[group] = seconds[group]!;
          seconds[group] = closest[group]!;
          closest[group] = cosine;
        } else if (cosine > seconds[group]!) {
          thirds[group] = seconds[group]!;
          seconds[group] = cosine;
        } else if (cosine > thirds[group]!) thirds[group] = cosine;
      }
      for (let group = 0; group < groups; group++) {
        pooled[group] = closest[group]! + SECOND_SHARE * seconds[group]! + THIRD_SHARE * thirds[group]!;
      }
      return { closest, pooled };
    },
  };
}

/** Multiplies a point with all the others. What the function returns is overwritten by its next call. */
function buildCosines(places: Float32Array): (asked: Float32Array) => Float32Array {
  const count = places.length / VECTOR_SIZE;
  const placeOf = (index: number): Float32Array => places.subarray(index * VECTOR_SIZE, (index + 1) * VECTOR_SIZE);
  const outputs = Math.ceil(count / COLUMNS) * COLUMNS;
  const cosines = new Float32Array(outputs);
  const matrix = openMatrices(1, Math.max(VECTOR_SIZE, outputs))?.make({ inputs: VECTOR_SIZE, outputs }, (column) =>
    column < count ? placeOf(column) : new Float32Array(VECTOR_SIZE),
  );
  return (asked) => {
    if (matrix !== undefined) matrix.multiply(asked, 1, cosines);
    else for (let index = 0; index < count; index++) cosines[index] = dotOf(asked, placeOf(index));
    return cosines;
  };
}

function dotOf(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < VECTOR_SIZE; i++) sum += a[i]! * b[i]!;
  return sum;
}
