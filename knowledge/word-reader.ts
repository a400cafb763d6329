import { MAX_WORD_LENGTH } from '../bot/foundation/edit-distance';
import { buildEverydayEnglish, type NearEnglish } from './everyday-english';
import { buildNearestWords, type NearWord } from './nearest-words';
import { stemOf } from './words';

/** Knows the words of our vocabulary and of everyday English, and reads misspelled ones. Everything is in lower case. */
export interface WordReader {
  /** How often our texts have this very word. */
  countOf(word: string): number;
  /** Whether it is a word of ours, or has the stem of one. */
  isOwn(word: string): boolean;
  /** Whether it is a word of ours or of everyday English. */
  isKnown(word: string): boolean;
  /**
   * The word of ours that an unknown word was meant to be, or two where the space between them is missing; undefined where none
   * is near enough, or two are about equally likely and mean different things.
   */
  meantBy(word: string): readonly string[] | undefined;
}

/** A way to read what was typed. */
interface Reading {
  readonly words: readonly string[];
  readonly edits: number;
  /** How unlikely it is: what the slips cost, less the frequency of the words. */
  readonly cost: number;
}

/** Shortest word that is read otherwise, in letters: a shorter one has too many neighbours. */
export const MIN_LENGTH = 4;
/** Shortest word, in letters, in which two slips are looked for. */
const MIN_LENGTH_FOR_TWO_SLIPS = 8;
/** What a slip costs beside its own price: two are hardly ever likelier than one. */
const SLIP = 1;
/** What a slip may cost in a word of the least length: no letter for a far one, and none wrong at the beginning. */
const MAX_SLIP_IN_SHORT_WORD = 1.95;
/** What a missing space costs. */
const MISSING_SPACE = 1.9;
/** How much a word that is ten times as frequent is preferred. */
const FREQUENCY_WEIGHT = 0.35;
/** What a word of everyday English costs that our own texts do not have: as much as one of ours that occurs five times, or never. */
const FREQUENT_ENGLISH = -0.25;
const OTHER_ENGLISH = 0.4;
/** Readings that differ by less are equally likely. */
const MARGIN = 0.25;
/** The unlikeliest readings that are believed: one slip, two slips, and a missing space in a word shorter than this or longer. */
const MAX_COST_OF_ONE_SLIP = 2.6;
const MAX_COST_OF_TWO_SLIPS = 3.2;
const MAX_COST_OF_TWO_WORDS = 1.8;
const MAX_COST_OF_TWO_WORDS_IF_LONG = 2.6;
const MIN_LONG_LENGTH = 7;
/** Shortest word, in letters, that is told apart into two ("todo" is one word), their shortest, and how often both must occur. */
const MIN_LENGTH_OF_TWO = 5;
const MIN_PART_LENGTH = 2;
const MIN_PART_COUNT = 3;

/**
 * Builds a {@link WordReader} of our words and how often they occur. It is quick, because what is slow happens bit by bit when
 * a word asks for it; words of other letters than a to z are left out.
 *
 * The reading is a noisy channel with hand-made prices (Kernighan, Church and Gale, 1990): the price of the slips, less what the
 * word's frequency is worth. The weights were tried on phrasings of the FAQ with random slips, and on everyday English.
 */
export function buildWordReader(vocabulary: Iterable<readonly [word: string, count: number]>): WordReader {
  const counts = new Map([...vocabulary].filter(([word]) => /^[a-z]+$/.test(word)));
  const nearestOwn = buildNearestWords([...counts.keys()].filter((word) => word.length >= MIN_LENGTH));
  const hasOwnStem = buildSharesStem(counts.keys());
  const english = buildEverydayEnglish();
  const frequency = (count: number): number => FREQUENCY_WEIGHT * Math.log10(Math.max(1, count));
  const total = frequency([...counts.values()].reduce((sum, count) => sum + count, 0));

  function meantBy(word: string): readonly string[] | undefined {
    if (word.length < MIN_LENGTH || word.length > MAX_WORD_LENGTH || !/^[a-z]+$/.test(word)) return undefined;
    const readings = [...repairsOf(word), ...splitsOf(word)];
    const best = readings.reduce<Reading | undefined>((one, other) => {
      return one === undefined || other.cost < one.cost ? other : one;
    }, undefined);
    if (best === undefined || best.cost > (best.edits > 1 ? MAX_COST_OF_TWO_SLIPS : MAX_COST_OF_ONE_SLIP))
      return undefined;
    const limit = best.cost + MARGIN;
    const meaning = meaningOf(best.words);
    const isDoubtful =
      readings.some(({ words, cost }) => cost < limit && meaningOf(words) !== meaning) ||
      nearEnglish(word, best).some((near) => {
        const cost = costOf(near) + (near.isFrequent ? FREQUENT_ENGLISH : OTHER_ENGLISH);
        return cost < limit && !counts.has(near.word) && stemOf(near.word) !== meaning;
      });
    return isDoubtful ? undefined : best.words;
  }

  function repairsOf(word: string): Reading[] {
    const isShort = word.length === MIN_LENGTH;
    return nearestOwn(word, word.length >= MIN_LENGTH_FOR_TWO_SLIPS ? 2 : 1)
      .filter((near) => !isShort || costOf(near) <= MAX_SLIP_IN_SHORT_WORD)
      .map((near) => ({
        words: [near.word],
        edits: near.edits,
        cost: costOf(near) - frequency(counts.get(near.word)!),
      }));
  }

  function splitsOf(word: string): Reading[] {
    const readings: Reading[] = [];
    if (word.length < MIN_LENGTH_OF_TWO) return readings;
    const maxCost = word.length < MIN_LONG_LENGTH ? MAX_COST_OF_TWO_WORDS : MAX_COST_OF_TWO_WORDS_IF_LONG;
    for (let at = MIN_PART_LENGTH; at <= word.length - MIN_PART_LENGTH; at++) {
      const words = [word.slice(0, at), word.slice(at)];
      const [left, right] = words.map((part) => counts.get(part) ?? 0) as [number, number];
      if (left < MIN_PART_COUNT || right < MIN_PART_COUNT) continue;
      // Two words side by side are as rare as the product of their frequencies.
      const cost = MISSING_SPACE + total - frequency(left) - frequency(right);
      if (cost <= maxCost) readings.push({ words, edits: 1, cost });
    }
    return readings;
  }

  /** Everyday words that may have been meant as well. Other beginnings than the typed one matter only where ours has another too. */
  function nearEnglish(word: string, best: Reading): NearEnglish[] {
    const initial = best.words[0]![0]!;
    const initials = initial === word[0] ? [initial] : [word[0]!, word[1]!, initial];
    return english.nearest(word, best.edits, new Set(initials));
  }

  return {
    countOf: (word) => counts.get(word) ?? 0,
    isOwn: (word) => counts.has(word) || hasOwnStem(word),
    isKnown: (word) => counts.has(word) || english.isKnown(word) || hasOwnStem(word),
    meantBy,
  };
}

function costOf(near: NearWord): number {
  return near.edits * SLIP + near.cost;
}

/** The same for forms of the same words. */
function meaningOf(words: readonly string[]): string {
  return words.map(stemOf).join(' ');
}

/**
 * Builds the test whether a word has the same Porter stem as one of some words. Stemming is slow, so only those are stemmed that
 * begin like the stem asked for: a word begins with its stem but for the last letter (`hopping` is `hop`, `policies` is `polici`,
 * `policy` too).
 */
export function buildSharesStem(words: Iterable<string>): (word: string) => boolean {
  const beginningOf = (word: string): string => word.slice(0, 2);
  const groups = new Map<string, string[]>();
  for (const word of words) {
    const group = groups.get(beginningOf(word));
    if (group === undefined) groups.set(beginningOf(word), [word]);
    else group.push(word);
  }
  return (word) => {
    const stem = stemOf(word);
    const start = stem.slice(0, -1);
    return (groups.get(beginningOf(word)) ?? []).some((other) => other.startsWith(start) && stemOf(other) === stem);
  };
}
