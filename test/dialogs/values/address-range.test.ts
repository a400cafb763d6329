import * as fc from 'fast-check';
import { addressCount, addressRange, partsOf, type Relation, relationOf } from '../../../dialogs/values/address-range';
import { holds } from '../../support/holds';
import { addressesOf, smallAddress, smallList, smallRange } from '../../support/small-network';

describe('the addresses of a range', () => {
  test.each([
    ['10.0.0.0/24', 0x0a000000, 0x0a0000ff],
    ['10.0.0.4', 0x0a000004, 0x0a000004],
    ['10.0.0.4/32', 0x0a000004, 0x0a000004],
    ['0.0.0.0/0', 0, 0xffffffff],
    ['255.255.255.255', 0xffffffff, 0xffffffff],
    ['128.0.0.0/1', 0x80000000, 0xffffffff],
  ])('%s', (part, first, last) => {
    expect(addressRange(part)).toEqual({ first, last });
  });

  test('are those that counting them one by one gives', () => {
    holds(
      fc.property(smallRange(), (range) => {
        const { first, last } = addressRange(range);
        const base = 0x0a000000;
        const counted = [...addressesOf(range)].sort((a, b) => a - b);
        expect([first - base, last - base]).toEqual([counted[0], counted.at(-1)]);
        expect(addressCount(Number(range.split('/')[1]))).toBe(counted.length);
      }),
    );
  });

  test('of a text that is no range in normal form do not exist', () => {
    for (const text of ['', 'none', '10.0.0.0/33', 'fd00::/8', '10.0.0.0/24, 10.1.0.0/24']) {
      expect(() => addressRange(text)).toThrow();
    }
  });
});

test('a list is taken apart into what is written in it', () => {
  expect(partsOf('10.0.0.0/24, 10.1.0.0/16')).toEqual(['10.0.0.0/24', '10.1.0.0/16']);
  expect(partsOf('10.0.0.4')).toEqual(['10.0.0.4']);
});

describe('how two values lie to each other', () => {
  test.each([
    ['10.0.0.0/24', '10.0.0.0/24', 'same'],
    ['10.0.0.0/25, 10.0.0.128/25', '10.0.0.0/24', 'same'],
    ['10.0.0.128/25, 10.0.0.0/25, 10.0.0.7', '10.0.0.0/24', 'same'],
    ['10.0.0.0/8', '10.0.0.0/16', 'covers'],
    ['10.0.0.0/25, 10.0.0.128/25', '10.0.0.64/26, 10.0.0.128/26', 'covers'],
    ['10.0.0.4', '10.0.0.0/24', 'inside'],
    ['10.0.0.0/24, 10.2.0.0/24', '10.0.0.0/16', 'overlap'],
    ['10.0.0.0/24', '10.0.1.0/24', 'apart'],
    ['0.0.0.0/0', '255.255.255.255', 'covers'],
  ])('%s to %s: %s', (a, b, relation) => {
    expect(relationOf(a, b)).toBe(relation);
  });

  test('is what comparing them address by address gives', () => {
    const value = fc.oneof(smallRange(), smallAddress(), smallList());
    holds(
      fc.property(value, value, (a, b) => expect(relationOf(a, b)).toBe(slowRelation(addressesOf(a), addressesOf(b)))),
      { numRuns: 300 },
    );
  });
});

function slowRelation(a: ReadonlySet<number>, b: ReadonlySet<number>): Relation {
  const shared = [...a].filter((address) => b.has(address)).length;
  if (shared === 0) return 'apart';
  if (shared === a.size) return shared === b.size ? 'same' : 'inside';
  return shared === b.size ? 'covers' : 'overlap';
}
