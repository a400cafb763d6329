import { MAX_TEXT_LENGTH } from '../../bot/foundation/normalise-text';

/** Why a number cannot be the AS number of somebody's own network beside an Azure VPN gateway. */
export type AsnRefusal = 'not-16-bit' | 'azure' | 'iana';

/** The AS numbers of 16 bits that are taken, both ends included, and by whom. */
export const RESERVED_ASNS: readonly { readonly from: number; readonly to: number; readonly by: 'azure' | 'iana' }[] = [
  { from: 0, to: 0, by: 'iana' },
  { from: 8074, to: 8075, by: 'azure' },
  { from: 12076, to: 12076, by: 'azure' },
  { from: 23456, to: 23456, by: 'iana' },
  { from: 64496, to: 64511, by: 'iana' },
  { from: 65515, to: 65515, by: 'azure' },
  { from: 65517, to: 65520, by: 'azure' },
  { from: 65535, to: 65535, by: 'iana' },
];

/** The reason to refuse an AS number; `undefined` if it may be used. */
export function asnRefusal(asn: number): AsnRefusal | undefined {
  if (asn > 65_535) return 'not-16-bit';
  return RESERVED_ASNS.find(({ from, to }) => from <= asn && asn <= to)?.by;
}

const INTEGER = String.raw`\d{1,3}(?:,\d{3})+|\d+`;
// The word "as" stands before many a number ("the same as 2 others"): in small letters it must be joined to the number.
const MARK = String.raw`[aA][sS]-?(?=\d)|AS\s{1,3}(?=\d)|(?:[aA][sS][nN]|[aA][sS] [nN]umber|[aA]utonomous [sS]ystem)(?: [nN]umber)?(?: is| of)?[\s:#=-]{0,3}|AS[:#=]\s{0,3}`;
// "65 010" is not 65.
const AFTER_MARK = new RegExp(
  String.raw`(?<![\p{L}\p{N}])(?:${MARK})(?<asn>\d+\.\d+|${INTEGER})(?![\p{L}\p{N}]|[.,]\d|\s+\d)`,
  'gu',
);
const PLAIN = new RegExp(
  String.raw`(?<![\p{L}\p{N}]|[\p{L}\p{N}][./\\]|[\p{N}:]:)(?<asn>${INTEGER})(?![\p{L}\p{N}]|[.:/\\][\p{L}\p{N}]|[-\s]?bits?(?!\p{L}))`,
  'gu',
);

/**
 * The different AS numbers in a text, as typed but for commas and leading zeros: those after "AS" or "ASN"; without such, the only
 * integer. Empty if there are several integers and no "AS". "1.10", a number of 32 bits, is found after "AS" only.
 */
export function asnsIn(text: string): readonly string[] {
  const plain = text.slice(0, MAX_TEXT_LENGTH).normalize('NFKC').slice(0, MAX_TEXT_LENGTH);
  const marked = numbersAt(AFTER_MARK, plain);
  if (marked.length > 0) return marked;
  const integers = numbersAt(PLAIN, plain);
  return integers.length === 1 ? integers : [];
}

function numbersAt(pattern: RegExp, text: string): readonly string[] {
  const numbers = [...text.matchAll(pattern)].map(({ groups }) =>
    groups!.asn!.replaceAll(',', '').replace(/^0+(?=\d)/, ''),
  );
  return [...new Set(numbers)];
}
