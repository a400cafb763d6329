import type { AskResult } from '../ask';
import type { LabelledQuestion, QuestionKind } from './labelled-questions';

/** What a question was met with: the part of a result that its label speaks about. */
export type Met = Pick<AskResult, 'kind' | 'answers' | 'guide' | 'guides'>;

/**
 * How a question was met, in one word. `right`: as it should be. `confident`: wrong, and said as if it were right. `missed`: wrong, but
 * nothing wrong was claimed. `unsure`: the right entry came first, yet it was not said outright.
 */
export type Handling = 'right' | 'confident' | 'missed' | 'unsure';

/** What is right and wrong about one result. */
export interface Verdict {
  /** 1-based place of the first expected entry among the (at most five) answers, whatever was said; `undefined`: not among them. */
  readonly rank: number | undefined;
  /** The kind is `answer`, and the first entry is an expected one. */
  readonly rightOutright: boolean;
  /** Answered with an entry that is not expected, or sent into a guide that is not. */
  readonly wrongConfident: boolean;
  /** The right guide was started, or is among those offered. Where the label names none, any guide will do. */
  readonly guideReached: boolean;
  /** Met as its kind should be where no entry answers it: not known, or answered as the small talk or command that it is. */
  readonly refused: boolean;
  readonly handling: Handling;
}

/** The outcomes that are right for questions without an answer. */
const RIGHTLY_MET: Readonly<Record<QuestionKind, readonly string[]>> = {
  answerable: [],
  guided: [],
  'near-topic-unanswered': ['fallback', 'clarify', 'smalltalk', 'handover'],
  'off-topic': ['fallback', 'smalltalk', 'handover'],
  smalltalk: ['smalltalk', 'command'],
  command: ['command', 'handover', 'smalltalk'],
};

/** Judges what a question was met with by its label. */
export function judge(question: LabelledQuestion, met: Met): Verdict {
  const place = met.answers.findIndex(({ id }) => question.expected.includes(id));
  const isRightGuide = (guide: string | null): boolean =>
    guide !== null && (question.guide === undefined ? question.kind === 'guided' : guide === question.guide);
  const rightOutright = met.kind === 'answer' && place === 0;
  const rightGuide = met.kind === 'guide' && isRightGuide(met.guide);
  const wrongConfident = (met.kind === 'answer' && !rightOutright) || (met.kind === 'guide' && !rightGuide);
  const guideReached = [met.guide, ...met.guides].some(isRightGuide);
  const refused = RIGHTLY_MET[question.kind].includes(met.kind);
  const right = rightOutright || rightGuide || refused || (question.kind === 'guided' && guideReached);
  const unsure = question.kind === 'answerable' && place === 0;
  return {
    rank: place < 0 ? undefined : place + 1,
    rightOutright,
    wrongConfident,
    guideReached,
    refused,
    handling: wrongConfident ? 'confident' : right ? 'right' : unsure ? 'unsure' : 'missed',
  };
}
