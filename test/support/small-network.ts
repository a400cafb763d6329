import * as fc from 'fast-check';

/** Ranges within 10.0.0.0/24, in normal form. */
export function smallRange(): fc.Arbitrary<string> {
  return fc
    .tuple(fc.integer({ min: 24, max: 32 }), fc.nat(255))
    .map(([prefix, last]) => `10.0.0.${last - (last % 2 ** (32 - prefix))}/${prefix}`);
}

/** Addresses within 10.0.0.0/24. */
export function smallAddress(): fc.Arbitrary<string> {
  return fc.nat(255).map((last) => `10.0.0.${last}`);
}

/** Lists of ranges within 10.0.0.0/24, in normal form. */
export function smallList(): fc.Arbitrary<string> {
  return fc.uniqueArray(smallRange(), { minLength: 1, maxLength: 6 }).map((ranges) => ranges.join(', '));
}

/** The last numbers of all addresses within 10.0.0.0/24 that a value names, each tried bit by bit. */
export function addressesOf(value: string): ReadonlySet<number> {
  const bits = (number: number): string => number.toString(2).padStart(8, '0');
  const all = new Set<number>();
  for (const part of value.split(', ')) {
    const [, last, prefix = '32'] = /^10\.0\.0\.(\d+)(?:\/(\d+))?$/.exec(part)!;
    const fixed = Number(prefix) - 24;
    for (let address = 0; address < 256; address++) {
      if (bits(address).slice(0, fixed) === bits(Number(last)).slice(0, fixed)) all.add(address);
    }
  }
  return all;
}
