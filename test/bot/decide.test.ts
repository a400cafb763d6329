import fc from 'fast-check';
import { ANSWER_AT, decide, OFFER_AT } from '../../bot/decide';
import type { Candidate, IntentMatch, Understanding } from '../../knowledge/understanding';

function candidate(id: string, confidence: number, kind: Candidate['kind'] = 'entry'): Candidate {
  return { kind, id, title: id, score: confidence, confidence };
}

function understanding(changes: Partial<Understanding>): Understanding {
  return { text: 'x', candidates: [], intent: undefined, courtesy: undefined, isQuestion: false, ...changes };
}

const vague: IntentMatch = { id: 'thanks', kind: 'smalltalk', confidence: 0.8, exact: false };

describe('what to do about a text', () => {
  test('a candidate sure enough is answered', () => {
    const best = candidate('a', ANSWER_AT);
    expect(decide(understanding({ candidates: [best, candidate('b', 0.2)] }))).toEqual({
      kind: 'answer',
      candidate: best,
    });
  });

  test('less sure ones are offered, at most three', () => {
    const candidates = [0.41, 0.4, 0.3, 0.25].map((confidence, index) => candidate(`e${index}`, confidence));
    expect(decide(understanding({ candidates }))).toEqual({ kind: 'clarify', candidates: candidates.slice(0, 3) });
  });

  test('one that is hardly likely is not offered beside a likelier one', () => {
    const likely = candidate('a', OFFER_AT);
    expect(decide(understanding({ candidates: [likely, candidate('b', OFFER_AT - 0.01)] }))).toEqual({
      kind: 'clarify',
      candidates: [likely],
    });
  });

  test('without anything likely we do not know', () => {
    expect(decide(understanding({ candidates: [candidate('a', 0.1)] }))).toEqual({ kind: 'fallback' });
    expect(decide(understanding({}))).toEqual({ kind: 'fallback' });
  });

  test('an intent to the letter wins over every candidate', () => {
    const intent: IntentMatch = { id: 'cancel', kind: 'command', confidence: 1, exact: true };
    expect(decide(understanding({ intent, candidates: [candidate('a', 0.99)] }))).toEqual({
      kind: 'command',
      intent: 'cancel',
    });
  });

  test('a vague intent yields to a candidate that is answered', () => {
    expect(decide(understanding({ intent: vague, candidates: [candidate('a', ANSWER_AT)] })).kind).toBe('answer');
  });

  test('a vague intent wins over candidates that would only be offered', () => {
    expect(decide(understanding({ intent: vague, candidates: [candidate('a', ANSWER_AT - 0.01)] }))).toEqual({
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
        const decision = decide(understanding({ candidates }));
        if (decision.kind === 'answer') expect(decision.candidate.confidence).toBeGreaterThanOrEqual(ANSWER_AT);
        if (decision.kind !== 'clarify') return;
        expect(decision.candidates.length).toBeGreaterThan(0);
        expect(decision.candidates.every(({ confidence }) => confidence >= OFFER_AT)).toBe(true);
      }),
    );
  });
});
