import type { Entry } from './entry';
import type { Rank } from './rank';
import type { RepairSpelling } from './spelling';
import type { Tokenise } from './tokenise';
import type { RankingWeights } from './trained-model';
import { stemOf, wordsOf } from './words';

/**
 * Finds entries for a question that is still being typed: their ids, best first, at most `limit`. The last word may be the beginning
 * of one, unless a space follows it. Any text at all is taken as plain words; no words, or none that an entry has, find nothing.
 */
export type SearchEntries = (typed: string, limit: number) => readonly string[];

export interface SearchParts {
  readonly entries: readonly Entry[];
  readonly tokenise: Tokenise;
  readonly repair: RepairSpelling;
  readonly rank: Rank;
  /** Those of a ranking by words alone. */
  readonly weights: RankingWeights;
}

/** The beginning of a word is read as at most so many words, the commonest. */
const MAX_COMPLETIONS = 4;
/** Beside other words, a beginning that is shorter tells nothing. */
const MIN_BEGINNING = 2;
/** So many documents are looked at: guides and topics that are not covered stand between the entries. */
const MAX_RANKED = 60;
/** What the ranking gives to a sure hit is about one; these are put on top of it. */
const TITLE = { same: 3, begins: 1, words: 0.5 } as const;
/** Share of the words that a title needs to be found by its title alone. */
const MIN_TITLE_SHARE = 0.5;

/** A title as it is compared. */
interface Title {
  readonly id: string;
  readonly text: string;
  readonly words: readonly string[];
  readonly stems: ReadonlySet<string>;
}

/**
 * Builds the search that a list follows at each key press: the ranking by words alone, led by titles that begin with what was
 * typed. Its word list is made for the first search, because most bots that start are never searched.
 */
export function buildSearchEntries({ entries, tokenise, repair, rank, weights }: SearchParts): SearchEntries {
  let built: { readonly titles: readonly Title[]; readonly complete: Complete } | undefined;

  return (typed, limit) => {
    if (limit < 1) return [];
    built ??= { titles: entries.map(titleOf), complete: buildComplete(entries) };
    const { words, isOpen } = read(typed, built.complete);
    if (words.length === 0) return [];
    const scores = new Map<string, number>();
    for (const { kind, id, score } of rank(asked(words, isOpen, built.complete), weights, MAX_RANKED)) {
      if (kind === 'entry') scores.set(id, score);
    }
    addTitles(scores, built.titles, { text: words.join(' '), words, isOpen });
    return [...scores]
      .sort(([, one], [, other]) => other - one)
      .slice(0, limit)
      .map(([id]) => id);
  };

  /** The words with their misspellings put right, and whether the last may go on: what begins a word is no misspelling yet. */
  function read(typed: string, complete: Complete): { readonly words: readonly string[]; readonly isOpen: boolean } {
    const words = wordsOf(typed);
    const last = words.at(-1);
    if (last === undefined) return { words, isOpen: false };
    const isOpen = !/[\s\p{P}]$/u.test(typed) && complete.wordsFrom(last).length > 0;
    const whole = (isOpen ? words.slice(0, -1) : words).join(' ');
    const repaired = wordsOf(repair(whole).text);
    return { words: isOpen ? [...repaired, last] : repaired, isOpen };
  }

  function asked(words: readonly string[], isOpen: boolean, complete: Complete): Parameters<Rank>[0] {
    const whole = words.join(' ');
    const last = words.at(-1)!;
    const before = words.slice(0, -1).join(' ');
    const isBeginning = isOpen && !complete.isWord(last);
    if (!isBeginning) return { tokens: tokenise(whole), text: whole, semantics: undefined };
    const known = tokenise(before);
    const completions = known.length > 0 && last.length < MIN_BEGINNING ? [] : complete.wordsFrom(last);
    // Read with what stands before them: the end of "site to si" is that of a name.
    const tokens = completions.flatMap((completion) => tokenise(`${before} ${completion}`));
    const all = [...new Set([...known, ...tokens])];
    return { tokens: all, text: `${before} ${completions[0] ?? last}`.trim(), semantics: undefined };
  }

  function addTitles(
    scores: Map<string, number>,
    titles: readonly Title[],
    { text, words, isOpen }: { readonly text: string; readonly words: readonly string[]; readonly isOpen: boolean },
  ): void {
    const telling = words.filter((word) => tokenise(word).length > 0);
    const counted = new Set(telling.length > 0 ? telling : words);
    const stems = Array.from(counted, stemOf);
    const beginning = isOpen && counted.has(words.at(-1)!) ? words.at(-1)! : undefined;
    for (const title of titles) {
      let found = stems.filter((stem) => title.stems.has(stem)).length;
      if (beginning !== undefined && !title.stems.has(stemOf(beginning))) {
        if (title.words.some((word) => word.startsWith(beginning))) found += 1;
      }
      const share = found / stems.length;
      const begins = isOpen ? title.text.startsWith(text) : `${title.text} `.startsWith(`${text} `);
      const had = scores.get(title.id);
      if (had === undefined && share < MIN_TITLE_SHARE) continue;
      const extra = TITLE.words * share + (title.text === text ? TITLE.same : begins ? TITLE.begins : 0);
      if (extra > 0) scores.set(title.id, (had ?? 0) + extra);
    }
  }
}

/** Knows the words of the entries. */
interface Complete {
  isWord(word: string): boolean;
  /** The commonest words that begin with `beginning`, at most {@link MAX_COMPLETIONS}. */
  wordsFrom(beginning: string): readonly string[];
}

function buildComplete(entries: readonly Entry[]): Complete {
  const counts = new Map<string, number>();
  for (const { title, phrasings, body } of entries) {
    // Once an entry: a word that one answer repeats is not common.
    for (const word of new Set([title, ...phrasings, body].flatMap(wordsOf))) {
      counts.set(word, (counts.get(word) ?? 0) + 1);
    }
  }
  const common = [...counts].sort(([, one], [, other]) => other - one).map(([word]) => word);
  return {
    isWord: (word) => counts.has(word),
    wordsFrom(beginning) {
      const found: string[] = [];
      for (const word of common) {
        if (found.length === MAX_COMPLETIONS) break;
        if (word.startsWith(beginning)) found.push(word);
      }
      return found;
    },
  };
}

function titleOf({ id, title }: Entry): Title {
  const words = wordsOf(title);
  return { id, text: words.join(' '), words, stems: new Set(words.map(stemOf)) };
}
