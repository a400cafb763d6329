import { isDoubted, isOneOfSeveral, startsWithNegation, turnsMeaning } from './said-doubt';
import { foldWord, PAUSE, readMessage, type SaidMessage, type SaidWord } from './said-message';

export { readMessage, type SaidMessage } from './said-message';

/** A phrase of an author, compiled to be found in messages. */
export interface SaidPhrase {
  readonly text: string;
  readonly items: readonly Item[];
  /** Its longest word: where a message lacks it, nothing else need be looked at. */
  readonly anchor: string;
  /** Whether it says by itself that something is not so ("no public ip"). */
  readonly negative: boolean;
}

type Item =
  | { readonly kind: 'word'; readonly text: string; readonly exact: string | undefined }
  | { readonly kind: 'gap' }
  | { readonly kind: 'count' }
  | { readonly kind: 'value'; readonly of: 'number' | 'value' };

export type PhraseResult =
  | { readonly ok: true; readonly phrase: SaidPhrase }
  | { readonly ok: false; readonly problem: PhraseProblem };

/**
 * `empty`: no words but placeholders. `gap-at-end`: it begins or ends with `*`. `gap-twice`: two `*` in a row, or more than
 * three. `value-twice`, `value-missing`, `value-not-allowed`: `{value}` must occur once, or never.
 */
export type PhraseProblem =
  | 'empty'
  | 'gap-at-end'
  | 'gap-twice'
  | 'unknown-placeholder'
  | 'value-missing'
  | 'value-twice'
  | 'value-not-allowed';

/** A place of a message where a phrase stands. */
export interface SaidMatch {
  /** The first word, 0-based. */
  readonly from: number;
  /** The word after the last. */
  readonly to: number;
  /**
   * What `{value}` stands for, in lower case: a number without thousands separators, with its unit if it has one ("1500", "1.5 gbps",
   * "650m"; "three" is "3"), or digits with dots and slashes. `undefined` for a phrase without `{value}`.
   */
  readonly value: string | undefined;
  /** How many words the phrase names; a placeholder is one, and what `*` stands for is none. The longest phrase says most. */
  readonly length: number;
}

const MAX_GAPS = 3;
const MAX_GAP_WORDS = 2;
const PIECE = /\{[^}\s]*\}?|\*|[^\s{}*]+/g;

/**
 * Compiles a phrase: words, `{n}` (a number of 2 or more), `*` (up to two words, but no "not" and no "or"), `{value}`, and `=word` (a word that must be typed
 * exactly so, where singular and plural say different things). `{value}` must occur once with `number` (a number, perhaps with a rate) or
 * `value` (digits with dots or slashes), and never with `none`. Never throws.
 */
export function compilePhrase(text: string, { value }: { readonly value: 'number' | 'value' | 'none' }): PhraseResult {
  const items: Item[] = [];
  const words: PhraseWord[] = [];
  let values = 0;
  const refuse = (problem: PhraseProblem): PhraseResult => ({ ok: false, problem });
  for (const piece of text.match(PIECE) ?? []) {
    if (piece === '*') items.push({ kind: 'gap' });
    else if (piece === '{n}') items.push({ kind: 'count' });
    else if (piece === '{value}') {
      values++;
      if (value === 'none') return refuse('value-not-allowed');
      items.push({ kind: 'value', of: value });
    } else if (piece.startsWith('{')) return refuse('unknown-placeholder');
    else {
      for (const word of wordsOf(piece)) {
        words.push(word);
        items.push({ kind: 'word', text: word.text, exact: piece.startsWith('=') ? word.exact : undefined });
      }
    }
  }
  if (words.length === 0) return refuse('empty');
  if (items[0]!.kind === 'gap' || items.at(-1)!.kind === 'gap') return refuse('gap-at-end');
  const gaps = items.flatMap((item, index) => (item.kind === 'gap' ? [index] : []));
  if (gaps.length > MAX_GAPS || gaps.some((at) => items[at - 1]!.kind === 'gap')) return refuse('gap-twice');
  if (values > 1) return refuse('value-twice');
  if (values === 0 && value !== 'none') return refuse('value-missing');
  const anchor = words.map((word) => word.text).reduce((one, other) => (other.length > one.length ? other : one));
  const negative = items[0]!.kind === 'word' && startsWithNegation(words);
  return { ok: true, phrase: { text, items, anchor, negative } };
}

type PhraseWord = Pick<SaidWord, 'text' | 'exact'>;

/** The words in a piece of a phrase; nearly always it is one, and already as it is compared. */
function wordsOf(piece: string): readonly PhraseWord[] {
  return /^[a-z\d]+$/.test(piece) ? [{ text: foldWord(piece), exact: piece }] : readMessage(piece).words;
}

/**
 * Every place where a phrase stands in a message and is meant: not negated, not doubted and not one of several that are asked about
 * (see `said-doubt`). Matches do not overlap; `*` takes as few words as
 * possible. Never throws.
 */
export function findPhrase(phrase: SaidPhrase, message: SaidMessage): readonly SaidMatch[] {
  if (!message.places.has(phrase.anchor)) return [];
  const { items } = phrase;
  for (const item of items) if (item.kind === 'word' && !message.places.has(item.text)) return [];
  const [first] = items;
  const starts = first?.kind === 'word' ? message.places.get(first.text)! : message.words.keys();
  const length = items.filter(({ kind }) => kind !== 'gap').length;
  const matches: SaidMatch[] = [];
  for (const from of starts) {
    // "a few" is a number, and so is the "few" in it.
    if (from < (matches.at(-1)?.to ?? 0)) continue;
    const end = matchItems(items, 0, message.words, from);
    if (end === undefined) continue;
    const match = { from, to: end.to, value: end.value, length };
    if (!phrase.negative && isDoubted(message, match)) continue;
    if (!isOneOfSeveral(message, match)) matches.push(match);
  }
  return matches;
}

interface End {
  readonly to: number;
  readonly value: string | undefined;
}

/** Where the items from `index` on end if they stand at word `at`. */
function matchItems(items: readonly Item[], index: number, words: readonly SaidWord[], at: number): End | undefined {
  const item = items[index];
  if (item === undefined) return { to: at, value: undefined };
  const word = words[at];
  if (word === undefined || (index > 0 && word.pause === PAUSE.sentence)) return undefined;
  switch (item.kind) {
    case 'word':
      if (item.exact === undefined ? item.text !== word.text : item.exact !== word.exact) return undefined;
      return matchItems(items, index + 1, words, at + 1);
    case 'gap':
      for (let skipped = 0; skipped <= MAX_GAP_WORDS; skipped++) {
        if (skipped > 0 && !canSkip(words[at + skipped - 1]!, words[at + skipped])) return undefined;
        const end = matchItems(items, index + 1, words, at + skipped);
        if (end !== undefined) return end;
      }
      return undefined;
    case 'count':
      for (let to = countEnd(words, at); to > at; to--) {
        const end = matchItems(items, index + 1, words, to);
        if (end !== undefined) return end;
      }
      return undefined;
    case 'value': {
      const found = item.of === 'number' ? numberAt(words, at) : plainValueAt(words, at);
      if (found === undefined) return undefined;
      // "10.0.0.0/16 in Azure, 10.1.0.0/16 on-premises": what a comma parts from a value says nothing about it.
      const neighbours = [index > 0 ? word : undefined, index + 1 < items.length ? words[found.to] : undefined];
      if (neighbours.some((one) => one !== undefined && one.pause >= PAUSE.clause)) return undefined;
      const end = matchItems(items, index + 1, words, found.to);
      return end && { to: end.to, value: found.value };
    }
  }
}

/** Whether `*` may stand for a word: not for one that turns the meaning, and not across a comma. */
function canSkip(word: SaidWord, next: SaidWord | undefined): boolean {
  const pause = Math.max(word.pause, next?.pause ?? PAUSE.sentence);
  return pause < PAUSE.clause && !word.slash && !turnsMeaning(word.exact);
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
function countEnd(words: readonly SaidWord[], at: number): number {
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

function numberAt(words: readonly SaidWord[], at: number): End | undefined {
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

function plainValueAt(words: readonly SaidWord[], at: number): End | undefined {
  const value = /^(?:as)?(\d[\d./]*)$/.exec(words[at]!.exact)?.[1];
  return value === undefined ? undefined : { to: at + 1, value };
}
