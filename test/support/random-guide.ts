import fc from 'fast-check';
import type { Choice, Guide, Outcome, Question, Target } from '../../dialogs/guide';

const OUTCOMES = 3;

/**
 * Guides of every shape without cycles: up to eight questions with one to four choices and "I don't know", each leading to any
 * later question or to an outcome. Questions may be out of reach, which a checked guide never has; the walk must not care.
 */
export const randomGuide: fc.Arbitrary<Guide> = fc
  .integer({ min: 1, max: 8 })
  .chain((count) =>
    fc.tuple(
      ...Array.from({ length: count }, (_, index) =>
        fc.array(fc.nat({ max: count - index - 1 + OUTCOMES - 1 }), { minLength: 2, maxLength: 5 }),
      ),
    ),
  )
  .map((targets) =>
    guideOf(targets.map((nexts, index) => nexts.map((next) => targetOf(index + 1 + next, targets.length)))),
  );

/** What a person may do in a guide: mostly something that fits, now and then any event at all. */
export type Move =
  | { readonly kind: 'forward'; readonly pick: number }
  | { readonly kind: 'any'; readonly pick: number };

export const randomMoves: fc.Arbitrary<readonly Move[]> = fc.array(
  fc.record({ kind: fc.constantFrom('forward', 'forward', 'any'), pick: fc.nat({ max: 999 }) }) as fc.Arbitrary<Move>,
  { maxLength: 20 },
);

function targetOf(index: number, count: number): Target {
  return index < count ? { kind: 'question', id: `q${index}` } : { kind: 'outcome', id: `o${index - count}` };
}

function guideOf(targets: readonly (readonly Target[])[]): Guide {
  const questions = targets.map((nexts, index): Question => {
    const choices = nexts.map(
      (next, place): Choice => ({
        id: place === nexts.length - 1 ? 'unknown' : `c${place}`,
        label: place === nexts.length - 1 ? 'I don’t know' : `Choice number ${place} of question ${index}`,
        synonyms: [],
        spellings: [place === nexts.length - 1 ? 'i don t know' : `choice number ${place} of question ${index}`],
        because: `you took ${place} in question ${index}`,
        rulesOut: [],
        tip: '',
        next,
      }),
    );
    return { id: `q${index}`, text: `Question ${index}?`, why: 'To know.', choices };
  });
  const outcomes = Array.from(
    { length: OUTCOMES },
    (_, index): Outcome => ({
      id: `o${index}`,
      verdict: `Verdict ${index}`,
      explanation: 'So it is.',
      nextSteps: ['Go on.'],
      cites: ['an-entry'],
    }),
  );
  return {
    id: 'random',
    hash: 'hash',
    title: 'A random guide',
    description: 'Made by a test.',
    asOf: '2019-05-14',
    utterances: ['random guide'],
    start: 'q0',
    questions: new Map(questions.map((question) => [question.id, question])),
    outcomes: new Map(outcomes.map((outcome) => [outcome.id, outcome])),
    file: 'random.yaml',
  };
}
