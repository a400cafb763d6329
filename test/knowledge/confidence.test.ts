import * as fc from 'fast-check';
import { confidenceOf } from '../../knowledge/confidence';
import { holds } from '../support/holds';

const evidence = fc.record({
  closest: fc.double({ min: 0, max: 1, noNaN: true }),
  coverage: fc.double({ min: 0, max: 1, noNaN: true }),
  margin: fc.double({ min: -3, max: 3, noNaN: true }),
  tokens: fc.nat(500),
});

/** What adding the same terms up may differ by. */
const ROUNDING = 1e-12;

describe('confidenceOf', () => {
  test('is a probability, whatever the evidence', () => {
    holds(
      fc.property(evidence, (known) => {
        const confidence = confidenceOf(known);
        expect(confidence > 0 && confidence < 1).toBe(true);
      }),
    );
  });

  test.each(['margin', 'closest', 'coverage', 'tokens'] as const)('never falls when the %s rises', (name) => {
    holds(
      fc.property(evidence, evidence, (a, b) => {
        const [less, more] = [Math.min(a[name], b[name]), Math.max(a[name], b[name])];
        expect(confidenceOf({ ...a, [name]: more })).toBeGreaterThanOrEqual(
          confidenceOf({ ...a, [name]: less }) - ROUNDING,
        );
      }),
    );
  });

  test('a question word for word is near certain, one that shares a word in passing is not', () => {
    expect(confidenceOf({ closest: 1, coverage: 1, margin: 1, tokens: 5 })).toBeGreaterThan(0.8);
    expect(confidenceOf({ closest: 0.2, coverage: 0.2, margin: 0, tokens: 5 })).toBeLessThan(0.1);
    expect(confidenceOf({ closest: 0, coverage: 0, margin: 0, tokens: 0 })).toBeLessThan(0.05);
  });
});
