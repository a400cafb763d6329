import * as fc from 'fast-check';
import { type SentenceVector, VECTOR_SIZE } from '../../knowledge/semantics/sentence-vector';

/** The unit vector of some numbers, the first ones; the rest are 0. */
export function vectorOf(...numbers: readonly number[]): SentenceVector {
  const length = Math.hypot(...numbers) || 1;
  const vector = new Float32Array(VECTOR_SIZE);
  numbers.forEach((number, index) => {
    vector[index] = number / length;
  });
  return vector;
}

/** Some unit vectors, in few of the directions. */
export const anyVector: fc.Arbitrary<SentenceVector> = fc
  .array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 1, maxLength: 6 })
  .filter((numbers) => Math.hypot(...numbers) > 0.01)
  .map((numbers) => vectorOf(...numbers));

/** The cosine of two vectors of any length; 0 for zeros. */
export function cosineOf(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let product = 0;
  let squaresA = 0;
  let squaresB = 0;
  for (let i = 0; i < a.length; i++) {
    product += a[i]! * b[i]!;
    squaresA += a[i]! * a[i]!;
    squaresB += b[i]! * b[i]!;
  }
  return product === 0 ? 0 : product / Math.sqrt(squaresA * squaresB);
}
