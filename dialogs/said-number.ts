import { PAUSE, type SaidWord } from './said-message';

/** A value that stands in a message. */
export interface ValueAt {
  /** The word after it. */
  readonly to: number;
  readonly value: string;
}

/** Words for 2 or more that are no digits, as they are compared. */
const COUNTS: ReadonlySet<string> = new Set(
  (
    'several many multiple various numerous both few couple dozen handful hundred thousand thirteen fourteen fifteen sixteen ' +
    'seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety'
  ).split(' '),
);
const AFTER_A: ReadonlySet<string> = new Set([
  'few',
  'couple',
  'dozen',
  'handful',
  'hundred',
  'thousand',
  'lot',
  'number',
]);

/** The end of a number of 2 or more at a word ("3", "a couple of", "two or three"); the word itself for none. */
export function countEnd(words: readonly SaidWord[], at: number): number {
  const first = words[at]!.text;
  const text = (index: number): string => words[index]?.text ?? '';
  if (first === 'a' || first === 'some') {
    return AFTER_A.has(text(at + 1)) ? at + (text(at + 2) === 'of' ? 3 : 2) : at;
  }
  if (!isCount(first)) return at;
  if (['or', 'to'].includes(text(at + 1)) && isCount(text(at + 2))) return at + 3;
  return text(at + 1) === 'of' && COUNTS.has(first) ? at + 2 : at + 1;
}

function isCount(word: string): boolean {
  if (COUNTS.has(word)) return true;
  if (!/^\d{1,5}$/.test(word)) return false;
  const number = Number(word);
  // Years count nothing.
  return number >= 2 && !(number >= 1990 && number <= 2035);
}

const PLAIN_NUMBER = /^\d+(?:\.\d+)?$/;
const NUMBER_WITH_UNIT = /^\d+(?:\.\d+)?(?:[kmg]|[kmg]bps|[kmg]bits?(?:\/s)?|[kmg]b\/s)$/;
const RATE = /^(?:[kmg]|[kmg]bps|[kmg]bits?(?:\/s)?|[kmg]b(?:\/s)?|(?:kilo|mega|giga)bits?)$/;
/** Before a number they say that it is not this number but a larger one. */
const LARGER: ReadonlySet<string> = new Set(['over', 'above', 'exceed', 'exceeding', 'beyond']);
const COMPARISONS: ReadonlySet<string> = new Set(['more', 'greater', 'higher', 'larger', 'bigger']);

/** The number at a word, with its rate if it has one; `undefined` for none, or one that is only exceeded. */
export function numberAt(words: readonly SaidWord[], at: number): ValueAt | undefined {
  const { text, exact, open } = words[at]!;
  // "one" seldom counts: "the one tunnel that fails".
  if (exact === 'one') return undefined;
  const before = words[at - 1]?.text ?? '';
  if (open || LARGER.has(before) || (before === 'than' && COMPARISONS.has(words[at - 2]?.text ?? ''))) return undefined;
  if (NUMBER_WITH_UNIT.test(text)) return { to: at + 1, value: text };
  if (!PLAIN_NUMBER.test(text)) return undefined;
  const next = words[at + 1];
  if (next === undefined || next.pause !== PAUSE.none || !RATE.test(next.exact)) return { to: at + 1, value: text };
  return { to: at + 2, value: `${text} ${next.exact}` };
}

/** Digits with dots or slashes at a word, without an "AS" before them; `undefined` for none. */
export function plainValueAt(words: readonly SaidWord[], at: number): ValueAt | undefined {
  const value = /^(?:as)?(\d[\d./]*)$/.exec(words[at]!.exact)?.[1];
  return value === undefined ? undefined : { to: at + 1, value };
}
