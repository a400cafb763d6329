import { MAX_TEXT_LENGTH } from '../../bot/foundation/normalise-text';

const ONES = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
const TEENS = 'ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(' ');
const TENS = ['twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'];
const LARGE: Readonly<Record<string, number>> = { dozen: 12, hundred: 100, thousand: 1_000, million: 1_000_000 };

const NUMERALS: ReadonlyMap<string, number> = new Map([
  ...ONES.map((word, at) => [word, at + 1] as const),
  ...TEENS.map((word, at) => [word, at + 10] as const),
  ...TENS.map((word, at) => [word, at * 10 + 20] as const),
]);

const ZERO = /(?<![\p{L}\p{N}])(?:zero|none(?! of)|nil|nobody|no one)(?![\p{L}\p{N}])/giu;
/** "a gigabit" */
const ONE_UNIT = /(?<![\p{L}\p{N}])an? (?=gig)/giu;
// "two-factor", "64-bit"
const KIND = '-(?:bit|factor|step|tier|way)';
// "the one with a router" counts nothing.
const POINTING = '(?<!(?:the|this|that|which|any|each|every|other|another) )';
const BELOW_100 = `(?:(?:${TENS.join('|')})(?:[- ](?:${ONES.join('|')})(?!\\p{L}))?|${TEENS.join('|')}|${POINTING}(?:${ONES.join('|')}))`;
const BELOW_1000 = `(?:(?:${BELOW_100}|an?)[- ]hundred(?:(?: and)?[- ]${BELOW_100}(?!\\p{L}))?|${BELOW_100})`;
const IN_WORDS = new RegExp(
  String.raw`(?<![\p{L}\p{N}])(?:(?:${BELOW_1000}|an?)[- ]thousand(?:(?: and)?[- ]${BELOW_1000}(?!\p{L}))?|half a dozen|an? (?:dozen|million)|${BELOW_1000})(?![\p{L}\p{N}]|${KIND})`,
  'giu',
);

const GROUPED = String.raw`\d{1,3}(?:[,']\d{3})+(?:\.\d+)?`;
const NUMBER = new RegExp(
  String.raw`(?<![\p{L}\p{N}]|\p{N}[.,:'/\\]|::)(?<digits>${GROUPED}|\d+(?:\.\d+)?|\d+,\d{1,2})(?!\d|[.,'/\\]\d|:[\p{L}\p{N}]|${KIND})(?<word> ?\p{L}+(?:/s(?:ec)?)?)?`,
  'gu',
);
const RATE =
  /^(?:(?<letter>[kmgt])(?<after>bits?|bytes?|b)?|(?<long>kilo|mega|giga|tera)-?(?<afterLong>bits?|bytes?)|(?<short>gig|meg)s?)(?:ps|\/s(?:ec)?)?$/i;
const BITS: Readonly<Record<string, number>> = { k: 1e3, m: 1e6, g: 1e9, t: 1e12 };
const STRICT_BOUND =
  /(?:(?<!\bno |\bnot )\b(?:more|greater|higher|less|fewer|lower) than|\b(?:over|above|under|below|beyond|exceed(?:s|ing)?)|[<>])(?: (?:about|around|roughly))? ?$/;

/**
 * The one number of a reply: "about 300", "1,500", "2k", "twelve", "a dozen"; "none" is 0. Never negative. With a rate as `unit`
 * ("Mbit/s") the number is in that unit: "1.5 Gbps" is 1500, "650M" is 650; a capital B before "/s" or "ps" stands for bytes.
 * `undefined` without a number, for two different ones ("10-20"), for "more than 30" (30 itself is not meant), and for a rate
 * where no unit is given. Digits within words ("IKEv2"), addresses, dates and times are no numbers.
 */
export function readNumber(text: string, unit?: string): number | undefined {
  // Not `normaliseText`: the case of "MB/s" matters.
  const folded = text.slice(0, MAX_TEXT_LENGTH).normalize('NFKC').slice(0, MAX_TEXT_LENGTH);
  const plain = inDigits(
    folded
      .replace(/[‐‑‒–—−]/g, '-')
      .replace(/[‘’ʼ`]/g, "'")
      .replace(/\s+/g, ' '),
  );
  const base = unit === undefined ? undefined : bitsPer(unit);
  const numbers = new Set<number>();
  for (const { index, groups } of plain.matchAll(NUMBER)) {
    const { digits, word = '' } = groups!;
    const scale = scaleOf(word, base);
    if (scale === 'no number') continue;
    const value = decimalOf(digits!, base !== undefined);
    if (scale === undefined || value === undefined) return undefined;
    if (STRICT_BOUND.test(plain.slice(Math.max(0, index - 40), index).toLowerCase())) return undefined;
    numbers.add(Number((value * scale).toPrecision(12)));
  }
  const [only] = numbers;
  return numbers.size === 1 && Number.isSafeInteger(Math.round(only!)) ? only : undefined;
}

/** The text with digits for number words. */
function inDigits(text: string): string {
  return text
    .replace(ZERO, '0')
    .replace(ONE_UNIT, '1 ')
    .replace(IN_WORDS, (words) => String(numberOf(words.toLowerCase())));
}

function numberOf(words: string): number {
  if (words === 'half a dozen') return 6;
  let total = 0;
  let part = 0;
  for (const word of words.split(/[- ]/)) {
    const large = LARGE[word];
    if (word === 'a' || word === 'an') part = 1;
    else if (large === 100) part *= 100;
    else if (large !== undefined) {
      total += part * large;
      part = 0;
    } else part += NUMERALS.get(word) ?? 0;
  }
  return total + part;
}

/** How many of the wanted unit one stands for; `undefined` for another quantity. "no number": "3rd" is a word. */
function scaleOf(word: string, base: number | undefined): number | undefined | 'no number' {
  const name = word.trim();
  const isJoined = name === word;
  if (name === '') return 1;
  const lower = name.toLowerCase();
  if (lower === 'k') return 1_000;
  if (Object.hasOwn(LARGE, lower)) return LARGE[lower];
  const rate = bitsPer(name);
  if (rate === undefined || (!isJoined && name.length === 1 && base === undefined)) return isJoined ? 'no number' : 1;
  if (base !== undefined) return rate / base;
  return lower === 'm' ? 1_000_000 : undefined;
}

/** The bits (per second) in one of a unit such as "Mbit/s", "gig" or "MB/s"; `undefined` for other words. */
function bitsPer(unit: string): number | undefined {
  const { letter, after, long, afterLong, short } = RATE.exec(unit)?.groups ?? {};
  const prefix = (letter ?? long ?? short)?.[0]?.toLowerCase();
  if (prefix === undefined) return undefined;
  const isBytes = /^byte/i.test(after ?? afterLong ?? '') || (after === 'B' && /(?:ps|\/s(?:ec)?)$/i.test(unit));
  return BITS[prefix]! * (isBytes ? 8 : 1);
}

/** A comma before one or two digits is a decimal comma in a rate; "1.500" of something that is counted may be 1500. */
function decimalOf(digits: string, isRate: boolean): number | undefined {
  if (/^\d+,\d{1,2}$/.test(digits)) return isRate ? Number(digits.replace(',', '.')) : undefined;
  if (!isRate && /^\d{1,3}\.\d{3}$/.test(digits)) return undefined;
  return Number(digits.replace(/[,']/g, ''));
}
