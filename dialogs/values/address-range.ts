import ipaddr from 'ipaddr.js';

/** IPv4 addresses in a row, both ends included, as unsigned 32-bit numbers. */
export interface AddressRange {
  readonly first: number;
  readonly last: number;
}

/** How one set of addresses lies to another; `covers` and `inside` are strict. */
export type Relation = 'same' | 'covers' | 'inside' | 'overlap' | 'apart';

/**
 * The single ranges and addresses of a value in its normal form ("10.0.0.0/24, 10.1.0.0/16", "10.0.0.4"), as they are written.
 */
export function partsOf(value: string): readonly string[] {
  return value.split(', ');
}

/**
 * The addresses of one range or address in its normal form; an address is a range of one.
 * @throws if the text is neither.
 */
export function addressRange(part: string): AddressRange {
  const [address, prefix] = ipaddr.IPv4.parseCIDR(part.includes('/') ? part : `${part}/32`);
  const first = address.octets.reduce((sum, octet) => sum * 256 + octet, 0);
  return { first, last: first + addressCount(prefix) - 1 };
}

/** The number of addresses of a range with this prefix length, 0 to 32. */
export function addressCount(prefix: number): number {
  return 2 ** (32 - prefix);
}

/**
 * How the first value lies to the second, each taken as the union of its ranges: "10.0.0.0/25, 10.0.0.128/25" is the same as
 * "10.0.0.0/24". `overlap` is what two lists do that merely share addresses; two single ranges never do that.
 * @throws if a value is not a list of ranges and addresses in normal form.
 */
export function relationOf(a: string, b: string): Relation {
  const left = unionOf(a);
  const right = unionOf(b);
  const covers = contains(left, right);
  const inside = contains(right, left);
  if (covers && inside) return 'same';
  if (covers) return 'covers';
  if (inside) return 'inside';
  return left.some((one) => right.some((other) => shareAddresses(one, other))) ? 'overlap' : 'apart';
}

/** Whether at least one address is in both. */
export function shareAddresses(a: AddressRange, b: AddressRange): boolean {
  return a.first <= b.last && b.first <= a.last;
}

/** The ranges of a value in order, those that touch or overlap joined to one. */
function unionOf(value: string): readonly AddressRange[] {
  const union: AddressRange[] = [];
  for (const range of partsOf(value)
    .map(addressRange)
    .sort((a, b) => a.first - b.first)) {
    const before = union.at(-1);
    if (before === undefined || range.first > before.last + 1) union.push(range);
    else union[union.length - 1] = { first: before.first, last: Math.max(before.last, range.last) };
  }
  return union;
}

/** Whether every address of one union is in the other. */
function contains(whole: readonly AddressRange[], part: readonly AddressRange[]): boolean {
  return part.every((one) => whole.some(({ first, last }) => first <= one.first && one.last <= last));
}
