import * as fc from 'fast-check';
import { chooseThresholds, type JudgedQuestion } from '../../../knowledge/training/choose-thresholds';
import { holds } from '../../support/holds';

const LIMITS = { answerable: 0.1, near: 0.2, off: 0.05, offOffered: 0.3 };
const at = (kind: JudgedQuestion['kind'], confidence: number, right = false): JudgedQuestion => ({
  kind,
  confidence,
  right,
});

describe('chooseThresholds', () => {
  test('answers as low as the wrong answers allow', () => {
    const wrong = [0.4, 0.62].map((confidence) => at('answerable', confidence));
    const right = Array.from({ length: 8 }, () => at('answerable', 0.5, true));
    // One wrong of ten may be let through: the one at 0.62, not the one at 0.4 too.
    expect(chooseThresholds([...wrong, ...right], LIMITS).answerAt).toBe(0.41);
    expect(chooseThresholds([...wrong, ...right], { ...LIMITS, answerable: 0 }).answerAt).toBe(0.63);
  });

  test('heeds what is near and what is off too, and offers only few of the latter', () => {
    const answered = Array.from({ length: 10 }, () => at('answerable', 0.5, true));
    expect(chooseThresholds([...answered, at('near', 0.7)], LIMITS).answerAt).toBe(0.71);
    expect(chooseThresholds([...answered, at('off', 0.55)], LIMITS)).toEqual({ answerAt: 0.56, offerAt: 0.56 });
    const off = [0.05, 0.05, 0.45].map((confidence) => at('off', confidence));
    expect(chooseThresholds([...answered, ...off], LIMITS)).toEqual({ answerAt: 0.46, offerAt: 0.46 });
  });

  test('without any question is as low as it gets, and with hopeless ones as high', () => {
    expect(chooseThresholds([], LIMITS)).toEqual({ answerAt: 0.3, offerAt: 0.2 });
    expect(chooseThresholds([at('off', 1)], LIMITS)).toEqual({ answerAt: 0.95, offerAt: 0.95 });
  });

  const questions = fc.array(
    fc.record({
      kind: fc.constantFrom('answerable' as const, 'near' as const, 'off' as const),
      confidence: fc.double({ min: 0, max: 1, noNaN: true }),
      right: fc.boolean(),
    }),
    { maxLength: 60 },
  );
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  const limits = fc.record({ answerable: share, near: share, off: share, offOffered: share });

  test('keeps every limit below the highest threshold, and would break one a step lower', () => {
    holds(
      fc.property(questions, limits, (all, allowed) => {
        const { answerAt, offerAt } = chooseThresholds(all, allowed);
        const part = (kind: JudgedQuestion['kind'], test: (one: JudgedQuestion) => boolean) => {
          const asked = all.filter((one) => one.kind === kind);
          return asked.filter(test).length / Math.max(1, asked.length);
        };
        const answersWithin = (from: number) =>
          (['answerable', 'near', 'off'] as const).every(
            (kind) => part(kind, ({ confidence, right }) => confidence >= from && !right) <= allowed[kind],
          );
        const offersWithin = (from: number) =>
          part('off', ({ confidence }) => confidence >= from) <= allowed.offOffered;
        expect(answerAt >= 0.3 && answerAt <= 0.95 && offerAt >= 0.2 && offerAt <= answerAt).toBe(true);
        if (answerAt < 0.95) expect(answersWithin(answerAt)).toBe(true);
        if (answerAt > 0.3) expect(answersWithin(Number((answerAt - 0.01).toFixed(2)))).toBe(false);
        if (offerAt < answerAt) expect(offersWithin(offerAt)).toBe(true);
        if (offerAt > 0.2) expect(offersWithin(Number((offerAt - 0.01).toFixed(2)))).toBe(false);
      }),
      { numRuns: 300 },
    );
  });
});
