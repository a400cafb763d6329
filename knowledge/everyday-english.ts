import { isFormOf } from './common-inflections';
import { readCommonWords } from './common-words';
import { buildNearestWords, type NearWord } from './nearest-words';

/** An everyday word near to what was typed. */
export interface NearEnglish extends NearWord {
  readonly isFrequent: boolean;
}

/** English as everybody uses it, whatever the topic. */
export interface EverydayEnglish {
  /** Whether a word in lower case belongs to it, in any regular form. */
  isKnown(word: string): boolean;
  /** Its base words of four letters or more that begin with one of these letters and are near what was typed. */
  nearest(typed: string, maxEdits: number, initials: ReadonlySet<string>): NearEnglish[];
}

/** Builds {@link EverydayEnglish} at no cost: the words with an initial are read when they are first needed, in a few milliseconds. */
export function buildEverydayEnglish(): EverydayEnglish {
  /** By initial, each word, and whether it is frequent. */
  const wordsOf = buildOnce((initial) => {
    return new Map(readCommonWords(initial).map(({ word, isFrequent }) => [word, isFrequent]));
  });
  const nearestOf = buildOnce((initial) => {
    return buildNearestWords([...wordsOf(initial).keys()].filter((word) => word.length >= 4));
  });

  return {
    isKnown(word) {
      if (!/^[a-z]+$/.test(word)) return false;
      const words = wordsOf(word[0]!);
      return isFormOf(word, (base) => words.has(base));
    },
    nearest: (typed, maxEdits, initials) =>
      [...initials].flatMap((initial) =>
        nearestOf(initial)(typed, maxEdits).map((near) => ({
          ...near,
          isFrequent: wordsOf(initial).get(near.word) === true,
        })),
      ),
  };
}

/** The same function, which remembers its results: one for each letter from a to z, no more. */
function buildOnce<T>(build: (initial: string) => T): (initial: string) => T {
  const built = new Map<string, T>();
  return (initial) => {
    const had = built.get(initial);
    if (had !== undefined) return had;
    const made = build(initial);
    built.set(initial, made);
    return made;
  };
}
