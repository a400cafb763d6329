import * as fc from 'fast-check';
import { findRelation } from '../../../dialogs/checks/relation';
import { holds } from '../../support/holds';
import { addressesOf, smallAddress, smallList, smallRange } from '../../support/small-network';

describe('how one value lies to another', () => {
  test.each([
    ['10.0.0.0/16', '10.0.0.0/16', 'same', '10.0.0.0/16', '10.0.0.0/16'],
    ['10.0.0.0/8', '10.0.0.0/16', 'covers', '10.0.0.0/8', '10.0.0.0/16'],
    ['10.0.0.0/24', '10.0.0.0/16', 'inside', '10.0.0.0/24', '10.0.0.0/16'],
    ['10.0.0.4', '10.0.0.0/16', 'inside', '10.0.0.4', '10.0.0.0/16'],
    ['10.1.0.0/16', '10.0.0.0/16', 'apart', '10.1.0.0/16', '10.0.0.0/16'],
    ['10.0.0.0/8, 10.2.0.0/24', '10.1.0.0/16, 10.2.0.0/16', 'inside', '10.2.0.0/24', '10.2.0.0/16'],
    ['10.0.0.0/8, 10.2.0.0/24', '10.1.0.0/16, 10.2.0.0/24', 'same', '10.2.0.0/24', '10.2.0.0/24'],
    // Not the union: each range is advertised on its own.
    ['10.0.0.0/25, 10.0.0.128/25', '10.0.0.0/24', 'inside', '10.0.0.0/25', '10.0.0.0/24'],
  ])('%s to %s: %s', (a, b, result, first, second) => {
    expect(findRelation([a, b])).toEqual({ result, figures: { first, second } });
  });

  test('is unknown if one is not known', () => {
    for (const values of [[], ['10.0.0.0/8'], ['10.0.0.0/8', undefined], [undefined, '10.0.0.0/8']]) {
      expect(findRelation(values)).toEqual({ result: 'unknown', figures: { first: '', second: '' } });
    }
  });

  test('is the strongest that comparing all pairs address by address gives', () => {
    const value = fc.oneof(smallRange(), smallAddress(), smallList());
    holds(
      fc.property(value, value, (a, b) => {
        const all = a.split(', ').flatMap((one) => b.split(', ').map((other) => slowRelation(one, other)));
        const { result, figures } = findRelation([a, b]);
        expect(result).toBe(['same', 'inside', 'covers', 'apart'].find((one) => all.includes(one)));
        expect(slowRelation(figures.first, figures.second)).toBe(result);
        expect(a.split(', ')).toContain(figures.first);
        expect(b.split(', ')).toContain(figures.second);
      }),
    );
  });
});

function slowRelation(a: string, b: string): string {
  const left = addressesOf(a);
  const right = addressesOf(b);
  const isInside = [...left].every((one) => right.has(one));
  const covers = [...right].every((one) => left.has(one));
  if (isInside && covers) return 'same';
  return isInside ? 'inside' : covers ? 'covers' : 'apart';
}
