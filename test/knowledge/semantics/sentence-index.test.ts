import * as fc from 'fast-check';
import { buildSentenceIndex, compileSentences } from '../../../knowledge/semantics/sentence-index';
import { placeSentence } from '../../../knowledge/semantics/sentence-metric';
import { VECTOR_SIZE } from '../../../knowledge/semantics/sentence-vector';
import { holds } from '../../support/holds';
import { anyVector, vectorOf } from '../../support/sample-vectors';

const grouped = fc.array(fc.tuple(anyVector, fc.nat(3)), { minLength: 1, maxLength: 10 });

describe('buildSentenceIndex', () => {
  test('finds what comparing with every sentence one by one finds', () => {
    holds(
      fc.property(grouped, anyVector, (all, asked) => {
        const vectors = all.map(([vector]) => vector);
        const groupOf = all.map(([, group]) => group);
        const compiled = compileSentences(vectors, groupOf);
        const { closest, pooled } = buildSentenceIndex(compiled, groupOf).query(asked);
        const { metric } = compiled;
        const place = placeSentence(metric, asked);
        expect(closest).toHaveLength(Math.max(...groupOf) + 1);
        closest.forEach((cosine, group) => {
          const [first = -1, second = -1, third = -1] = vectors
            .filter((_, index) => groupOf[index] === group)
            .map((vector) => placeSentence(metric, vector).reduce((sum, value, i) => sum + value * place[i]!, 0))
            .sort((a, b) => b - a);
          expect(cosine).toBeCloseTo(first, 4);
          expect(pooled[group]).toBeCloseTo(first + 0.3 * second + 0.1 * third, 4);
        });
      }),
      { numRuns: 25 },
    );
  });

  test('a sentence that is in it is as close as can be to its group', () => {
    const vectors = [vectorOf(1, 0.2), vectorOf(1, -0.2), vectorOf(0, 1, 1)];
    const { closest } = buildSentenceIndex(compileSentences(vectors, [0, 0, 1]), [0, 0, 1]).query(vectors[2]!);
    expect(closest[1]).toBeCloseTo(1, 4);
    expect(closest[0]).toBeLessThan(0.5);
  });

  test('a text without letters is close to nothing', () => {
    const { closest, pooled } = buildSentenceIndex(
      compileSentences([vectorOf(1), vectorOf(0, 1)], [0, 1]),
      [0, 1],
    ).query(new Float32Array(VECTOR_SIZE));
    expect([...closest, ...pooled]).toEqual([0, 0, 0, 0]);
  });

  test('of nothing has no group', () => {
    const { closest, pooled } = buildSentenceIndex(compileSentences([], []), []).query(vectorOf(1));
    expect([closest.length, pooled.length]).toEqual([0, 0]);
  });
});
