import * as fc from 'fast-check';
import { calibrate, type Prediction, predictionsOf, riskCoverage } from '../../../../bot/terminal/evaluate/calibration';
import { holds } from '../../../support/holds';
import { answerableAt, judged, labelled, result } from '../../../support/judged-question';

/** `count` predictions of one confidence, the first `right` of them true. */
function some(confidence: number, right: number, count: number): Prediction[] {
  return Array.from({ length: count }, (_, index) => ({ confidence, right: index < right, ours: true }));
}

const anyPredictions = fc.array(
  fc.record({ confidence: fc.double({ min: 0, max: 1, noNaN: true }), right: fc.boolean(), ours: fc.boolean() }),
);

describe('the calibration', () => {
  test('of a confidence that is the share of right answers, in every bin, has no error', () => {
    const perfect = [...some(0.25, 1, 4), ...some(0.5, 1, 2), ...some(0.75, 3, 4), ...some(1, 3, 3), ...some(0, 0, 2)];
    expect(calibrate(perfect).expectedCalibrationError).toBe(0);
  });

  test('weighs the distance of each bin by its size', () => {
    const { expectedCalibrationError, bins, count } = calibrate([...some(0.9, 1, 2), ...some(0.15, 3, 6)]);
    expect(expectedCalibrationError).toBeCloseTo((2 / 8) * 0.4 + (6 / 8) * 0.35);
    expect(count).toBe(8);
    expect(bins.filter((bin) => bin.count > 0)).toMatchObject([
      { from: 0.1, to: 0.2, count: 6, confidence: expect.closeTo(0.15), right: { hits: 3, share: 0.5 } },
      { from: 0.9, to: 1, count: 2, confidence: 0.9, right: { hits: 1 } },
    ]);
  });

  test('sets mean against share within a bin, as the definition does', () => {
    expect(calibrate([...some(0.62, 1, 1), ...some(0.68, 0, 1)]).expectedCalibrationError).toBeCloseTo(0.15);
  });

  test('puts every prediction into one bin, the limits into the upper, and has an error of 0 to 1', () => {
    holds(
      fc.property(anyPredictions, (predictions) => {
        const { bins, expectedCalibrationError } = calibrate(predictions);
        expect(bins).toHaveLength(10);
        expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(predictions.length);
        expect(expectedCalibrationError).toBeGreaterThanOrEqual(0);
        expect(expectedCalibrationError).toBeLessThanOrEqual(1 + 1e-12);
      }),
    );
    const { bins } = calibrate([...some(0.1, 0, 1), ...some(0.3, 0, 1), ...some(0.7, 0, 1), ...some(1, 0, 1)]);
    expect(bins.map(({ count }) => count)).toEqual([0, 1, 0, 1, 0, 0, 0, 1, 0, 1]);
  });

  test('of nothing is no error', () => {
    expect(calibrate([]).expectedCalibrationError).toBe(0);
  });
});

describe('the risk-coverage curve', () => {
  test('answers the surest first; equals come together', () => {
    const points = riskCoverage([...some(0.9, 1, 1), ...some(0.2, 0, 1), ...some(0.5, 1, 2)]);
    expect(points).toEqual([
      { coverage: 0.25, risk: 0, confidence: 0.9 },
      { coverage: 0.75, risk: 1 / 3, confidence: 0.5 },
      { coverage: 1, risk: 0.5, confidence: 0.2 },
    ]);
  });

  test('rises in coverage to 1, ends at the share wrong of all, and does not depend on the order', () => {
    holds(
      fc.property(anyPredictions, (predictions) => {
        const points = riskCoverage(predictions);
        expect(riskCoverage(predictions.toReversed())).toEqual(points);
        for (const [index, { coverage }] of points.entries()) {
          expect(coverage).toBeGreaterThan(points[index - 1]?.coverage ?? 0);
        }
        const wrong = predictions.filter(({ right }) => !right).length;
        const end = { coverage: 1, risk: wrong / predictions.length };
        expect(points.slice(-1)).toMatchObject(predictions.length === 0 ? [] : [end]);
      }),
    );
  });
});

describe('the predictions', () => {
  test('are those of the best answer, whatever was said', () => {
    const unsure = judged(labelled('answerable', ['a']), result('fallback', ['a', 'b'], { confidence: 0.1 }));
    const near = judged(labelled('near-topic-unanswered'), result('clarify', ['b'], { confidence: 0.3 }));
    expect(predictionsOf([answerableAt(2, 0.7), unsure, near])).toEqual([
      { confidence: 0.7, right: false, ours: true },
      { confidence: 0.1, right: true, ours: true },
      { confidence: 0.3, right: false, ours: false },
    ]);
  });

  test('leave out what claims nothing about entries', () => {
    const none = [
      judged(labelled('answerable', ['a']), result('fallback')),
      judged(labelled('smalltalk'), result('smalltalk', ['a'])),
      judged(labelled('command'), result('command', ['a'])),
      judged(labelled('guided'), result('guide', ['a'], { guide: 'g' })),
    ];
    expect(predictionsOf(none)).toEqual([]);
  });
});
