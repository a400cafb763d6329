import { buildWordReader, MIN_LENGTH } from './word-reader';
import { wordsOf } from './words';
import { type PlacedWord, wordsInPlace } from './words-in-place';

/** A misspelling that was understood. */
export interface Repair {
  /** As it was typed. */
  readonly from: string;
  /** As it was read, in the same case. */
  readonly to: string;
}

export interface Repaired {
  /** The text with its misspellings put right, everything else as it was. */
  readonly text: string;
  /** What was put right, in the order of the text, each once. */
  readonly repairs: readonly Repair[];
}

export type RepairSpelling = (text: string) => Repaired;

/** A piece of the text and the words it is read as: one, unless spaces were missing. */
interface Read {
  readonly start: number;
  readonly end: number;
  readonly words: readonly string[];
  readonly isPlain: boolean;
  readonly followsClosely: boolean;
  readonly isChanged: boolean;
}

/** Most unknown words of a text that is looked at closely: more are no misspelled question, and cost time. */
const MAX_UNKNOWN_WORDS = 60;
/** From so many unreadable words on, where they are more than all others of their length, the text is in another language. */
const MIN_FOREIGN_WORDS = 3;
/** Fewest letters of a word that is put together of two, and how often it must occur where both of them are English. */
const MIN_JOINED_LENGTH = 5;
const MIN_JOINED_COUNT = 3;

/** How often each word stands in some texts, by the word in lower case; the addresses of links are left out. */
export function vocabularyOf(texts: Iterable<string>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) {
    // Line by line, because only the beginning of a very long text is cut into words.
    for (const line of text.split('\n')) {
      for (const word of wordsOf(line.replace(/\]\([^)\s]*\)|\bhttps?:\S+/g, ' '))) {
        counts.set(word, (counts.get(word) ?? 0) + 1);
      }
    }
  }
  return counts;
}

/**
 * Builds the repair of misspelled words by our own vocabulary: words in lower case and how often they occur.
 *
 * A word is changed only where it is known neither to us (in any form with a known stem) nor to everyday English, has four
 * letters or more, and a word of ours is one slip away (from eight letters on, two) that is clearly likelier than every other,
 * those of everyday English included: "tomorow" is not read as a word of ours because it is nearer to "tomorrow", which is none.
 * A missing or superfluous space is put right where the words are frequent with us and, as typed, not ours. What
 * `wordsInPlace` does not call plain is never changed, nor a text that is mostly in another language. Of a long text the
 * beginning is repaired and the rest passed on.
 *
 * ```
 * repair('my gatway is sloow').repairs // [{ from: 'gatway', to: 'gateway' }, { from: 'sloow', to: 'slow' }]
 * ```
 */
export function buildRepairSpelling(vocabulary: Iterable<readonly [word: string, count: number]>): RepairSpelling {
  const reader = buildWordReader(vocabulary);

  /** The word that two neighbours were meant to be. */
  function joinedOf(left: Read, right: Read): string | undefined {
    return left.isPlain && right.isPlain ? joinedWord(left.words.at(-1)!, right.words[0]!) : undefined;
  }

  function joinedWord(a: string, b: string): string | undefined {
    if (a.length + b.length < MIN_JOINED_LENGTH) return undefined;
    const joined = a + b;
    const count = reader.countOf(joined);
    if (count === 0 || (reader.isOwn(a) && reader.isOwn(b))) return undefined;
    return count >= MIN_JOINED_COUNT || !reader.isKnown(a) || !reader.isKnown(b) ? joined : undefined;
  }

  /** Whether two neighbours as they were typed make a word of ours. */
  function hasJoined(words: readonly PlacedWord[]): boolean {
    for (let at = 1; at < words.length; at++) {
      const [left, right] = [words[at - 1]!, words[at]!];
      if (!right.followsClosely || !left.isPlain || !right.isPlain) continue;
      if (joinedWord(left.word, right.word) !== undefined) return true;
    }
    return false;
  }

  return (text) => {
    const words = wordsInPlace(text);
    const known = words.map(({ word }) => reader.isKnown(word));
    const unknown = known.filter((isKnown) => !isKnown).length;
    if (unknown > MAX_UNKNOWN_WORDS) return { text, repairs: [] };
    // Most of what people type: there is nothing to put right.
    if (unknown === 0 && !hasJoined(words)) return { text, repairs: [] };

    // Field by field: spread, they would take most of the time of a repair.
    const typed = words.map(
      ({ word, start, end, isPlain, followsClosely }): Read => ({
        start,
        end,
        words: [word],
        isPlain,
        followsClosely,
        isChanged: false,
      }),
    );
    const isJoined = (left: Read | undefined, at: number): boolean =>
      left !== undefined && words[at]?.followsClosely === true && joinedOf(left, typed[at]!) !== undefined;
    const reads: Read[] = [];
    /** Adds what was read, as one with what stands before it where that makes a word of ours. */
    function push(read: Read): void {
      const last = reads.at(-1);
      const joined = last !== undefined && read.followsClosely ? joinedOf(last, read) : undefined;
      if (last === undefined || joined === undefined) {
        reads.push(read);
      } else {
        reads.pop();
        const all = [...last.words.slice(0, -1), joined, ...read.words.slice(1)];
        push({ ...last, end: read.end, words: all, isChanged: true });
      }
    }

    let foreign = 0;
    typed.forEach((asTyped, at) => {
      const { word, isPlain } = words[at]!;
      let read = asTyped;
      if (!known[at] && isPlain) {
        const meant = reader.meantBy(word);
        // What makes a word with a neighbour is not read alone, unless it is two itself ("site tosite").
        const isPart = meant?.length !== 2 && (isJoined(reads.at(-1), at) || isJoined(asTyped, at + 1));
        if (meant !== undefined && !isPart) read = { ...read, words: meant, isChanged: true };
        if (meant === undefined && !isPart && word.length >= MIN_LENGTH) foreign++;
      }
      push(read);
    });
    const long = words.filter(({ word }) => word.length >= MIN_LENGTH).length;
    const isForeign = foreign >= MIN_FOREIGN_WORDS && foreign > long - foreign;
    return isForeign ? { text, repairs: [] } : rewritten(text, reads);
  };
}

function rewritten(text: string, reads: readonly Read[]): Repaired {
  const repairs = new Map<string, Repair>();
  let result = '';
  let at = 0;
  for (const { start, end, words, isChanged } of reads) {
    if (!isChanged) continue;
    const from = text.slice(start, end);
    const to = inCaseOf(from, words.join(' '));
    repairs.set(`${from}\n${to}`, { from, to });
    result += text.slice(at, start) + to;
    at = end;
  }
  return { text: result + text.slice(at), repairs: [...repairs.values()] };
}

function inCaseOf(typed: string, meant: string): string {
  if (!/[a-z]/.test(typed)) return meant.toUpperCase();
  return /^[A-Z]/.test(typed) ? meant[0]!.toUpperCase() + meant.slice(1) : meant;
}
