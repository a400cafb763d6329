import { isFormOf } from './common-inflections';
import { readCommonWords } from './common-words';
import { buildNearestWords, type NearestWords, type NearWord } from './nearest-words';

/** English as everybody uses it, whatever the topic. */
export interface EverydayEnglish {
  /** Whether a word in lower case belongs to it, in any regular form. */
  isKnown(word: string): boolean;
  /** Its base words of four letters or more that begin with one of these letters and are near what was typed. */
  nearest(
    typed: string,
    maxEdits: number,
    initials: ReadonlySet<string>,
  ): { readonly frequent: readonly NearWord[]; readonly other: readonly NearWord[] };
}

/** The words with one initial. */
interface Page {
  readonly words: ReadonlySet<string>;
  readonly frequent: NearestWords;
  readonly other: NearestWords;
}

/** Builds {@link EverydayEnglish} at no cost: the words with an initial are read when they are first needed, in some milliseconds. */
export function buildEverydayEnglish(): EverydayEnglish {
  const pages = new Map<string, Page>();

  function pageOf(initial: string): Page {
    let page = pages.get(initial);
    if (page === undefined) {
      const words = readCommonWords(initial);
      const longer = words.filter(({ word }) => word.length >= 4);
      page = {
        words: new Set(words.map(({ word }) => word)),
        frequent: buildNearestWords(longer.filter(({ isFrequent }) => isFrequent).map(({ word }) => word)),
        other: buildNearestWords(longer.filter(({ isFrequent }) => !isFrequent).map(({ word }) => word)),
      };
      pages.set(initial, page);
    }
    return page;
  }

  return {
    isKnown(word) {
      if (!/^[a-z]+$/.test(word)) return false;
      const { words } = pageOf(word[0]!);
      return isFormOf(word, (base) => words.has(base));
    },
    nearest(typed, maxEdits, initials) {
      const asked = [...initials].map(pageOf);
      return {
        frequent: asked.flatMap((page) => page.frequent(typed, maxEdits)),
        other: asked.flatMap((page) => page.other(typed, maxEdits)),
      };
    },
  };
}
