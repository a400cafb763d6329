import type { NumberedTokens, UtteranceIndex } from './utterance-index';
import { wordsOf } from './words';

const SHORTEST = 3;
const LONGEST = 5;

/** Most words whose pieces {@link buildNumberGrams} remembers: more than the vocabulary of an FAQ, in some megabytes. */
const MAX_REMEMBERED_WORDS = 5_000;
/** Most characters of a word that is remembered. */
const LONGEST_REMEMBERED = 20;

/**
 * The pieces of 3 to 5 characters of a text's words, word ends marked by a space (" gat", "gate", "way "): they are alike where
 * words are, in spite of endings, compounds and slips of the pen.
 */
export function characterGramsOf(text: string): string[] {
  return wordsOf(text).flatMap(gramsOfWord);
}

/**
 * The {@link characterGramsOf} of words, as an index of them knows them: a list for each word. It remembers the lists of words it
 * has seen, because looking their pieces up takes most of the time of a query. Once it remembers enough it learns no more, so that
 * nobody's typing can fill the memory.
 */
export function buildNumberGrams(
  index: Pick<UtteranceIndex, 'number'>,
): (words: readonly string[]) => readonly NumberedTokens[] {
  const remembered = new Map<string, NumberedTokens>();
  return (words) =>
    words.map((word) => {
      const had = remembered.get(word);
      if (had !== undefined) return had;
      const numbered = index.number(gramsOfWord(word));
      if (remembered.size < MAX_REMEMBERED_WORDS && word.length <= LONGEST_REMEMBERED) remembered.set(word, numbered);
      return numbered;
    });
}

function gramsOfWord(word: string): string[] {
  const grams: string[] = [];
  const marked = ` ${word} `;
  for (let length = SHORTEST; length <= LONGEST; length++) {
    for (let at = 0; at + length <= marked.length; at++) grams.push(marked.slice(at, at + length));
  }
  return grams;
}
