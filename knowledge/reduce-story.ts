import { tellingWords } from './filler';
import type { GlossaryItem } from './glossary';
import { asks, refersBack, sentencesOf } from './sentences';
import { buildTokenise } from './tokenise';
import { buildStemsOf } from './words';

/** Texts up to this many words are looked up as they are; longer ones are reduced to about as many. */
export const MAX_STORY_WORDS = 60;

/** From so many telling words on, what is asked is clear by itself. */
const CLEAR_FROM = 3;
/** Most words of the story beside a clear question. */
const MAX_BESIDE_CLEAR = 12;

/** Reduces a long story to what it asks. */
export type ReduceStory = (text: string) => string;

const TROUBLE =
  /\b(?:errors?|fail(?:s|ed|ing|ure)?|cannot|can't|cant|unable|refuse[sd]?|reject(?:s|ed)?|drop(?:s|ped|ping)?|disconnect\w*|problem|issue|not working|doesn't|does not|won't|stuck|timeouts?|times? out|want|need|trying|wonder\w*|how to|instead of)\b/i;

/**
 * Builds the function that cuts a story of more than 60 words to the sentences that ask, each with the one before it where it
 * refers back, and to the most telling of the others: those with words of the glossary, numbers, names in capitals, and words of
 * trouble. The order stays; every word is one of the story's. A shorter text is returned as it is.
 * `toStems` may be shared with others.
 */
export function buildReduceStory(glossary: readonly GlossaryItem[], toStems = buildStemsOf()): ReduceStory {
  const tokenise = buildTokenise(glossary, toStems);
  const terms = new Set(glossary.flatMap(({ term }) => tokenise(term)));
  const score = (sentence: string): number => {
    const said = new Set(tokenise(sentence).filter((token) => terms.has(token) || /\d/.test(token)));
    const names = sentence.match(/\b[A-Z]{2,}\w*/g)?.length ?? 0;
    return said.size + Math.min(2, names) / 2 + (TROUBLE.test(sentence) ? 1.5 : 0);
  };

  return (text) => {
    if (!isLong(text)) return text;
    const sentences = sentencesOf(text).map((sentence) => ({
      sentence,
      words: sentence.split(' ').length,
      says: tellingWords(sentence).length,
    }));
    const order = [...sentences.keys()];
    const asking = order.filter((index) => sentences[index]!.says > 0 && asks(sentences[index]!.sentence));
    const before = asking
      .filter((index) => index > 0 && refersBack(sentences[index]!.sentence))
      .map((index) => index - 1);
    const scores = order.map((index) => score(sentences[index]!.sentence));
    const telling = order.filter((index) => scores[index]! > 0).toSorted((a, b) => scores[b]! - scores[a]! || a - b);
    const kept = new Set<number>();
    let left = MAX_STORY_WORDS;
    const keep = (indexes: readonly number[]): void => {
      for (const index of indexes) {
        const { words } = sentences[index]!;
        if (kept.has(index) || words > left) continue;
        kept.add(index);
        left -= words;
      }
    };
    keep(asking);
    keep(before);
    // A question that says what it is about needs little more; the rest of the story would only blur it.
    const said = [...kept].reduce((sum, index) => sum + sentences[index]!.says, 0);
    if (said >= CLEAR_FROM) left = Math.min(left, MAX_BESIDE_CLEAR);
    // A story that tells nothing we know is cut short.
    keep(asking.length + telling.length === 0 ? order : telling);
    return order
      .filter((index) => kept.has(index))
      .map((index) => sentences[index]!.sentence)
      .join(' ');
  };
}

function isLong(text: string): boolean {
  let words = 0;
  for (const _ of text.matchAll(/\S+/g)) if (++words > MAX_STORY_WORDS) return true;
  return false;
}
