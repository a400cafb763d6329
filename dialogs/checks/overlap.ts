import { addressRange, partsOf, shareAddresses } from '../values/address-range';

/** Whether values share addresses; the figures are the two ranges or addresses that do, as written, else empty. */
export interface Overlap {
  readonly result: 'overlap' | 'apart' | 'unknown';
  readonly figures: { readonly first: string; readonly second: string };
}

/**
 * Whether any two of the values (ranges or addresses in normal form) share an address, and the first ranges that do, out of
 * two different values. Values that are not known (`undefined`) are left out; with fewer than two left it is `unknown`.
 */
export function findOverlap(values: readonly (string | undefined)[]): Overlap {
  const known = values
    .filter((value) => value !== undefined)
    .map((value) => partsOf(value).map((text) => ({ text, range: addressRange(text) })));
  if (known.length < 2) return { result: 'unknown', figures: { first: '', second: '' } };
  for (const [at, parts] of known.entries()) {
    const later = known.slice(at + 1).flat();
    for (const { text, range } of parts) {
      const other = later.find((one) => shareAddresses(range, one.range));
      if (other !== undefined) return { result: 'overlap', figures: { first: text, second: other.text } };
    }
  }
  return { result: 'apart', figures: { first: '', second: '' } };
}
