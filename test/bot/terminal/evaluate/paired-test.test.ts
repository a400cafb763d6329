import * as fc from 'fast-check';
import { pairedTest } from '../../../../bot/terminal/evaluate/paired-test';
import { holds } from '../../../support/holds';

describe('the paired test', () => {
  test.each([
    [0, 0, 1],
    [1, 1, 1],
    [0, 1, 1],
    [0, 5, 0.0625],
    [0, 6, 0.03125],
    [1, 7, 0.0703125],
    [1, 8, 0.0390625],
    [3, 12, 0.03515625],
  ])('of %i better and %i worse gives %d', (better, worse, p) => {
    expect(pairedTest(better, worse)).toBeCloseTo(p, 10);
  });

  test('is a probability, the same both ways, also for thousands', () => {
    const many = fc.nat(5000);
    holds(
      fc.property(many, many, (better, worse) => {
        const p = pairedTest(better, worse);
        expect(p).toBeGreaterThanOrEqual(0);
        expect(p).toBeLessThanOrEqual(1);
        expect(pairedTest(worse, better)).toBeCloseTo(p, 9);
      }),
      { numRuns: 50 },
    );
  });

  test('of one more lost is never larger, once more are lost than won', () => {
    holds(
      fc.property(fc.nat(50), fc.nat(50), (better, more) => {
        const worse = better + more;
        expect(pairedTest(better, worse + 1)).toBeLessThanOrEqual(pairedTest(better, worse) + 1e-9);
      }),
    );
  });
});
