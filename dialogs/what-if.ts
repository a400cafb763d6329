import { plainWords } from '../bot/foundation/normalise-text';
import { replyOf } from './answers';
import type { Guide, Question } from './guide';
import type { Answer, GuideState } from './guide-state';
import { matchReply, spelledChoice } from './match-reply';
import { type Answered, type Position, positionOf } from './walk';

/** One answer given otherwise, and where that would lead. */
export interface Alternative {
  readonly question: Question;
  readonly answer: Answer;
  readonly label: string;
  readonly position: Position;
}

/** What a "what if" asks. */
export interface WhatIf {
  /** The words of the other answer; empty where none is named. */
  readonly words: string;
  /** True where it says that it is about an answer: "if I had said", "if I take". */
  readonly explicit: boolean;
}

const ASKS = /^(?:and |but |so |ok |okay )*(?:what|how about)(?: would happen| would it be| happens)? if\b ?(.*)$/;
const ANSWERING =
  /^(?:i|we) (?:had |would have |have )?(?:said|say|answered|answer|chose|choose|chosen|picked|pick|took|take|taken|typed|type)\b ?/;
const STATING = /^(?:(?:i|we|it|there) (?:had |have |has |was |were |is |are )?)/;

/** Reads "what if I had said no?", "what if it were two sites?" and "what if?"; `undefined` for any other text. */
export function askedWhatIf(text: string): WhatIf | undefined {
  const rest = ASKS.exec(plainWords(text))?.[1];
  if (rest === undefined) return undefined;
  const explicit = rest === '' || ANSWERING.test(rest);
  return { words: rest.replace(explicit ? ANSWERING : STATING, ''), explicit };
}

/**
 * The answer on the way that the words would replace: the last question one of whose choices they are to the letter, else the last
 * in whose choices they are found, other than the one that was given. `known` are answers that the words give by themselves ("40 sites"), and count
 * before all others. `undefined` where they are found in none.
 */
export function alternativeSaid(
  guide: Guide,
  state: GuideState,
  words: string,
  known: Readonly<Record<string, Answer>> = {},
): Alternative | undefined {
  const { path } = positionOf(guide, state);
  const told = path.findLast(({ question: { id }, answer }) => id in known && `${known[id]}` !== `${answer}`);
  if (told !== undefined) return alternative(guide, state, told, known[told.question.id]!);
  const exact = path.filter(({ question }) => spelledChoice(question, words) !== undefined);
  for (const answered of [...exact.toReversed(), ...path.toReversed()]) {
    const match = matchReply(answered.question, words, false);
    if (match.kind !== 'answer' || JSON.stringify(match.answer) === JSON.stringify(answered.answer)) continue;
    return alternative(guide, state, answered, match.answer);
  }
  return undefined;
}

/** Every single other choice, "I don't know" left out, that would lead to other advice, in the order of the way. */
export function alternativesOf(guide: Guide, state: GuideState): Alternative[] {
  const here = positionOf(guide, state);
  return here.path.flatMap((answered) => {
    if (answered.question.kind !== 'one') return [];
    return answered.question.choices
      .filter(({ id }) => id !== 'unknown' && id !== answered.answer)
      .flatMap(({ id }) => alternative(guide, state, answered, id) ?? [])
      .filter(({ position }) => endOf(position) !== endOf(here));
  });
}

function alternative(guide: Guide, state: GuideState, { question }: Answered, answer: Answer): Alternative | undefined {
  const reply = replyOf(question, answer);
  if (reply === undefined) return undefined;
  const position = positionOf(guide, { ...state, answers: { ...state.answers, [question.id]: reply.answer } });
  return { question, answer: reply.answer, label: reply.label, position };
}

/** What a position comes to, to tell whether two differ. */
export function endOf(position: Position): string {
  switch (position.kind) {
    case 'question':
      return `question ${position.question.id}`;
    case 'outcome':
      return `outcome ${position.outcome.id}`;
    case 'handover':
      return `guide ${position.guide}`;
  }
}
