import * as fc from 'fast-check';
import { restoreVector, roundVector, VECTOR_SIZE } from '../../../knowledge/semantics/sentence-vector';
import { holds } from '../../support/holds';
import { anyVector, cosineOf, vectorOf } from '../../support/sample-vectors';

describe('rounding a sentence vector', () => {
  test('uses the whole range of a byte, with the largest number at its end', () => {
    const { scale, numbers } = roundVector(vectorOf(3, -4));
    expect(numbers).toBeInstanceOf(Int8Array);
    expect([numbers[0], numbers[1], numbers[2]]).toEqual([95, -127, 0]);
    expect(scale * 127).toBeCloseTo(0.8, 6);
  });

  test('leaves every number within half a step of what it was, and the direction as good as the same', () => {
    holds(
      fc.property(anyVector, (vector) => {
        const { scale } = roundVector(vector);
        const rounded = restoreVector(roundVector(vector));
        expect(rounded).toHaveLength(VECTOR_SIZE);
        const off = Math.max(...rounded.map((number, index) => Math.abs(number - vector[index]!)));
        expect(off).toBeLessThanOrEqual(scale / 2 + 1e-7);
        expect(cosineOf(rounded, vector)).toBeGreaterThan(0.999);
      }),
    );
  });

  test('a second time changes nothing', () => {
    holds(
      fc.property(anyVector, (vector) => {
        const once = roundVector(vector);
        expect([...roundVector(restoreVector(roundVector(vector))).numbers].join()).toBe([...once.numbers].join());
      }),
    );
  });

  test('of zeros is zeros', () => {
    expect(roundVector(new Float32Array(VECTOR_SIZE)).scale).toBe(0);
    expect(restoreVector(roundVector(new Float32Array(VECTOR_SIZE))).every((number) => number === 0)).toBe(true);
  });
});
