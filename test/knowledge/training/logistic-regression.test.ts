import * as fc from 'fast-check';
import { learnLogistic, probabilityOf } from '../../../knowledge/training/logistic-regression';
import { holds } from '../../support/holds';

/** Numbers from 0 to 1 that look like chance and are always the same (Park and Miller 1988). */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 16_807) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

describe('probabilityOf', () => {
  test('is the logistic function of the weighed features', () => {
    expect(probabilityOf({ bias: 0, weights: [] }, [])).toBe(0.5);
    expect(probabilityOf({ bias: -1, weights: [2, 3] }, [0.5, 1])).toBeCloseTo(1 / (1 + Math.exp(-3)), 12);
    expect(probabilityOf({ bias: 1_000, weights: [] }, [])).toBe(1);
    expect(probabilityOf({ bias: -1_000, weights: [] }, [])).toBe(0);
  });
});

describe('learnLogistic', () => {
  test('finds the weights that the examples were made with', () => {
    const known = { bias: -1, weights: [2, -3, 0.5] };
    const next = chance(7);
    const examples = Array.from({ length: 6_000 }, () => {
      const features = [next() * 2, next() * 2, next() * 2];
      return { features, positive: next() < probabilityOf(known, features) };
    });
    const { bias, weights } = learnLogistic(examples, 0.01);
    expect(Math.abs(bias - known.bias)).toBeLessThan(0.3);
    weights.forEach((weight, index) => {
      expect(Math.abs(weight - known.weights[index]!)).toBeLessThan(0.3);
    });
  });

  test('stands where the slope of the likelihood is naught', () => {
    const examples = [0.1, 0.2, 0.4, 0.5, 0.6, 0.9].map((x, index) => ({
      features: [x, x * x],
      positive: index % 2 === 1,
    }));
    const penalty = 0.5;
    const model = learnLogistic(examples, penalty);
    const off = examples.map(({ features, positive }) => (positive ? 1 : 0) - probabilityOf(model, features));
    expect(off.reduce((a, b) => a + b, 0)).toBeCloseTo(0, 4);
    for (const i of [0, 1]) {
      const values = examples.map(({ features }) => features[i]!);
      const mean = values.reduce((a, b) => a + b, 0) / values.length;
      const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
      const slope = off.reduce((sum, one, index) => sum + (one * (values[index]! - mean)) / spread, 0);
      expect(slope - penalty * model.weights[i]! * spread).toBeCloseTo(0, 6);
    }
  });

  test('stays finite where a feature tells all, and is sure on both sides', () => {
    const examples = Array.from({ length: 40 }, (_, index) => ({ features: [index], positive: index >= 20 }));
    const model = learnLogistic(examples);
    expect([model.bias, ...model.weights].every(Number.isFinite)).toBe(true);
    expect(probabilityOf(model, [0])).toBeLessThan(0.05);
    expect(probabilityOf(model, [39])).toBeGreaterThan(0.95);
  });

  test('of examples that are all right, or all wrong, learns that, and stays finite', () => {
    for (const positive of [true, false]) {
      const examples = [1, 2, 3].map((x) => ({ features: [x], positive }));
      const model = learnLogistic(examples);
      expect([model.bias, ...model.weights].every(Number.isFinite)).toBe(true);
      expect(probabilityOf(model, [2]) > 0.9).toBe(positive);
    }
  });

  test('gives no weight to a feature that never changes', () => {
    const examples = [0, 1, 2, 3].map((x) => ({ features: [x, 5], positive: x > 1 }));
    const { weights } = learnLogistic(examples);
    expect(weights[1]).toBe(0);
    expect(weights[0]).toBeGreaterThan(0);
  });

  test('of a larger penalty has smaller weights; the same examples give the same model', () => {
    const examples = [0, 1, 2, 3, 4, 5].map((x) => ({ features: [x], positive: x > 2 || x === 1 }));
    const weight = (penalty: number) => learnLogistic(examples, penalty).weights[0]!;
    expect(weight(10)).toBeLessThan(weight(1));
    expect(weight(1)).toBeLessThan(weight(0.1));
    expect(learnLogistic(examples)).toEqual(learnLogistic([...examples]));
  });

  test('stays finite whatever the examples', () => {
    const example = fc.record({
      features: fc.tuple(fc.constantFrom(0, 1, 0.5), fc.double({ min: -1, max: 1, noNaN: true })),
      positive: fc.boolean(),
    });
    holds(
      fc.property(fc.array(example, { maxLength: 12 }), (examples) => {
        const { bias, weights } = learnLogistic(examples);
        expect([bias, ...weights].every(Number.isFinite)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});
