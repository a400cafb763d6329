import * as fc from 'fast-check';
import { shareOf } from '../../../../bot/terminal/evaluate/share';
import { holds } from '../../../support/holds';

describe('a share with its interval', () => {
  test.each([
    [8, 10, 0.4902, 0.9433],
    [0, 10, 0, 0.2775],
    [10, 10, 0.7225, 1],
    [1, 2, 0.0945, 0.9055],
    [700, 1000, 0.6709, 0.7276],
  ])('of %i in %i is the one in the books', (hits, count, low, high) => {
    const share = shareOf(hits, count);
    expect(share).toMatchObject({ hits, count, share: hits / count });
    expect(share.low).toBeCloseTo(low, 4);
    expect(share.high).toBeCloseTo(high, 4);
  });

  test('of nothing may be anything', () => {
    expect(shareOf(0, 0)).toEqual({ hits: 0, count: 0, share: 0, low: 0, high: 1 });
  });

  test('lies in its interval, within 0 and 1; of ten times as many the interval is narrower', () => {
    const counts = fc.integer({ min: 1, max: 5000 }).chain((count) => fc.tuple(fc.nat(count), fc.constant(count)));
    holds(
      fc.property(counts, ([hits, count]) => {
        const { low, share, high } = shareOf(hits, count);
        expect(0 <= low && low <= share && share <= high && high <= 1).toBe(true);
        const more = shareOf(10 * hits, 10 * count);
        expect(more.high - more.low).toBeLessThan(high - low);
      }),
    );
  });
});
