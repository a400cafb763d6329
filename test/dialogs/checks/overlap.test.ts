import * as fc from 'fast-check';
import { findOverlap } from '../../../dialogs/checks/overlap';
import { holds } from '../../support/holds';
import { addressesOf, smallAddress, smallList, smallRange } from '../../support/small-network';

const NONE = { first: '', second: '' };

describe('whether values share addresses', () => {
  test('names the two ranges that do, out of the lists they stand in', () => {
    expect(findOverlap(['10.0.0.0/16, 10.1.0.0/16', '172.16.0.0/24, 10.1.2.0/24'])).toEqual({
      result: 'overlap',
      figures: { first: '10.1.0.0/16', second: '10.1.2.0/24' },
    });
    expect(findOverlap(['10.0.0.4', undefined, '10.1.0.0/16', '10.0.0.0/24'])).toEqual({
      result: 'overlap',
      figures: { first: '10.0.0.4', second: '10.0.0.0/24' },
    });
  });

  test('names nothing where none do', () => {
    expect(findOverlap(['10.0.0.0/24', '10.0.1.0/24', undefined])).toEqual({ result: 'apart', figures: NONE });
  });

  test('does not mind ranges of one and the same value', () => {
    expect(findOverlap(['10.0.0.0/16, 10.0.0.0/24', '10.1.0.0/16']).result).toBe('apart');
  });

  test('is unknown with fewer than two values', () => {
    for (const values of [[], ['10.0.0.0/24'], [undefined, '10.0.0.0/24'], [undefined, undefined]]) {
      expect(findOverlap(values)).toEqual({ result: 'unknown', figures: NONE });
    }
  });

  test('is what comparing address by address gives', () => {
    const value = fc.option(fc.oneof(smallRange(), smallAddress(), smallList()), { nil: undefined });
    holds(
      fc.property(fc.array(value, { maxLength: 4 }), (values) => {
        const { result, figures } = findOverlap(values);
        const known = values.filter((one) => one !== undefined);
        const sets = known.map(addressesOf);
        const shares = sets.some((set, at) =>
          sets.slice(at + 1).some((other) => [...set].some((one) => other.has(one))),
        );
        expect(result).toBe(known.length < 2 ? 'unknown' : shares ? 'overlap' : 'apart');
        if (result !== 'overlap') return;
        const inOf = (part: string): number[] =>
          known.flatMap((one, at) => (one.split(', ').includes(part) ? [at] : []));
        expect(inOf(figures.first).some((at) => inOf(figures.second).some((other) => other > at))).toBe(true);
        const second = addressesOf(figures.second);
        expect([...addressesOf(figures.first)].some((one) => second.has(one))).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
