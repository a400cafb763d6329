import fc from 'fast-check';
import {
  areaUnderRoc,
  chooseThreshold,
  fitSharpness,
  probabilitiesOf,
} from '../../../knowledge/classifier/calibration';

describe('probabilities', () => {
  test('sum up to 1 in the order of the scores, for any scores', () => {
    const scores = fc.array(fc.double({ min: -1e4, max: 1e4, noNaN: true }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(scores, (numbers) => {
        const probabilities = probabilitiesOf(Float32Array.from(numbers), 4);
        expect(probabilities.reduce((sum, number) => sum + number, 0)).toBeCloseTo(1, 6);
        expect(probabilities.every((number) => number >= 0)).toBe(true);
      }),
    );
  });

  test('are as sharp as the scores were reliable', () => {
    const judged = (rightOf10: number) =>
      Array.from({ length: 10 }, (_, index) => ({
        scores: Float32Array.of(0.5, -0.5),
        right: index < rightOf10 ? 0 : 1,
      }));
    for (const right of [6, 8, 9]) {
      const [first] = probabilitiesOf(Float32Array.of(0.5, -0.5), fitSharpness(judged(right)));
      expect(first).toBeCloseTo(Math.max(0.62, right / 10), 1);
    }
  });
});

describe('the threshold', () => {
  const inScope = Array.from({ length: 1000 }, (_, index) => ({ inScopeScore: index / 1000, right: true }));

  test('refuses one of 400 right ones where it is known what is out of scope', () => {
    expect(chooseThreshold([...inScope, { inScopeScore: -1, right: undefined }])).toBeCloseTo(0.002, 5);
  });

  test('refuses one of a thousand where nothing is out of scope', () => {
    expect(chooseThreshold(inScope)).toBeCloseTo(0.001, 5);
  });

  test('takes no account of wrong ones: refusing them costs nothing', () => {
    const wrong = inScope.map((one) => ({ ...one, inScopeScore: one.inScopeScore - 2, right: false }));
    expect(chooseThreshold([...inScope, ...wrong])).toBeGreaterThanOrEqual(0);
  });

  test('takes everything where there is nothing to learn from', () => {
    expect(chooseThreshold([])).toBe(Number.NEGATIVE_INFINITY);
  });
});

describe('the area under the ROC curve', () => {
  test('is the share of pairs in the right order, ties counting half', () => {
    const scores = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(scores, scores, (inside, outside) => {
        const pairs = inside.flatMap((a) => outside.map((b) => (a > b ? 1 : a === b ? 0.5 : 0)));
        const expected = pairs.reduce<number>((sum, pair) => sum + pair, 0) / pairs.length;
        expect(areaUnderRoc(inside, outside)).toBeCloseTo(expected, 9);
      }),
    );
  });

  test('is unknown where one kind is missing', () => {
    expect(areaUnderRoc([], [1])).toBeUndefined();
    expect(areaUnderRoc([1], [])).toBeUndefined();
  });
});
