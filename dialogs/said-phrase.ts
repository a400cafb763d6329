import { type PhraseItem, type PhraseParts, type PhrasePiece, type PhraseProblem, readPhraseText } from './phrase-text';
import { isDoubted, isOneOfSeveral, startsWithNegation, turnsMeaning } from './said-doubt';
import { PAUSE, type SaidMessage, type SaidWord } from './said-message';
import { countEnd, numberAt, plainValueAt } from './said-number';

export { PHRASE_PROBLEMS, type PhraseParts, type PhraseProblem, readPhraseParts } from './phrase-text';
export { readMessage, type SaidMessage } from './said-message';

/** A phrase of an author, compiled to be found in messages. */
export interface SaidPhrase {
  readonly text: string;
  /** Sets of words: a message must have a word of each, or nothing else need be looked at. There is at least one. */
  readonly needs: readonly (readonly string[])[];
  readonly pieces: readonly PhrasePiece[];
}

export type PhraseResult =
  | { readonly ok: true; readonly phrase: SaidPhrase }
  | { readonly ok: false; readonly problem: PhraseProblem };

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

const MAX_GAP_WORDS = 2;

/**
 * Compiles a phrase: words, `{n}` (a number of 2 or more), `*` (up to two words, but no "not" and no "or"), `(a|b c|)` (one of these, the empty one
 * for nothing), `<name>` (one of the alternatives that `parts` has for the name), `{value}`, and `=word` (a word that must be typed
 * exactly so, where singular and plural say different things). `{value}` must occur once with `number` (a number, perhaps with a rate) or
 * `value` (digits with dots or slashes), and never with `none`. Never throws.
 */
export function compilePhrase(
  text: string,
  options: { readonly value: 'number' | 'value' | 'none'; readonly parts?: PhraseParts | undefined },
): PhraseResult {
  const pieces = readPhraseText(text, options);
  if (typeof pieces === 'string') return { ok: false, problem: pieces };
  const needs = needsOf(pieces);
  return needs.length === 0 ? { ok: false, problem: 'empty' } : { ok: true, phrase: { text, needs, pieces } };
}

/** Sets of words of which every match has one each: the words themselves, and of alternatives with words the longest of each. */
function needsOf(pieces: readonly PhrasePiece[]): (readonly string[])[] {
  const needs: (readonly string[])[] = [];
  for (const piece of pieces) {
    if (piece.kind === 'word') needs.push([piece.text]);
    else if (piece.kind === 'either') {
      const words = piece.options.map(longestWord);
      if (!words.includes('')) needs.push([...new Set(words)]);
    }
  }
  return needs;
}

/** The longest word of an alternative; empty for one without words. */
function longestWord(items: readonly PhraseItem[]): string {
  let longest = '';
  for (const item of items) if (item.kind === 'word' && item.text.length > longest.length) longest = item.text;
  return longest;
}

/**
 * Every place where a phrase stands in a message and is meant: not negated, not doubted and not one of several that are asked about
 * (see `said-doubt`). Matches do not overlap; of alternatives the longest counts, and `*` takes as few words as
 * possible. What is left of a match that is not meant is none either ("or our office" is not "office"). Never throws.
 */
export function findPhrase(phrase: SaidPhrase, message: SaidMessage): readonly SaidMatch[] {
  return findWords(phrase, message).filter(
    (match) => (isNegative(message, match) || !isDoubted(message, match)) && !isOneOfSeveral(message, match),
  );
}

/** Every place where a phrase stands in a message, meant or not. Matches do not overlap. Never throws. */
export function findWords({ needs, pieces }: SaidPhrase, message: SaidMessage): readonly SaidMatch[] {
  const { words, places } = message;
  for (const need of needs) if (!hasOne(places, need)) return NO_MATCHES;
  const matches: SaidMatch[] = [];
  for (const from of startsIn(message, pieces[0]!)) {
    // "a few" is a number, and so is the "few" in it.
    if (from < (matches.at(-1)?.to ?? 0)) continue;
    const end = longestEnd(pieces, 0, { words, from }, from);
    if (end !== undefined) matches.push({ from, to: end.to, value: end.value, length: end.length });
  }
  return matches;
}

function hasOne(places: SaidMessage['places'], need: readonly string[]): boolean {
  for (const word of need) if (places.has(word)) return true;
  return false;
}

const NO_MATCHES: readonly SaidMatch[] = [];

/** Where in a message a phrase may begin with a piece, in order. */
function startsIn({ words, places }: SaidMessage, piece: PhrasePiece): Iterable<number> {
  if (piece.kind === 'word') return places.get(piece.text) ?? [];
  if (piece.kind !== 'either' || piece.others.length > 0) return words.keys();
  const starts: number[] = [];
  for (let at = 0; at < words.length; at++) if (piece.byWord.has(words[at]!.text)) starts.push(at);
  return starts;
}

/** Whether a match says by itself that something is not so ("no public ip"). */
function isNegative({ words }: SaidMessage, { from, to }: SaidMatch): boolean {
  return startsWithNegation(words.slice(from, Math.min(to, from + 2)));
}

/** The words of a message, and where in them a match begins. */
interface Begun {
  readonly words: readonly SaidWord[];
  readonly from: number;
}
interface End {
  readonly to: number;
  readonly value: string | undefined;
  readonly length: number;
}
/** Where what follows ends if it stands at a word. */
type Rest = (at: number) => End | undefined;

function longestEnd(pieces: readonly PhrasePiece[], index: number, begun: Begun, at: number): End | undefined {
  const piece = pieces[index];
  if (piece === undefined) return { to: at, value: undefined, length: 0 };
  if (piece.kind !== 'either') {
    return isElsewhere(piece, begun, at)
      ? undefined
      : itemEnd(piece, begun, at, (to) => longestEnd(pieces, index + 1, begun, to));
  }
  const options = piece.byWord.get(begun.words[at]?.text ?? '');
  if (options === undefined && piece.others.length === 0) return undefined;
  const rest: Rest = (to) => longestEnd(pieces, index + 1, begun, to);
  let best: End | undefined;
  for (const items of options ?? []) best = longer(best, optionEnd(items, 0, begun, at, rest));
  for (const items of piece.others) best = longer(best, optionEnd(items, 0, begun, at, rest));
  return best;
}

function optionEnd(items: readonly PhraseItem[], index: number, begun: Begun, at: number, rest: Rest): End | undefined {
  const item = items[index];
  if (item === undefined) return rest(at);
  if (isElsewhere(item, begun, at)) return undefined;
  return itemEnd(item, begun, at, (to) => optionEnd(items, index + 1, begun, to, rest));
}

/** Whether an item is a word and another one stands there, which is so nearly always. */
function isElsewhere(item: PhraseItem, { words }: Begun, at: number): boolean {
  return item.kind === 'word' && item.text !== words[at]?.text;
}

function itemEnd(item: PhraseItem, { words, from }: Begun, at: number, rest: Rest): End | undefined {
  const word = words[at];
  if (word === undefined || (at > from && word.pause === PAUSE.sentence)) return undefined;
  let best: End | undefined;
  switch (item.kind) {
    case 'word':
      if (item.exact !== undefined && item.exact !== word.exact) return undefined;
      return counted(rest(at + 1));
    case 'gap':
      for (let skipped = 0; skipped <= MAX_GAP_WORDS; skipped++) {
        if (skipped > 0 && !canSkip(words[at + skipped - 1]!, words[at + skipped])) break;
        best = longer(best, rest(at + skipped));
      }
      return best;
    case 'count':
      for (let to = countEnd(words, at); to > at; to--) best = longer(best, rest(to));
      return counted(best);
    case 'value': {
      const found = item.of === 'number' ? numberAt(words, at) : plainValueAt(words, at);
      const end = found && rest(found.to);
      if (end === undefined) return undefined;
      // "10.0.0.0/16 in Azure, 10.1.0.0/16 on-premises": what a comma parts from a value says nothing about it.
      const pauses = [at > from ? word.pause : PAUSE.none, end.to > found!.to ? words[found!.to]!.pause : PAUSE.none];
      return Math.max(...pauses) >= PAUSE.clause ? undefined : counted({ ...end, value: found!.value });
    }
  }
}

function longer(one: End | undefined, other: End | undefined): End | undefined {
  return one === undefined || (other !== undefined && other.length > one.length) ? other : one;
}

function counted(end: End | undefined): End | undefined {
  return end && { ...end, length: end.length + 1 };
}

/** Whether `*` may stand for a word: not for one that turns the meaning, and not across a comma. */
function canSkip(word: SaidWord, next: SaidWord | undefined): boolean {
  const pause = Math.max(word.pause, next?.pause ?? PAUSE.sentence);
  return pause < PAUSE.clause && !word.slash && !turnsMeaning(word.exact);
}
