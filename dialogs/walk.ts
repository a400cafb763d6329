import { type Reply, replyOf } from './answers';
import { decideNext, type GivenAnswer, givenAnswer } from './decision';
import type { Consequence, Guide, Outcome, Question, Target } from './guide';
import type { Answer, GuideState, KnownFacts } from './guide-state';

/** One question that was answered, and how. */
export interface Answered extends Reply {
  readonly question: Question;
  /** True where the answer was taken from what was said before, and not given to this question. */
  readonly assumed: boolean;
}

interface Way {
  /** The questions answered on the way, in order. */
  readonly path: readonly Answered[];
  /** What the answers and decisions on the way brought with them, in order. */
  readonly grounds: readonly Consequence[];
  /** What placeholders stand for: labels and values by question, figures by check and name. What is not known is left out. */
  readonly values: ReadonlyMap<string, string>;
}

/** Where the answers lead: the way taken, and what it leads to. */
export type Position = Way &
  (
    | {
        readonly kind: 'question';
        readonly question: Question;
        /** 1-based number of this question among those that were really asked. */
        readonly step: number;
        /** Number of questions of the longest way that goes through this question; never grows on the way forward. */
        readonly ofAbout: number;
      }
    | { readonly kind: 'outcome'; readonly outcome: Outcome }
    /** Another guide goes on from here. */
    | { readonly kind: 'handover'; readonly guide: string }
  );

/** What somebody in a guide does. */
export type GuideEvent =
  | { readonly kind: 'answer'; readonly question: string; readonly answer: Answer }
  | { readonly kind: 'pick' | 'unpick'; readonly question: string; readonly choice: string }
  /** What is picked is all. */
  | { readonly kind: 'done'; readonly question: string }
  | { readonly kind: 'back' }
  | { readonly kind: 'change'; readonly question: string }
  /** Everything that was assumed is to be asked. */
  | { readonly kind: 'take-back' }
  | { readonly kind: 'tick' | 'untick'; readonly item: string }
  | { readonly kind: 'start-over' };

export type Step =
  | { readonly kind: 'moved'; readonly state: GuideState }
  /** Back from the first question of a guide that another handed over to: the state of that other guide, as it was left. */
  | { readonly kind: 'returned'; readonly state: GuideState }
  /** The event does not fit where the person is: a button of an abandoned branch or of an older guide, or no way back. */
  | { readonly kind: 'stale'; readonly state: GuideState };

/** What is known before the first question is asked. */
export interface Opening {
  readonly answers: Readonly<Record<string, Answer>>;
  readonly facts: KnownFacts;
  readonly from?: GuideState | undefined;
}

/** The state of somebody who has just begun; what is known already counts as assumed. */
export function beginGuide(guide: Guide, { answers, facts, from }: Opening = { answers: {}, facts: {} }): GuideState {
  const state = {
    guide: guide.id,
    hash: guide.hash,
    answers,
    assumed: Object.keys(answers),
    facts,
    picked: [],
    ticked: [],
  };
  return from === undefined ? state : { ...state, from };
}

/** Where states led that somebody still holds: a turn asks for the same one many times over. */
const walked = new WeakMap<Guide, WeakMap<GuideState, Position>>();

/**
 * Follows the answers from the first question to the first one without an answer, or to the end. Answers to questions
 * off this way, and answers that the guide does not know, do not count. One and the same position for one and the same state.
 */
export function positionOf(guide: Guide, state: GuideState): Position {
  const known = walked.get(guide) ?? new WeakMap<GuideState, Position>();
  const position = known.get(state) ?? walk(guide, state);
  walked.set(guide, known.set(state, position));
  return position;
}

function walk(guide: Guide, state: GuideState): Position {
  const path: Answered[] = [];
  const grounds: Consequence[] = [];
  const values = new Map<string, string>();
  const given = new Map<string, GivenAnswer>();
  let target: Target = guide.start;
  for (;;) {
    switch (target.kind) {
      case 'question': {
        const question = guide.questions.get(target.id)!;
        const reply = replyOf(question, ownValue(state.answers, question.id));
        if (reply === undefined)
          return { kind: 'question', question, ...progressOf(guide, path, question), path, grounds, values };
        path.push({ ...reply, question, assumed: state.assumed.includes(question.id) });
        grounds.push(...reply.consequences);
        given.set(question.id, givenAnswer(reply.answer, question.kind === 'value'));
        if (reply.answer !== 'unknown') values.set(question.id, reply.label);
        target = nextOf(question, reply);
        break;
      }
      case 'decision': {
        const decision = guide.decisions.get(target.id)!;
        const decided = decideNext(decision, given)!;
        grounds.push(decided);
        for (const [name, figure] of Object.entries(decided.figures)) {
          if (figure !== '') values.set(`${decision.id}.${name}`, figure);
        }
        target = decided.next;
        break;
      }
      case 'outcome':
        return { kind: 'outcome', outcome: guide.outcomes.get(target.id)!, path, grounds, values };
      case 'guide':
        return { kind: 'handover', guide: target.id, path, grounds, values };
    }
  }
}

/**
 * Applies one event to a state: pure, and total over all events. Answering again a question that lies on the way replaces its
 * answer; later answers stay and count again where the new way still asks them.
 */
export function step(guide: Guide, state: GuideState, event: GuideEvent): Step {
  const position = positionOf(guide, state);
  const current: GuideState = { ...state, guide: guide.id, hash: guide.hash };
  const stale: Step = { kind: 'stale', state: current };
  const moved = (changes: Partial<GuideState>): Step => ({ kind: 'moved', state: { ...current, ...changes } });
  const onTheWay = (id: string): boolean => position.path.some(({ question }) => question.id === id);
  const isOpen = (id: string): boolean => position.kind === 'question' && position.question.id === id;
  switch (event.kind) {
    case 'start-over':
      return { kind: 'moved', state: beginGuide(guide) };
    case 'take-back':
      return state.assumed.length === 0
        ? stale
        : moved({ answers: without(state.answers, state.assumed), assumed: [], facts: {}, picked: [] });
    case 'back': {
      const last = position.path.at(-1);
      if (last !== undefined) return moved(withoutAnswer(current, last.question));
      return state.from === undefined ? stale : { kind: 'returned', state: state.from };
    }
    case 'change': {
      const question = onTheWay(event.question) ? guide.questions.get(event.question) : undefined;
      return question === undefined ? stale : moved(withoutAnswer(current, question));
    }
    case 'answer': {
      const question = guide.questions.get(event.question);
      const reply = question && replyOf(question, event.answer);
      if (reply === undefined || !(isOpen(event.question) || onTheWay(event.question))) return stale;
      return moved({
        answers: { ...state.answers, [event.question]: reply.answer },
        assumed: state.assumed.filter((id) => id !== event.question),
        picked: [],
      });
    }
    case 'pick':
    case 'unpick': {
      const question = guide.questions.get(event.question);
      const choice = question?.choices.find(({ id }) => id === event.choice);
      if (!isOpen(event.question) || question?.kind !== 'several' || choice === undefined) return stale;
      if (choice.id === 'unknown')
        return step(guide, state, { kind: 'answer', question: question.id, answer: 'unknown' });
      const others = state.picked.filter((id) => id !== choice.id);
      if (event.kind === 'unpick') return moved({ picked: others });
      const joined = others.filter((id) => !question.choices.some((one) => one.id === id && one.alone));
      return moved({ picked: choice.alone ? [choice.id] : [...joined, choice.id] });
    }
    case 'done':
      return step(guide, state, { kind: 'answer', question: event.question, answer: state.picked });
    case 'tick':
    case 'untick': {
      if (position.kind !== 'outcome' || !position.outcome.checklist.some(({ id }) => id === event.item)) return stale;
      const others = state.ticked.filter((id) => id !== event.item);
      return moved({ ticked: event.kind === 'tick' ? [...others, event.item] : others });
    }
  }
}

/** What is known by the shared names: what was said at the opening, and what the answers on the way say instead or besides. */
export function factsOf(guide: Guide, state: GuideState): KnownFacts {
  const facts: Record<string, Answer> = { ...state.facts };
  for (const { question, choices, answer, assumed } of positionOf(guide, state).path) {
    if (question.kind === 'value') {
      if (question.fact !== undefined && answer !== 'unknown') facts[question.fact] = answer;
      continue;
    }
    // A span of numbers says less than the number it was assumed from.
    if (question.fact !== undefined && !assumed) delete facts[question.fact];
    for (const name of factNames(question)) delete facts[name];
    for (const [name, value] of choices.flatMap((choice) => Object.entries(choice.facts))) {
      const before = facts[name];
      facts[name] = question.kind === 'several' ? [...(Array.isArray(before) ? before : []), value] : value;
    }
  }
  return facts;
}

function factNames(question: Question): string[] {
  return [...new Set(question.choices.flatMap(({ facts }) => Object.keys(facts)))];
}

function nextOf(question: Question, reply: Reply): Target {
  const choice = reply.choices[0];
  return choice === undefined && question.kind === 'value' ? question.next : choice!.next;
}

function progressOf(guide: Guide, path: readonly Answered[], question: Question): { step: number; ofAbout: number } {
  const asked = path.filter(({ assumed }) => !assumed).length;
  return { step: asked + 1, ofAbout: asked + (guide.longest.get(question.id) ?? 1) };
}

/** A question to be asked again: its answer goes, and the facts that it could be assumed from. */
function withoutAnswer(state: GuideState, question: Question): Partial<GuideState> {
  const names = question.fact === undefined ? factNames(question) : [question.fact];
  return {
    answers: without(state.answers, [question.id]),
    assumed: state.assumed.filter((id) => id !== question.id),
    facts: without(state.facts, names),
    picked: [],
  };
}

function without<T>(record: Readonly<Record<string, T>>, keys: readonly string[]): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => !keys.includes(key)));
}

function ownValue<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
