import fc from 'fast-check';
import { decide } from '../../bot/decide';
import type { Candidate, IntentMatch } from '../../knowledge/understanding';
import { sampleUnderstanding, THRESHOLDS } from '../support/sample-understanding';

const { answerAt, offerAt } = THRESHOLDS;

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
    });
    expect(decide(sampleUnderstanding())).toEqual({ kind: 'fallback', uncovered: undefined });
  });

  test('what the text is about, although nothing we know answers it, is told with a choice and where we do not know', () => {
    const candidates = [candidate('a', offerAt)];
    const uncovered = 'prices';
    expect(decide(sampleUnderstanding({ candidates, uncovered }))).toEqual({ kind: 'clarify', candidates, uncovered });
    expect(decide(sampleUnderstanding({ uncovered }))).toEqual({ kind: 'fallback', uncovered });
  });

  test('the thresholds are those of the understanding, not the same for all', () => {
    const candidates = [candidate('a', 0.6)];
    const at = (answer: number, offer: number) =>
      decide(sampleUnderstanding({ candidates, thresholds: { answerAt: answer, offerAt: offer } })).kind;
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

  test('what is answered or offered is always likely enough, whatever was understood', () => {
    const confidences = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 10 });
    fc.assert(
      fc.property(confidences, (all) => {
        const candidates = all
          .toSorted((a, b) => b - a)
          .map((confidence, index) => candidate(`e${index}`, confidence, index % 3 === 0 ? 'guide' : 'entry'));
        const decision = decide(sampleUnderstanding({ candidates }));
        if (decision.kind === 'answer') expect(decision.candidate.confidence).toBeGreaterThanOrEqual(answerAt);
        if (decision.kind !== 'clarify') return;
        expect(decision.candidates.length).toBeGreaterThan(0);
        expect(decision.candidates.every(({ confidence }) => confidence >= offerAt)).toBe(true);
      }),
    );
  });
});
