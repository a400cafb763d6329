import { MAX_TEXT_LENGTH, normaliseText } from '../bot/foundation/normalise-text';

/** One word of a message. */
export interface SaidWord {
  /** As it is compared: singular, small numbers as digits. */
  readonly text: string;
  /** As it was typed, in lower case and without apostrophes: a plural stays one. */
  readonly exact: string;
  /** What stands between it and the word before. */
  readonly pause: Pause;
  /** Whether a slash joins it to the word before ("macs/laptops"). */
  readonly slash: boolean;
  /** Whether a `+` follows or a `>` precedes it: a number that is only the least. */
  readonly open: boolean;
}

/**
 * How much the speech halts before a word; a clause ends at everything but `none`. `clause` is a comma, bracket or dash, "but" or
 * "and then"; `sentence` is the end of a sentence or a line.
 */
export const PAUSE = { none: 0, colon: 1, clause: 2, sentence: 3 } as const;
export type Pause = (typeof PAUSE)[keyof typeof PAUSE];

/** A message made ready once, so that many phrases can be looked for in it. */
export interface SaidMessage {
  readonly words: readonly SaidWord[];
  /** The places of each compared word. */
  readonly places: ReadonlyMap<string, readonly number[]>;
}

const WORD = /[\p{L}\p{N}]+(?:['./][\p{L}\p{N}]+)*/gu;
/** A slash between words, not the one in `10.0.0.0/16`, `mbit/s` or `w/o`. */
const JOINING_SLASH = /(?<=[\p{L}\p{N}]{2})\/(?=\p{L}[\p{L}\p{N}])/gu;
const THOUSANDS = /(?<![\d./]\d{0,3})(\d{1,3}),(?=\d{3}(?!\d|[./]\d))/g;
const SPACED_PREFIX = /(\d(?:\.\d{1,3}){3}) ?\/ ?(?=\d{1,2}(?!\d))/g;

/**
 * Splits a message into words, as `plainWords` does, and notes what stands between them. A message longer than
 * `MAX_TEXT_LENGTH` is cut. Text without words gives none. Never throws.
 */
export function readMessage(text: string): SaidMessage {
  const whole = normaliseText(text.slice(0, MAX_TEXT_LENGTH).replace(/[\n\r\u2028\u2029]+/g, ' ; '))
    .replace(THOUSANDS, '$1')
    .replace(SPACED_PREFIX, '$1/')
    .replace(JOINING_SLASH, ' / ');
  const words: SaidWord[] = [];
  const places = new Map<string, number[]>();
  let end = 0;
  for (const found of whole.matchAll(WORD)) {
    const between = whole.slice(end, found.index);
    end = found.index + found[0].length;
    const exact = found[0].replace(/'s$/, '').replaceAll("'", '');
    const before = words.at(-1)?.exact;
    const word = {
      text: foldWord(exact),
      exact,
      pause: words.length === 0 ? PAUSE.sentence : pauseOf(between, before, exact),
      slash: between.includes('/'),
      open: between.endsWith('>') || between.endsWith('> ') || whole[end] === '+',
    };
    const place = places.get(word.text);
    if (place) place.push(words.length);
    else places.set(word.text, [words.length]);
    words.push(word);
  }
  return { words, places };
}

function pauseOf(between: string, before: string | undefined, word: string): Pause {
  if (between !== ' ' && between !== '-') {
    // "vs." ends no sentence.
    if (/[;!?。]/.test(between) || (between.includes('.') && before !== 'vs')) return PAUSE.sentence;
    if (/[,()[\]]| -|- /.test(between)) return PAUSE.clause;
    if (between.includes(':')) return PAUSE.colon;
  }
  return word === 'but' || (word === 'then' && before === 'and') ? PAUSE.clause : PAUSE.none;
}

const NUMBERS: ReadonlyMap<string, string> = new Map(
  ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'].map(
    (word, index) => [word, String(index + 1)],
  ),
);
/** Words that end in `s` and are no plural; without it they would be others. */
const NO_PLURALS: ReadonlySet<string> = new Set(['dns', 'ios', 'aws', 'https', 'tls', 'has', 'was', 'yes']);
const OTHER_PLURALS: ReadonlyMap<string, string> = new Map([
  ['campuses', 'campus'],
  ['people', 'person'],
]);

/** A word as it is compared: singular where it looks like a plural ("branches" is "branch"), "three" as "3". */
export function foldWord(word: string): string {
  const number = NUMBERS.get(word) ?? OTHER_PLURALS.get(word);
  if (number !== undefined) return number;
  if (word.length < 3 || !/\p{L}s$/u.test(word) || /[sui]s$/.test(word) || NO_PLURALS.has(word)) return word;
  if (word.endsWith('ies') && word.length > 4) return `${word.slice(0, -3)}y`;
  return /(?:ch|sh|ss|x|z)es$/.test(word) ? word.slice(0, -2) : word.slice(0, -1);
}
