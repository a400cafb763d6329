import { tellingWords } from './filler';
import type { GlossaryItem } from './glossary';
import { asks, refersBack, sentencesOf } from './sentences';
import { buildStemsOf } from './words';

/** Texts up to this many words are looked up as they are; longer ones are reduced to about as many. */
export const MAX_STORY_WORDS = 60;

/** Reduces a long story to what it asks. */
export type ReduceStory = (text: string) => string;

const TROUBLE =
  /\b(?:errors?|fail(?:s|ed|ing|ure)?|cannot|can't|cant|unable|refuse[sd]?|reject(?:s|ed)?|drop(?:s|ped|ping)?|disconnect\w*|problem|issue|not working|doesn't|does not|won't|stuck|timeouts?|times? out|want|need|trying|wonder\w*|how to|instead of)\b/i;

/**
 * Builds the function that cuts a story of more than 60 words to the sentences that ask, each with the one before it where it
 * refers back, and to the most telling of the others: those with words of the glossary, numbers, names in capitals, and words of
 * trouble. The order stays; every word is one of the story's. A shorter text is returned as it is.
 */
export function buildReduceStory(glossary: readonly GlossaryItem[]): ReduceStory {
  const toStems = buildStemsOf();
  const known = new Set(glossary.flatMap(({ term, aliases }) => [term, ...aliases].flatMap(toStems)));
  const score = (sentence: string): number => {
    const words = tellingWords(sentence);
    const terms = new Set(words.flatMap(toStems).filter((stem) => known.has(stem) || /\d/.test(stem)));
    const names = sentence.match(/\b[A-Z]{2,}\w*/g)?.length ?? 0;
    return terms.size + Math.min(2, names) / 2 + (TROUBLE.test(sentence) ? 1.5 : 0) - words.length / 100;
  };

  return (text) => {
    if (!isLong(text)) return text;
    const sentences = sentencesOf(text).map((sentence) => ({ sentence, words: sentence.split(' ').length }));
    const order = [...sentences.keys()];
    const asking = order.filter((index) => asks(sentences[index]!.sentence) && saysSomething(index));
    const before = asking
      .filter((index) => index > 0 && refersBack(sentences[index]!.sentence))
      .map((index) => index - 1);
    const scores = new Map(order.map((index) => [index, score(sentences[index]!.sentence)]));
    const telling = order
      .filter((index) => scores.get(index)! > 0)
      .toSorted((a, b) => scores.get(b)! - scores.get(a)! || a - b);
    // A story that tells nothing we know is cut short.
    const all = asking.length + telling.length === 0 ? order : telling;
    const kept = new Set<number>();
    let left = MAX_STORY_WORDS;
    for (const index of [...asking, ...before, ...all]) {
      if (kept.has(index) || sentences[index]!.words > left) continue;
      kept.add(index);
      left -= sentences[index]!.words;
    }
    return order
      .filter((index) => kept.has(index))
      .map((index) => sentences[index]!.sentence)
      .join(' ');

    function saysSomething(index: number): boolean {
      return tellingWords(sentences[index]!.sentence).length > 0;
    }
  };
}

function isLong(text: string): boolean {
  let words = 0;
  for (const _ of text.matchAll(/\S+/g)) if (++words > MAX_STORY_WORDS) return true;
  return false;
}
