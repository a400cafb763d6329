import * as fc from 'fast-check';
import { learnRankingWeights, type RankedExample } from '../../../knowledge/training/listwise-ranking';
import { holds } from '../../support/holds';

/** Twenty questions of five candidates, the right one always the best in one part, while the other parts mislead. */
function examplesLedBy(part: number, parts: number): RankedExample[] {
  return Array.from({ length: 20 }, (_, question) => {
    const right = question % 5;
    const candidates = Array.from({ length: 5 }, (_unused, candidate) =>
      Array.from({ length: parts }, (_alsoUnused, at) => {
        if (at === part) return candidate === right ? 1 : 0.2;
        return candidate === (question + at + 1) % 5 ? 0.9 : 0.3;
      }),
    );
    return { candidates, right: candidates.map((_one, candidate) => candidate === right) };
  });
}

describe('learnRankingWeights', () => {
  test.each([0, 1, 2])('puts the weight on the part that is right: part %i', (part) => {
    const weights = learnRankingWeights(examplesLedBy(part, 3), 3);
    expect(weights[part]).toBeGreaterThan(0.8);
  });

  test('never gives a part that misleads a negative weight', () => {
    const weights = learnRankingWeights(
      [
        {
          candidates: [
            [1, 0],
            [0, 1],
          ],
          right: [true, false],
        },
        {
          candidates: [
            [0.9, 0.1],
            [0.2, 0.8],
          ],
          right: [true, false],
        },
      ],
      2,
      0.01,
    );
    expect(weights).toEqual([1, 0]);
  });

  test('two parts that help the same share the weight', () => {
    const [one, other] = learnRankingWeights(
      [
        {
          candidates: [
            [1, 1],
            [0, 0],
            [0.5, 0.5],
          ],
          right: [true, false, false],
        },
      ],
      2,
    );
    expect(one).toBeCloseTo(other!, 10);
  });

  test('several right candidates of one question count together', () => {
    const both = {
      candidates: [
        [1, 0],
        [1, 0],
        [0, 1],
      ],
      right: [true, true, false],
    };
    expect(learnRankingWeights([both, both], 2)[0]).toBeGreaterThan(0.8);
  });

  test('of nothing, or of questions without a right candidate, gives finite weights of even size', () => {
    const lost = {
      candidates: [
        [1, 0],
        [0, 1],
      ],
      right: [false, false],
    };
    for (const examples of [[], [lost], [{ candidates: [], right: [] }]]) {
      const weights = learnRankingWeights(examples, 2);
      expect(weights[0]).toBeCloseTo(0.5, 6);
      expect(weights[1]).toBeCloseTo(0.5, 6);
    }
  });

  test('gives shares that add up to one, the same for the same examples, whatever they are', () => {
    const number = fc.double({ min: 0, max: 1, noNaN: true });
    const example = fc
      .array(fc.record({ parts: fc.tuple(number, number, number), isRight: fc.boolean() }), { maxLength: 6 })
      .map(
        (all): RankedExample => ({
          candidates: all.map(({ parts }) => parts),
          right: all.map(({ isRight }) => isRight),
        }),
      );
    holds(
      fc.property(fc.array(example, { maxLength: 6 }), (examples) => {
        const weights = learnRankingWeights(examples, 3);
        expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 9);
        expect(weights.every((weight) => weight >= 0 && weight <= 1)).toBe(true);
        expect(learnRankingWeights(examples, 3)).toEqual(weights);
      }),
      { numRuns: 15 },
    );
  });
});
