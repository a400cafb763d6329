import * as fc from 'fast-check';
import { learnSentenceMetric, placeSentence } from '../../../knowledge/semantics/sentence-metric';
import { type SentenceVector, VECTOR_SIZE } from '../../../knowledge/semantics/sentence-vector';
import { holds } from '../../support/holds';
import { anyVector, cosineOf, vectorOf } from '../../support/sample-vectors';

/** The slow obvious twin: (v - mean)ᵀ spread⁻¹ (w - mean) as a cosine, in the few directions that are used. */
function slowCosine(
  vectors: readonly SentenceVector[],
  groupOf: readonly number[],
  directions: number,
  [one, other]: readonly [SentenceVector, SentenceVector],
): number {
  const mean = (all: readonly SentenceVector[], i: number) => all.reduce((sum, v) => sum + v[i]!, 0) / all.length;
  const groups = groupOf.map((group) => vectors.filter((_, index) => groupOf[index] === group));
  const off = vectors.map((v, index) => Array.from({ length: directions }, (_, i) => v[i]! - mean(groups[index]!, i)));
  const spread = Array.from({ length: directions }, (_, i) =>
    Array.from({ length: directions }, (_unused, j) => off.reduce((sum, o) => sum + o[i]! * o[j]!, 0) / vectors.length),
  );
  const trace = spread.reduce((sum, row, i) => sum + row[i]!, 0);
  spread.forEach((row, i) => {
    row[i]! += trace > 0 ? (0.2 * trace) / VECTOR_SIZE : 1;
  });
  const centred = (v: SentenceVector) => Array.from({ length: directions }, (_, i) => v[i]! - mean(vectors, i));
  const product = (a: readonly number[], b: readonly number[]) => a.reduce((sum, value, i) => sum + value * b[i]!, 0);
  const [a, b] = [centred(one), centred(other)];
  const [left, right] = [solve(spread, a), solve(spread, b)];
  return product(a, right) / Math.sqrt(product(a, left) * product(b, right));
}

/** Elimination with pivots. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, i) => [...row, right[i]!]);
  for (let column = 0; column < rows.length; column++) {
    const rest = rows.slice(column).toSorted((a, b) => Math.abs(b[column]!) - Math.abs(a[column]!));
    rows.splice(column, rest.length, ...rest);
    rows.forEach((row, place) => {
      if (place === column) return;
      const factor = row[column]! / rows[column]![column]!;
      rows[place] = row.map((value, i) => value - factor * rows[column]![i]!);
    });
  }
  return rows.map((row, i) => row.at(-1)! / row[i]!);
}

const dot = (a: Float32Array, b: Float32Array): number => a.reduce((sum, value, i) => sum + value * b[i]!, 0);

describe('learnSentenceMetric', () => {
  test('measures what the definition measures', () => {
    const vectors = [
      vectorOf(1, 0.4, 0.1),
      vectorOf(1, -0.3, 0.2),
      vectorOf(0.2, 0.5, 1),
      vectorOf(0.1, -0.6, 0.9),
      vectorOf(-0.7, 0.2, 0.3),
    ];
    const groupOf = [0, 0, 1, 1, 1];
    const metric = learnSentenceMetric(vectors, groupOf);
    for (const one of vectors) {
      for (const other of [...vectors, vectorOf(0.3, 0.3, -1)]) {
        const expected = slowCosine(vectors, groupOf, 3, [one, other]);
        expect(dot(placeSentence(metric, one), placeSentence(metric, other))).toBeCloseTo(expected, 4);
      }
    }
  });

  test('groups that lie apart in a direction are told apart, though sentences vary more in another', () => {
    // The second number is how a thing is asked, and differs a lot; the third is what is asked.
    const about = (manner: number, topic: number) => vectorOf(1, manner, topic);
    const manners = [-0.8, -0.3, 0.1, 0.5, 0.9];
    const vectors = [...manners.map((manner) => about(manner, 0.15)), ...manners.map((manner) => about(manner, -0.15))];
    const metric = learnSentenceMetric(
      vectors,
      vectors.map((_, index) => (index < manners.length ? 0 : 1)),
    );
    const asked = about(0.9, 0.15);
    const [same, other] = [about(-0.8, 0.15), about(0.9, -0.15)];
    expect(cosineOf(asked, other)).toBeGreaterThan(cosineOf(asked, same));
    expect(dot(placeSentence(metric, asked), placeSentence(metric, same))).toBeGreaterThan(
      dot(placeSentence(metric, asked), placeSentence(metric, other)),
    );
  });

  test('places every sentence at unit length, and zeros at zeros', () => {
    holds(
      fc.property(fc.array(anyVector, { maxLength: 4 }), anyVector, (vectors, asked) => {
        const metric = learnSentenceMetric(
          vectors,
          vectors.map((_, index) => index % 2),
        );
        const placed = placeSentence(metric, asked);
        // At the very middle of all there is no direction.
        const length = Math.sqrt(dot(placed, placed));
        expect(Math.abs(length - 1) < 1e-4 || vectors.length > 0).toBe(true);
        expect(placed.every(Number.isFinite)).toBe(true);
        expect(placeSentence(metric, new Float32Array(VECTOR_SIZE)).every((number) => number === 0)).toBe(true);
      }),
      { numRuns: 15 },
    );
  });

  test('of nothing, and of one sentence a group, is the cosine around the middle', () => {
    const [one, other] = [vectorOf(1, 2), vectorOf(2, 1)];
    const none = learnSentenceMetric([], []);
    expect(dot(placeSentence(none, one), placeSentence(none, other))).toBeCloseTo(cosineOf(one, other), 5);
    const two = learnSentenceMetric([one, other], [0, 1]);
    expect(dot(placeSentence(two, one), placeSentence(two, other))).toBeCloseTo(-1, 5);
  });
});
