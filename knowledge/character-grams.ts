import { wordsOf } from './words';

const SHORTEST = 3;
const LONGEST = 5;

/** Most words whose pieces {@link buildGramsOf} remembers: more than the vocabulary of an FAQ, in some megabytes. */
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
 * A {@link characterGramsOf} that remembers the pieces of words it has seen. Once it remembers enough it learns no more, so that
 * nobody's typing can fill the memory.
 */
export function buildGramsOf(): (text: string) => string[] {
  const remembered = new Map<string, readonly string[]>();
  return (text) => {
    const grams: string[] = [];
    for (const word of wordsOf(text)) {
      let own = remembered.get(word);
      if (own === undefined) {
        own = gramsOfWord(word);
        if (remembered.size < MAX_REMEMBERED_WORDS && word.length <= LONGEST_REMEMBERED) remembered.set(word, own);
      }
      for (const gram of own) grams.push(gram);
    }
    return grams;
  };
}

function gramsOfWord(word: string): string[] {
  const grams: string[] = [];
  const marked = ` ${word} `;
  for (let length = SHORTEST; length <= LONGEST; length++) {
    for (let at = 0; at + length <= marked.length; at++) grams.push(marked.slice(at, at + length));
  }
  return grams;
}
