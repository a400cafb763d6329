import fc from 'fast-check';
import { buildRateLimit } from '../../../../bot/channel/backplane/rate-limit';

describe('a rate limit', () => {
  test('lets as many through at once as it names, then says how long to wait, for each key alone', () => {
    const now = 0;
    const limit = buildRateLimit(3, () => now);
    expect([1, 2, 3, 4].map(() => limit.take('a'))).toEqual([undefined, undefined, undefined, 20]);
    expect(limit.take('b')).toBeUndefined();
  });

  test('lets one through once the time that it named is over', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000 }), (perMinute) => {
        let now = 0;
        const limit = buildRateLimit(perMinute, () => now);
        for (let i = 0; i < perMinute; i++) limit.take('a');
        const wait = limit.take('a')!;
        now += wait * 1_000 + 1;
        expect(limit.take('a')).toBeUndefined();
      }),
      { numRuns: 50 },
    );
  });

  test('never lets more through in any minute than two buckets', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(3_000), { maxLength: 300 }), (pauses) => {
        let now = 0;
        const limit = buildRateLimit(10, () => now);
        const taken: number[] = [];
        for (const pause of pauses) {
          now += pause;
          if (limit.take('a') === undefined) taken.push(now);
        }
        for (const from of taken)
          expect(taken.filter((at) => at >= from && at < from + 60_000).length).toBeLessThanOrEqual(20);
      }),
    );
  });
});
