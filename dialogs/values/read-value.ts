import ipaddr from 'ipaddr.js';
import { addressRange, shareAddresses } from './address-range';
import { asnRefusal, asnsIn } from './asn';
import { type FoundAddress, findAddresses } from './find-addresses';

/** What a question asks for: one range, one or more, one IPv4 address, or a 16-bit AS number. */
export type ValueType = 'range' | 'ranges' | 'address' | 'asn';

export const VALUE_TYPES: readonly ValueType[] = ['range', 'ranges', 'address', 'asn'];

/** The kinds of address that a question may refuse; every address is of exactly one, see {@link addressKind}. */
export type AddressKind = 'apipa' | 'private' | 'public';

/** Why a text holds no value of the wanted type. `found` is the piece at fault, at most 50 characters. */
export type ValueProblem =
  /** Nothing in the text looks like such a value. */
  | { readonly kind: 'none' }
  /** 10.0.0.256, 10.0.0, 010.0.0.1 */
  | { readonly kind: 'not-an-address'; readonly found: string }
  /** 10.0.0.0/33, /24 */
  | { readonly kind: 'not-a-range'; readonly found: string }
  /** 10.0.0.0 where a range is wanted. */
  | { readonly kind: 'no-prefix'; readonly found: string }
  /** 10.0.0.5/24: the range it lies in may be what was meant. */
  | { readonly kind: 'host-bits'; readonly found: string; readonly range: string }
  | { readonly kind: 'ipv6'; readonly found: string }
  /** 10.0.0.4/24 where one address is wanted. */
  | { readonly kind: 'has-prefix'; readonly found: string }
  /** Several where one is wanted, or more ranges than {@link MAX_RANGES}; each in normal form. */
  | { readonly kind: 'too-many'; readonly found: readonly string[] }
  | { readonly kind: 'refused'; readonly found: string; readonly as: AddressKind }
  | { readonly kind: 'asn-not-16-bit'; readonly found: string }
  | { readonly kind: 'asn-reserved'; readonly found: string; readonly by: 'azure' | 'iana' };

export type ValueReading =
  | { readonly ok: true; readonly value: string }
  | { readonly ok: false; readonly problem: ValueProblem };

/** Most ranges in one value of type `ranges`. */
export const MAX_RANGES = 20;

/**
 * The value within what a person types, in its normal form: range "10.0.0.0/24"; ranges in the order given, joined by ", ", none
 * twice; address "10.0.0.4"; asn "65010". A normal form reads as itself. The first fault of a text counts. An address
 * inside a range that is named beside it is no fault, nor is the range around an address. 10.0.0.4/32 is an address, too.
 */
export function readValue(
  type: ValueType,
  text: string,
  options: { readonly refuse?: readonly AddressKind[] } = {},
): ValueReading {
  switch (type) {
    case 'range':
      return readRanges(text, 1);
    case 'ranges':
      return readRanges(text, MAX_RANGES);
    case 'address':
      return readAddress(text, options.refuse ?? []);
    case 'asn':
      return readAsn(text);
  }
}

/** The value of this type in a text, in its normal form; `undefined` if there is none, or not just one, or a fault. */
export function valuesIn(type: ValueType, text: string): string | undefined {
  const reading = readValue(type, text);
  return reading.ok ? reading.value : undefined;
}

/**
 * What kind of address this is, in normal form: `apipa` (169.254.x.x); `private` (RFC 1918, carrier-grade NAT, loopback: none
 * can be reached from the Internet); all others `public`, those for documentation included.
 */
export function addressKind(address: string): AddressKind {
  switch (ipaddr.IPv4.parse(address).range()) {
    case 'linkLocal':
      return 'apipa';
    case 'private':
    case 'carrierGradeNat':
    case 'loopback':
      return 'private';
    default:
      return 'public';
  }
}

function readRanges(text: string, most: number): ValueReading {
  const all = findAddresses(text);
  const values = different(all.flatMap((one) => (one.kind === 'range' ? [one.value] : [])));
  const touches = touching(values);
  const isAside = (one: FoundAddress): boolean =>
    (one.kind === 'size' && values.length > 0) || (one.kind === 'address' && touches(one.value));
  for (const one of all) if (one.kind !== 'range' && !isAside(one)) return fault(rangeProblem(one));
  return joined(values, most);
}

function rangeProblem(one: Exclude<FoundAddress, { kind: 'range' }>): ValueProblem {
  if (one.kind === 'address') return { kind: 'no-prefix', found: one.value };
  if (one.kind === 'size') return { kind: 'not-a-range', found: one.found };
  return one;
}

function readAddress(text: string, refuse: readonly AddressKind[]): ValueReading {
  const all = findAddresses(text).map(hostAsAddress);
  const values = different(all.flatMap((one) => (one.kind === 'address' ? [one.value] : [])));
  const touches = touching(values);
  const isAside = (one: FoundAddress): boolean => {
    if (one.kind === 'size') return values.length > 0;
    return (one.kind === 'range' && touches(one.value)) || (one.kind === 'host-bits' && touches(one.range));
  };
  for (const one of all) if (one.kind !== 'address' && !isAside(one)) return fault(addressProblem(one));
  const reading = joined(values, 1);
  if (!reading.ok) return reading;
  const kind = addressKind(reading.value);
  return refuse.includes(kind) ? fault({ kind: 'refused', found: reading.value, as: kind }) : reading;
}

/** 10.0.0.4/32 is 10.0.0.4. What begins with 255 is a mask when it stands alone, so it stays. */
function hostAsAddress(one: FoundAddress): FoundAddress {
  const isHost = one.kind === 'range' && one.value.endsWith('/32') && !one.value.startsWith('255.');
  return isHost ? { kind: 'address', value: one.value.slice(0, -3) } : one;
}

function addressProblem(one: Exclude<FoundAddress, { kind: 'address' }>): ValueProblem {
  switch (one.kind) {
    case 'range':
      return { kind: 'has-prefix', found: one.value };
    case 'host-bits':
    case 'not-a-range':
      return { kind: 'has-prefix', found: one.found };
    case 'size':
      return { kind: 'not-an-address', found: one.found };
    default:
      return { kind: one.kind, found: one.found };
  }
}

function readAsn(text: string): ValueReading {
  const reading = joined(asnsIn(text), 1);
  if (!reading.ok) return reading;
  const found = reading.value.slice(0, 50);
  const refusal = reading.value.includes('.') ? 'not-16-bit' : asnRefusal(Number(reading.value));
  if (refusal === undefined) return reading;
  return fault(
    refusal === 'not-16-bit' ? { kind: 'asn-not-16-bit', found } : { kind: 'asn-reserved', found, by: refusal },
  );
}

/** A test whether a range or an address shares addresses with any of these values. */
function touching(values: readonly string[]): (value: string) => boolean {
  const spans = values.map(addressRange);
  return (value) => {
    const range = addressRange(value);
    return spans.some((span) => shareAddresses(span, range));
  };
}

function joined(values: readonly string[], most: number): ValueReading {
  if (values.length === 0) return fault({ kind: 'none' });
  return values.length > most ? fault({ kind: 'too-many', found: values }) : { ok: true, value: values.join(', ') };
}

function fault(problem: ValueProblem): ValueReading {
  return { ok: false, problem };
}

function different(values: readonly string[]): readonly string[] {
  return [...new Set(values)];
}
