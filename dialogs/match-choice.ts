import { plainWords } from '../bot/foundation/normalise-text';
import type { Choice, Question } from './guide';
import { ANSWERS_ALONE } from './synonyms';

/** What a typed reply means among the choices of a question. */
export type ChoiceMatch =
  | { readonly kind: 'one'; readonly choice: Choice }
  | { readonly kind: 'several'; readonly choices: readonly Choice[] }
  | { readonly kind: 'none' };

/** Longest reply, in words, in which a choice is looked for. Longer ones are stories. */
const MAX_WORDS = 15;

const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth'];
const NUMERAL_ORDINALS = ['1st', '2nd', '3rd', '4th', '5th', '6th', '7th', '8th', '9th'];
const NUMBERS = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
const BY_NUMBER = /^(?:(?:option|number|choice|answer|nr) )?(\d{1,2}|[a-z]+)(?: please)?$|^no (\d{1,2})$/;
const BY_ORDINAL = /^(?:i (?:take|choose|pick|want) )?(?:the )?(\w+)(?: (?:one|option|choice|answer))?(?: please)?$/;

/**
 * Finds the choice that a typed reply means: its label or a synonym to the letter, its number or ordinal, or a label or
 * synonym inside a short statement. Where two spellings overlap ("no" and "no idea") the longer one counts. A
 * question is never a choice unless it is one to the letter.
 */
export function matchChoice(question: Question, reply: string, isQuestion: boolean): ChoiceMatch {
  const words = plainWords(reply);
  if (words === '') return { kind: 'none' };
  const same = spelledChoice(question, reply);
  if (same !== undefined) return { kind: 'one', choice: same };
  const place = placeIn(words, question.choices.length);
  if (place !== undefined) return { kind: 'one', choice: question.choices[place]! };
  if (isQuestion || words.split(' ').length > MAX_WORDS) return { kind: 'none' };

  const found: { choice: Choice; from: number; to: number }[] = [];
  for (const choice of question.choices) {
    for (const spelling of choice.spellings) {
      if (ANSWERS_ALONE.has(spelling)) continue;
      const at = ` ${words} `.indexOf(` ${spelling} `);
      if (at >= 0) found.push({ choice, from: at, to: at + spelling.length });
    }
  }
  const length = ({ from, to }: (typeof found)[number]): number => to - from;
  const longest = found.filter(
    (one) => !found.some((other) => other.from < one.to && one.from < other.to && length(other) > length(one)),
  );
  const choices = question.choices.filter((choice) => longest.some((one) => one.choice === choice));
  if (choices.length === 1) return { kind: 'one', choice: choices[0]! };
  return choices.length === 0 ? { kind: 'none' } : { kind: 'several', choices };
}

/** The choice whose label or synonym a reply is to the letter, but for capitals and signs; `undefined` for none. */
export function spelledChoice(question: Question, reply: string): Choice | undefined {
  const words = plainWords(reply);
  return question.choices.find((choice) => words !== '' && choice.spellings.includes(words));
}

/** The 0-based place that "2", "option 2", "two", "the second one", "2nd" or "last" names among `count` choices. */
export function placeIn(words: string, count: number): number | undefined {
  const [, numeral, afterNo] = BY_NUMBER.exec(words) ?? [];
  const number = numeral ?? afterNo;
  const ordinal = BY_ORDINAL.exec(words)?.[1];
  if (ordinal === 'last') return count - 1;
  const place =
    number !== undefined && /^\d+$/.test(number)
      ? Number(number) - 1
      : Math.max(
          NUMBERS.indexOf(number ?? ''),
          ORDINALS.indexOf(ordinal ?? ''),
          NUMERAL_ORDINALS.indexOf(ordinal ?? ''),
        );
  return place >= 0 && place < count ? place : undefined;
}
