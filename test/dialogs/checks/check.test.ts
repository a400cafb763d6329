import * as fc from 'fast-check';
import { CHECKS, type CheckName } from '../../../dialogs/checks/check';
import { VALUE_TYPES } from '../../../dialogs/values/read-value';
import { holds } from '../../support/holds';
import { smallAddress, smallList, smallRange } from '../../support/small-network';

const OF_TYPE = {
  range: smallRange(),
  ranges: smallList(),
  address: smallAddress(),
  asn: fc.integer({ min: 1, max: 5 }).map(String),
};

describe.each(Object.keys(CHECKS) as CheckName[])('the check %s', (name) => {
  const check = CHECKS[name];

  test('says which types and how many values it takes', () => {
    expect(check.types.length).toBeGreaterThan(0);
    expect(VALUE_TYPES).toEqual(expect.arrayContaining([...check.types]));
    expect(check.least).toBeLessThanOrEqual(check.most);
  });

  test('has exactly the results and figures that it says, and each result is found', () => {
    const value = fc.option(fc.oneof(...check.types.map((type) => OF_TYPE[type])), { nil: undefined });
    const values = fc.array(value, { minLength: check.least, maxLength: Math.min(check.most, 4) });
    const seen = new Set<string>();
    holds(
      fc.property(values, (some) => {
        const { result, figures } = check.run(some);
        seen.add(result);
        expect(Object.keys(figures)).toEqual(check.figures);
        if (result === 'unknown') expect(Object.values(figures).join('')).toBe('');
      }),
      { numRuns: 2000 },
    );
    expect([...seen].sort()).toEqual([...check.results].sort());
  });

  test('is unknown where nothing is known', () => {
    expect(check.run(Array(check.least).fill(undefined)).result).toBe('unknown');
  });
});
