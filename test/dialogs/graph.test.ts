import fc from 'fast-check';
import { longestWays } from '../../dialogs/graph';
import type { Guide } from '../../dialogs/guide';
import { randomGuide } from '../support/random-guide';
import { tinyGuide } from '../support/tiny-guide';

/** The slow obvious twin: every way from a question to an outcome, written out. */
function waysFrom(guide: Guide, id: string): string[][] {
  return guide.questions
    .get(id)!
    .choices.flatMap(({ next }) =>
      next.kind === 'outcome' ? [[id, next.id]] : waysFrom(guide, next.id).map((way) => [id, ...way]),
    );
}

describe('the ways through a guide', () => {
  test('the longest way from each question of the tiny guide is counted in questions', () => {
    expect(Object.fromEntries(longestWays(tinyGuide()).longest)).toEqual({
      ground: 3,
      distance: 2,
      jumps: 2,
      motor: 1,
    });
  });

  test('lengths and what is reached agree with writing every way out', () => {
    fc.assert(
      fc.property(randomGuide, (guide) => {
        const { longest, reached, cycle } = longestWays(guide);
        expect(cycle).toBeUndefined();
        expect([...reached].sort()).toEqual([...new Set(waysFrom(guide, guide.start).flat())].sort());
        for (const [id, length] of longest) {
          expect(length).toBe(Math.max(...waysFrom(guide, id).map((way) => way.length - 1)));
        }
      }),
    );
  });

  test('a circle is named from its first question back to it', () => {
    const guide = tinyGuide();
    const motor = guide.questions.get('motor')!;
    const back = motor.choices.map((choice) => ({ ...choice, next: { kind: 'question', id: 'distance' } as const }));
    const questions = new Map([...guide.questions, ['motor', { ...motor, choices: back }]]);
    expect(longestWays({ ...guide, questions }).cycle).toEqual(['distance', 'motor', 'distance']);
  });
});
