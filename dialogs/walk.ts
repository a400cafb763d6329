import { longestWays } from './graph';
import type { Choice, Guide, Outcome, Question, Target } from './guide';
import type { GuideState } from './guide-state';

/** One question that was answered, and how. */
export interface Answered {
  readonly question: Question;
  readonly choice: Choice;
}

/** Where the answers lead: the way taken, and what it leads to. */
export type Position =
  | {
      readonly kind: 'question';
      readonly path: readonly Answered[];
      readonly question: Question;
      /** 1-based number of this question on the way taken. */
      readonly step: number;
      /** Number of questions of the longest way that goes through this question; never grows on the way forward. */
      readonly ofAbout: number;
    }
  | { readonly kind: 'outcome'; readonly path: readonly Answered[]; readonly outcome: Outcome };

/** What somebody in a guide does. */
export type GuideEvent =
  | { readonly kind: 'choose'; readonly question: string; readonly choice: string }
  | { readonly kind: 'back' }
  | { readonly kind: 'change'; readonly question: string }
  | { readonly kind: 'start-over' };

export type Step =
  | { readonly kind: 'moved'; readonly state: GuideState }
  /** The event does not fit where the person is: a button of an abandoned branch or of an older guide, or no way back. */
  | { readonly kind: 'stale'; readonly state: GuideState };

/** The state of somebody who has just begun. */
export function beginGuide(guide: Guide): GuideState {
  return { guide: guide.id, hash: guide.hash, answers: {} };
}

/**
 * Follows the answers from the first question to the first one without an answer, or to the outcome. Answers to questions
 * off this way, and answers that the guide does not know, do not count.
 */
export function positionOf(guide: Guide, state: GuideState): Position {
  const path: Answered[] = [];
  let target: Target = { kind: 'question', id: guide.start };
  while (target.kind === 'question') {
    const question: Question = guide.questions.get(target.id)!;
    const answer = Object.hasOwn(state.answers, question.id) ? state.answers[question.id] : undefined;
    const choice: Choice | undefined = question.choices.find(({ id }) => id === answer);
    if (choice === undefined) {
      const step = path.length + 1;
      return {
        kind: 'question',
        path,
        question,
        step,
        ofAbout: path.length + longestWays(guide).longest.get(question.id)!,
      };
    }
    path.push({ question, choice });
    target = choice.next;
  }
  return { kind: 'outcome', path, outcome: guide.outcomes.get(target.id)! };
}

/**
 * Applies one event to a state: pure, and total over all events. Choosing again in a question that lies on the way replaces its
 * answer; later answers stay and count again where the new way still asks them.
 */
export function step(guide: Guide, state: GuideState, event: GuideEvent): Step {
  const { path, ...position } = positionOf(guide, state);
  const current: GuideState = { guide: guide.id, hash: guide.hash, answers: state.answers };
  const onTheWay = (id: string): boolean => path.some(({ question }) => question.id === id);
  switch (event.kind) {
    case 'start-over':
      return { kind: 'moved', state: beginGuide(guide) };
    case 'back': {
      const last = path.at(-1);
      if (last === undefined) return { kind: 'stale', state: current };
      return { kind: 'moved', state: { ...current, answers: without(state.answers, last.question.id) } };
    }
    case 'change':
      if (!onTheWay(event.question)) return { kind: 'stale', state: current };
      return { kind: 'moved', state: { ...current, answers: without(state.answers, event.question) } };
    case 'choose': {
      const asked = position.kind === 'question' && position.question.id === event.question;
      const choice = guide.questions.get(event.question)?.choices.find(({ id }) => id === event.choice);
      if (choice === undefined || !(asked || onTheWay(event.question))) return { kind: 'stale', state: current };
      return { kind: 'moved', state: { ...current, answers: { ...state.answers, [event.question]: event.choice } } };
    }
  }
}

function without(answers: GuideState['answers'], question: string): GuideState['answers'] {
  return Object.fromEntries(Object.entries(answers).filter(([id]) => id !== question));
}
