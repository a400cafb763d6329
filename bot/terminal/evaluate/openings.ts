import type { Answer } from '../../../dialogs/guide-state';
import { beginGuide, positionOf } from '../../../dialogs/walk';
import type { Content } from '../../content';
import type { LabelledQuestion } from './labelled-questions';

/** How well guides know what their opening sentence has told already. */
export interface OpeningFigures {
  /** Opening sentences that are labelled with the answers that they give. */
  readonly sentences: number;
  /** Answers that the sentences give, by their labels. */
  readonly given: number;
  /** Of these: taken as they were meant. */
  readonly right: number;
  /** Answers that were taken otherwise than they were meant, or that nobody gave. */
  readonly wrong: number;
  /** Questions on the way that need not be asked any more. */
  readonly saved: number;
  /** Ids of sentences with a wrong or a missed answer. */
  readonly amiss: readonly string[];
}

/** Opens the guide that each labelled sentence is for, and compares what it takes as known; `undefined` without such labels. */
export function judgeOpenings(
  questions: readonly LabelledQuestion[],
  { guides, openGuide }: Pick<Content, 'guides' | 'openGuide'>,
): OpeningFigures | undefined {
  const figures = { sentences: 0, given: 0, right: 0, wrong: 0, saved: 0 };
  const amiss: string[] = [];
  for (const { id, question, guide: guideId, answers } of questions) {
    const guide = guideId === undefined ? undefined : guides.get(guideId);
    if (guide === undefined || answers === undefined) continue;
    const state = beginGuide(guide, openGuide(guide, { message: question }));
    const onTheWay = positionOf(guide, state).path.map((answered) => answered.question.id);
    // What is known of questions that are not asked on this way does no harm, unless it was labelled.
    const taken = [...new Set([...onTheWay, ...Object.keys(answers)])].filter((name) => name in state.answers);
    const right = taken.filter((name) => same(state.answers[name], answers[name])).length;
    const given = Object.keys(answers).length;
    figures.sentences += 1;
    figures.given += given;
    figures.right += right;
    figures.wrong += taken.length - right;
    figures.saved += onTheWay.length;
    if (right < given || taken.length > right) amiss.push(id);
  }
  return figures.sentences === 0 ? undefined : { ...figures, amiss };
}

function same(one: Answer | undefined, other: Answer | undefined): boolean {
  return one !== undefined && other !== undefined && [one].flat().sort().join() === [other].flat().sort().join();
}
