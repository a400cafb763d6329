import fc from 'fast-check';
import { decide } from '../../bot/decide';
import type { Candidate, IntentMatch } from '../../knowledge/understanding';
import { sampleUnderstanding, THRESHOLDS } from '../support/sample-understanding';

const { startAt, answerAt, offerAt } = THRESHOLDS;
/** What is needed for a guide to be offered as a button. */
const BESIDE_AT = 0.1;

function candidate(id: string, confidence: number, kind: Candidate['kind'] = 'entry'): Candidate {
  return { kind, id, title: id, score: confidence, confidence };
}

const vague: IntentMatch = { id: 'thanks', kind: 'smalltalk', confidence: 0.8, exact: false };

describe('what to do about a text', () => {
  test('a candidate sure enough is answered', () => {
    const best = candidate('a', answerAt);
    expect(decide(sampleUnderstanding({ candidates: [best, candidate('b', 0.2)] }))).toEqual({
      kind: 'answer',
      candidate: best,
      guide: undefined,
    });
  });

  test('less sure ones are offered, at most three', () => {
    const candidates = [0.41, 0.4, 0.3, 0.25].map((confidence, index) => candidate(`e${index}`, confidence));
    expect(decide(sampleUnderstanding({ candidates }))).toEqual({
      kind: 'clarify',
      candidates: candidates.slice(0, 3),
      uncovered: undefined,
    });
  });

  test('one that is hardly likely is not offered beside a likelier one', () => {
    const likely = candidate('a', offerAt);
    expect(decide(sampleUnderstanding({ candidates: [likely, candidate('b', offerAt - 0.01)] }))).toEqual({
      kind: 'clarify',
      candidates: [likely],
      uncovered: undefined,
    });
  });

  test('without anything likely we do not know', () => {
    expect(decide(sampleUnderstanding({ candidates: [candidate('a', 0.1)] }))).toEqual({
      kind: 'fallback',
      uncovered: undefined,
      guide: undefined,
    });
    expect(decide(sampleUnderstanding())).toEqual({ kind: 'fallback', uncovered: undefined, guide: undefined });
  });

  test('what the text is about, although nothing we know answers it, is told with a choice and where we do not know', () => {
    const candidates = [candidate('a', offerAt)];
    const uncovered = 'prices';
    expect(decide(sampleUnderstanding({ candidates, uncovered }))).toEqual({ kind: 'clarify', candidates, uncovered });
    expect(decide(sampleUnderstanding({ uncovered }))).toEqual({
      kind: 'fallback',
      uncovered,
      guide: undefined,
    });
  });

  test('the thresholds are those of the understanding, not the same for all', () => {
    const candidates = [candidate('a', 0.6)];
    const at = (answer: number, offer: number) =>
      decide(sampleUnderstanding({ candidates, thresholds: { startAt: 0.6, answerAt: answer, offerAt: offer } })).kind;
    expect([at(0.6, 0.2), at(0.61, 0.6), at(0.9, 0.61)]).toEqual(['answer', 'clarify', 'fallback']);
  });

  test('an intent to the letter wins over every candidate', () => {
    const intent: IntentMatch = { id: 'cancel', kind: 'command', confidence: 1, exact: true };
    expect(decide(sampleUnderstanding({ intent, candidates: [candidate('a', 0.99)] }))).toEqual({
      kind: 'command',
      intent: 'cancel',
    });
  });

  test('a vague intent yields to a candidate that is answered', () => {
    expect(decide(sampleUnderstanding({ intent: vague, candidates: [candidate('a', 0.95)] })).kind).toBe('answer');
  });

  test('a vague intent wins over candidates that would only be offered', () => {
    expect(decide(sampleUnderstanding({ intent: vague, candidates: [candidate('a', answerAt - 0.01)] }))).toEqual({
      kind: 'smalltalk',
      intent: 'thanks',
    });
  });

  describe('a guide', () => {
    const guide = (confidence: number): Candidate => candidate('g', confidence, 'guide');
    const decided = (...candidates: readonly Candidate[]) => decide(sampleUnderstanding({ candidates }));

    test('is started where it is sure enough and likelier than every entry', () => {
      expect(decided(guide(startAt))).toMatchObject({ kind: 'answer', candidate: { id: 'g' }, guide: undefined });
      const likelier = decided(guide(startAt), candidate('a', startAt - 0.01));
      expect(likelier).toMatchObject({ kind: 'answer', candidate: { id: 'g' } });
      // The order is that of the ranking; which of the two kinds is likelier is for the confidences to say.
      const behind = decided(candidate('a', startAt - 0.01), guide(startAt));
      expect(behind).toMatchObject({ kind: 'answer', candidate: { id: 'g' } });
    });

    test('is not started below its own threshold, nor where an entry is as likely', () => {
      expect(decided(guide(startAt - 0.01))).toMatchObject({ kind: 'clarify', candidates: [{ id: 'g' }] });
      const equal = decided(candidate('a', startAt), guide(startAt));
      expect(equal).toMatchObject({ kind: 'answer', candidate: { id: 'a' }, guide: { id: 'g' } });
    });

    test('that leads, and is more likely wanted than not, makes an answer a choice', () => {
      const asked = decided(guide(0.5), candidate('a', 0.9));
      expect(asked).toMatchObject({ kind: 'clarify', candidates: [{ id: 'g' }, { id: 'a' }] });
      expect(decided(guide(0.49), candidate('a', 0.9))).toMatchObject({ kind: 'answer', candidate: { id: 'a' } });
      expect(decided(candidate('a', 0.9), guide(0.5))).toMatchObject({ kind: 'answer', candidate: { id: 'a' } });
    });

    test('that may be wanted is offered under an answer', () => {
      const at = (confidence: number) => decided(candidate('a', 0.9), guide(confidence));
      expect(at(BESIDE_AT)).toMatchObject({ kind: 'answer', candidate: { id: 'a' }, guide: { id: 'g' } });
      expect(at(BESIDE_AT - 0.01)).toMatchObject({ kind: 'answer', guide: undefined });
    });

    test('that may be wanted is among what is offered as a choice, in the last of its places', () => {
      const entries = [0.45, 0.4, 0.3].map((confidence, index) => candidate(`e${index}`, confidence));
      const ids = (confidence: number): readonly string[] => {
        const decision = decided(...entries, guide(confidence));
        return decision.kind === 'clarify' ? decision.candidates.map(({ id }) => id) : [decision.kind];
      };
      expect(ids(BESIDE_AT)).toEqual(['e0', 'e1', 'g']);
      expect(ids(offerAt)).toEqual(['e0', 'e1', 'g']);
      expect(ids(BESIDE_AT - 0.01)).toEqual(['e0', 'e1', 'e2']);
    });

    test('that may be wanted is offered where we do not know', () => {
      expect(decided(candidate('a', 0.15), guide(BESIDE_AT))).toMatchObject({ kind: 'fallback', guide: { id: 'g' } });
      expect(decided(guide(BESIDE_AT - 0.01))).toMatchObject({ kind: 'fallback', guide: undefined });
    });
  });

  test('what is answered or offered is always likely enough, whatever was understood', () => {
    const confidences = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 10 });
    fc.assert(
      fc.property(confidences, (all) => {
        const candidates = all
          .toSorted((a, b) => b - a)
          .map((confidence, index) => candidate(`e${index}`, confidence, index % 3 === 0 ? 'guide' : 'entry'));
        const decision = decide(sampleUnderstanding({ candidates }));
        if (decision.kind === 'answer') {
          const { kind, confidence } = decision.candidate;
          expect(confidence).toBeGreaterThanOrEqual(kind === 'guide' ? startAt : answerAt);
        }
        if ('guide' in decision && decision.guide !== undefined)
          expect(decision.guide.confidence).toBeGreaterThanOrEqual(BESIDE_AT);
        if (decision.kind !== 'clarify') return;
        expect(decision.candidates.length).toBeGreaterThan(0);
        expect(decision.candidates.length).toBeLessThanOrEqual(3);
        for (const { kind, confidence } of decision.candidates)
          expect(confidence).toBeGreaterThanOrEqual(kind === 'guide' ? BESIDE_AT : offerAt);
      }),
    );
  });
});
