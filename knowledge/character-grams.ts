import { wordsOf } from './words';

const SHORTEST = 3;
const LONGEST = 5;

/**
 * The pieces of 3 to 5 characters of a text's words, word ends marked by a space (" gat", "gate", "way "): they are alike where
 * words are, in spite of endings, compounds and slips of the pen.
 */
export function characterGramsOf(text: string): string[] {
  const grams: string[] = [];
  for (const word of wordsOf(text)) {
    const marked = ` ${word} `;
    for (let length = SHORTEST; length <= LONGEST; length++) {
      for (let at = 0; at + length <= marked.length; at++) grams.push(marked.slice(at, at + length));
    }
  }
  return grams;
}
