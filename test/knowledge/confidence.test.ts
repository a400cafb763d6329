import * as fc from 'fast-check';
import { type ConfidenceFeatures, confidenceFeaturesOf, confidenceOf } from '../../knowledge/confidence';
import type { Evidence } from '../../knowledge/understanding';
import { holds } from '../support/holds';
import { CONFIDENCE_WEIGHTS, sampleEvidence } from '../support/sample-model';

const share = fc.double({ min: 0, max: 1, noNaN: true });
const distance = fc.double({ min: -3, max: 3, noNaN: true });
const evidence: fc.Arbitrary<Evidence> = fc.record({
  tokens: share,
  text: share,
  grams: share,
  sense: share,
  coverage: share,
  closest: share,
  gramsClosest: share,
  senseClosest: fc.double({ min: -1, max: 1, noNaN: true }),
  margin: distance,
  aheadOfOtherKind: distance,
  aheadOfUncovered: distance,
  words: fc.nat(500),
  notGuide: fc.constantFrom(0, 1),
  matched: fc.constant([]),
  sameWords: fc.constant(false),
});
const weight = fc.double({ min: -50, max: 50, noNaN: true });
const weights = fc.record({
  bias: weight,
  closest: weight,
  gramsClosest: weight,
  senseClosest: weight,
  coverage: weight,
  margin: weight,
  aheadOfOtherKind: weight,
  aheadOfUncovered: weight,
  agreement: weight,
  words: weight,
});

/** What adding the same terms up may differ by. */
const ROUNDING = 1e-12;

describe('confidenceOf', () => {
  test('is a probability, whatever the evidence and whatever was learnt', () => {
    holds(
      fc.property(evidence, weights, fc.boolean(), (known, learnt, sameWords) => {
        const confidence = confidenceOf({ ...known, sameWords }, learnt);
        expect(confidence >= 0 && confidence <= 1).toBe(true);
      }),
    );
  });

  test.each([
    'margin',
    'aheadOfUncovered',
    'closest',
    'gramsClosest',
    'senseClosest',
    'coverage',
    'words',
  ] as const)('never falls when the %s rises, if its weight is positive', (name) => {
    holds(
      fc.property(evidence, evidence, (a, b) => {
        const [less, more] = [Math.min(a[name], b[name]), Math.max(a[name], b[name])];
        expect(confidenceOf({ ...a, [name]: more }, CONFIDENCE_WEIGHTS)).toBeGreaterThanOrEqual(
          confidenceOf({ ...a, [name]: less }, CONFIDENCE_WEIGHTS) - ROUNDING,
        );
      }),
    );
  });

  test('is the logistic function of the weighed features', () => {
    holds(
      fc.property(evidence, (known) => {
        const features = confidenceFeaturesOf(known);
        const names = Object.keys(features) as (keyof ConfidenceFeatures)[];
        const sum = names.reduce((so, name) => so + features[name] * CONFIDENCE_WEIGHTS[name], CONFIDENCE_WEIGHTS.bias);
        expect(confidenceOf(known, CONFIDENCE_WEIGHTS)).toBeCloseTo(1 / (1 + Math.exp(-sum)), 10);
      }),
    );
  });

  test('the very words of an utterance are beyond doubt, unless another candidate has them too', () => {
    const none = { ...CONFIDENCE_WEIGHTS, bias: -50 };
    const same = sampleEvidence({ sameWords: true, margin: 0.2 });
    expect(confidenceOf(same, none)).toBeGreaterThan(0.95);
    for (const margin of [0, -0.2]) expect(confidenceOf({ ...same, margin }, none)).toBeLessThan(0.01);
    expect(confidenceOf({ ...same, sameWords: false }, none)).toBeLessThan(0.01);
  });
});

describe('what the model looks at', () => {
  test('are numbers within bounds, whatever the evidence', () => {
    holds(
      fc.property(evidence, (known) => {
        for (const [name, value] of Object.entries(confidenceFeaturesOf(known))) {
          expect({ name, fine: value >= -1 && value <= 1 }).toEqual({ name, fine: true });
        }
      }),
    );
  });

  test('a distance beyond doubt says no more than one at its bound, either way', () => {
    const at = (margin: number) => confidenceFeaturesOf(sampleEvidence({ margin, aheadOfUncovered: margin }));
    expect(at(2)).toEqual(at(0.2));
    expect(at(-2)).toEqual(at(-0.2));
    expect(at(0.19)).not.toEqual(at(0.2));
  });

  test('more than ten words say no more', () => {
    const at = (words: number) => confidenceFeaturesOf(sampleEvidence({ words })).words;
    expect([at(0), at(5), at(10), at(11), at(500)]).toEqual([0, 0.5, 1, 1, 1]);
  });

  test('agreement is the share of parts that have this candidate as their best', () => {
    const agreement = (changes: Partial<Evidence>) => confidenceFeaturesOf(sampleEvidence(changes)).agreement;
    expect(agreement({})).toBe(0);
    expect(agreement({ tokens: 1, text: 0.99 })).toBe(0.25);
    expect(agreement({ tokens: 1, text: 1, grams: 1, sense: 1 })).toBe(1);
  });
});
