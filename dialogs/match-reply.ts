import { plainWords } from '../bot/foundation/normalise-text';
import { replyOf } from './answers';
import type { Choice, ChoiceQuestion, Question, SeveralQuestion, ValueQuestion } from './guide';
import type { Answer } from './guide-state';
import { placeIn, placesIn } from './place-in';
import { buildRepairReply, type ReplyRepair } from './repair-reply';
import { ANSWERS_ALONE } from './synonyms';
import { readNumber } from './values/read-number';
import { readValue, type ValueProblem } from './values/read-value';

/** A typed reply that answers the question. */
export interface ReplyAnswer {
  readonly kind: 'answer';
  readonly answer: Answer;
  /** Words that were read as others, because they are misspelled. */
  readonly repairs: readonly ReplyRepair[];
  /** True for a single place of a question with several choices: typing its number is pressing its button. */
  readonly isPlace?: boolean;
}

/** What a typed reply means as an answer to a question. */
export type ReplyMatch =
  | ReplyAnswer
  /** More than one choice where one is wanted. */
  | { readonly kind: 'several'; readonly choices: readonly Choice[] }
  /** Something like the value that is asked for, but none that can be taken. */
  | { readonly kind: 'problem'; readonly problem: ValueProblem }
  | { readonly kind: 'none' };

const NONE: ReplyMatch = { kind: 'none' };
const QUESTION_MARK = /[?？]/;
const CLAUSE_END = /(?<![,;:.!?\n])[,;:.!?\n]+(?:\s|$)/;
/** What stands before a word that is denied: "no macs", "not on any linux". */
const DENIED = /(?:^|\s)(?:no|not|without|except|never|nor|neither|don t|doesn t|isn t|aren t)(?: (?!\|)\S+)?\s*$/;
const ALL_BUT = /^(?:all|everything|everyone|any|anything)\b.* (?:except|but|without|apart from)(?: for| not)? (.+)$/;
/** Longest reply, in words, in which a choice is looked for. Longer ones are stories. */
const MAX_WORDS = 15;
/** A question of so many words that holds the value asked for is one in form only: "10.0.0.0/24?" */
const MAX_VALUE_WORDS = 3;
const ALL = new Set(['all', 'all of them', 'all of these', 'everything', 'all of the above', 'both', 'both of them']);

/**
 * Finds what a typed reply means: a label or synonym to the letter, a number, ordinal or letter of a place, a number or value,
 * or a label or synonym inside a short statement, small slips of the keyboard forgiven. Where two spellings overlap ("no" and
 * "no idea") the longer one counts. A question is never an answer unless it is one to the letter.
 */
export function matchReply(question: Question, reply: string, isQuestion: boolean): ReplyMatch {
  const words = plainWords(reply);
  if (words === '') return NONE;
  const same = spelledChoice(question, reply);
  // "Same region?" asks, though a statement of these words would answer; "I don't know?" and a whole label do not.
  const asks =
    isQuestion && QUESTION_MARK.test(reply) && same?.id !== 'unknown' && plainWords(same?.label ?? '') !== words;
  if (same !== undefined && !asks) {
    return answered(answerOf(question, [same]));
  }
  if (question.kind === 'value') return matchValue(question, reply, words, isQuestion);
  const exact = question.kind === 'one' ? matchPlace(question, words) : matchPlaces(question, words);
  if (exact !== undefined) {
    const isPlace = question.kind === 'several' && placeIn(words, question.choices.length) !== undefined;
    return isPlace ? { kind: 'answer', answer: exact, repairs: [], isPlace } : answered(exact);
  }
  if (isQuestion || words.split(' ').length > MAX_WORDS) return NONE;
  if (question.kind === 'one' && question.numeric) {
    const choice = choiceForNumber(question, readNumber(reply, question.unit));
    if (choice !== undefined) return answered(choice.id);
  }
  const clauses = reply.split(CLAUSE_END).map(plainWords).join(' | ');
  const found = matchWords(question, clauses);
  // One of several choices may be misspelled beside others that are not.
  if (found.kind !== 'none' && question.kind !== 'several') return found;
  const repaired = buildRepairReply(question)(clauses);
  if (found.kind !== 'none' && repaired.repairs.length === 0) return found;
  const again = repaired.repairs.length === 0 ? NONE : matchWords(question, repaired.text);
  if (again.kind === 'none') return found;
  return again.kind === 'answer' ? { ...again, repairs: repaired.repairs } : again;
}

/** The choice whose label or synonym a reply is to the letter, but for capitals and signs; `undefined` for none. */
export function spelledChoice(question: Question, reply: string): Choice | undefined {
  const words = plainWords(reply);
  return question.choices.find((choice) => words !== '' && choice.spellings.includes(words));
}

/** The choice whose numbers a number is among; `undefined` for none. */
export function choiceForNumber({ choices }: Question, number: number | undefined): Choice | undefined {
  if (number === undefined) return undefined;
  return choices.find(({ numbers }) => numbers !== undefined && numbers.from <= number && number <= numbers.to);
}

function answered(answer: Answer): ReplyMatch {
  return { kind: 'answer', answer, repairs: [] };
}

/** Choices as an answer: in a question with several, they are a list unless they are "I don't know". */
function answerOf({ kind }: Question, choices: readonly Choice[]): Answer {
  return kind === 'several' && choices[0]?.id !== 'unknown'
    ? choices.map(({ id }) => id)
    : (choices[0]?.id ?? 'unknown');
}

function matchValue(question: ValueQuestion, reply: string, words: string, isQuestion: boolean): ReplyMatch {
  const read = readValue(question.asks, reply, { refuse: question.refuse });
  if (isQuestion && words.split(' ').length > MAX_VALUE_WORDS) return NONE;
  if (read.ok) return answered(read.value);
  if (read.problem.kind !== 'none') return isQuestion ? NONE : { kind: 'problem', problem: read.problem };
  return isQuestion ? NONE : matchWords(question, words);
}

function matchPlace({ choices, numeric }: ChoiceQuestion, words: string): Answer | undefined {
  const place = placeIn(words, choices.length, numeric ? 'letters' : 'numbers');
  return place === undefined ? undefined : choices[place]!.id;
}

function matchPlaces(question: SeveralQuestion, words: string): Answer | undefined {
  const { choices } = question;
  if (ALL.has(words)) {
    return choices.filter(({ id, alone }) => id !== 'unknown' && !alone).map(({ id }) => id);
  }
  const places = placesIn(words, choices.length);
  if (places.length === 0) return undefined;
  const answer = answerOf(
    question,
    places.map((place) => choices[place]!),
  );
  return replyOf(question, answer)?.answer;
}

/** Labels and synonyms inside a statement, its clauses parted by `|`. What is denied does not count. */
function matchWords(question: Question, words: string): ReplyMatch {
  const all = question.kind === 'several' ? ALL_BUT.exec(words) : null;
  if (all !== null) return matchAllBut(question as SeveralQuestion, all[1]!);
  const found: { choice: Choice; from: number; to: number }[] = [];
  for (const choice of question.choices) {
    for (const spelling of choice.spellings) {
      if (ANSWERS_ALONE.has(spelling)) continue;
      const at = ` ${words} `.indexOf(` ${spelling} `);
      if (at >= 0 && !DENIED.test(words.slice(0, Math.max(0, at)))) {
        found.push({ choice, from: at, to: at + spelling.length });
      }
    }
  }
  const length = ({ from, to }: (typeof found)[number]): number => to - from;
  const longest = found.filter(
    (one) => !found.some((other) => other.from < one.to && one.from < other.to && length(other) > length(one)),
  );
  const choices = question.choices.filter((choice) => longest.some((one) => one.choice === choice));
  if (choices.length === 0) return NONE;
  if (choices.length === 1 || question.kind === 'several') {
    const answer = replyOf(question, answerOf(question, choices))?.answer;
    if (answer !== undefined) return answered(answer);
  }
  return { kind: 'several', choices };
}

/** "Everything except Linux". */
function matchAllBut(question: SeveralQuestion, words: string): ReplyMatch {
  const left = matchWords(question, words);
  if (left.kind !== 'answer') return NONE;
  const choices = question.choices.filter(({ id, alone }) => id !== 'unknown' && !alone && !left.answer.includes(id));
  const answer = replyOf(question, answerOf(question, choices))?.answer;
  return answer === undefined ? NONE : answered(answer);
}
