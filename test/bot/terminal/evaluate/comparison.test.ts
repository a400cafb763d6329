import * as fc from 'fast-check';
import type { AskResult } from '../../../../bot/terminal/ask';
import { type Baseline, recordOf } from '../../../../bot/terminal/evaluate/baseline';
import { compareWithBaseline } from '../../../../bot/terminal/evaluate/comparison';
import type { JudgedQuestion } from '../../../../bot/terminal/evaluate/metrics';
import { holds } from '../../../support/holds';
import { judged, labelled, result } from '../../../support/judged-question';

const RIGHT = result('answer', ['a']);
const MISSED = result('fallback', ['x']);
const CONFIDENT = result('answer', ['x']);

/** Answerable questions with what they were met with before and now. */
function pairs(...changes: readonly (readonly [count: number, before: AskResult, after: AskResult])[]): {
  now: JudgedQuestion[];
  baseline: Baseline;
} {
  const all = changes.flatMap(([count, before, after]) => Array.from({ length: count }, () => ({ before, after })));
  const questions = all.map((_, index) => labelled('answerable', ['a'], { id: `q${index}` }));
  return {
    now: all.map(({ after }, index) => judged(questions[index]!, after)),
    baseline: new Map(all.map(({ before }, index) => [`q${index}`, recordOf(questions[index]!, before)])),
  };
}

function compare({ now, baseline }: ReturnType<typeof pairs>) {
  return compareWithBaseline(now, baseline)!;
}

describe('the comparison with a baseline', () => {
  test.each([
    ['six lost against none won', 6, 0, 'worse'],
    ['five lost against none won', 5, 0, 'same'],
    ['three lost against one won', 3, 1, 'same'],
    ['nine lost against one won', 9, 1, 'worse'],
    ['one lost against nine won', 1, 9, 'better'],
    ['as many lost as won', 20, 20, 'same'],
  ])('is, with %s, no more than the paired test allows', (_, lost, won, verdict) => {
    const comparison = compare(pairs([lost, RIGHT, MISSED], [won, MISSED, RIGHT], [100, RIGHT, RIGHT]));
    expect(comparison.verdict).toBe(verdict);
    expect(comparison.measures).toMatchObject([
      { name: 'right entry first', count: lost + won + 100, before: lost + 100, after: won + 100, verdict },
      { name: 'rightly met', better: won, worse: lost, verdict },
      { name: 'not wrong and confident', better: 0, worse: 0, p: 1, verdict: 'same' },
    ]);
  });

  test('is worse where wrong answers are now said with confidence, although nothing else changed', () => {
    const { verdict, measures } = compare(pairs([6, MISSED, CONFIDENT], [50, RIGHT, RIGHT]));
    expect(measures.map((one) => one.verdict)).toEqual(['same', 'same', 'worse']);
    expect(verdict).toBe('worse');
  });

  test('is worse where one measure is, however much better another one is', () => {
    const asks = result('clarify', ['a']);
    const { measures, verdict } = compare(pairs([30, RIGHT, asks], [9, CONFIDENT, asks]));
    expect(measures.map((one) => one.verdict)).toEqual(['better', 'worse', 'better']);
    expect(verdict).toBe('worse');
  });

  test('judges both sides by the label of today', () => {
    const { now, baseline } = pairs([10, RIGHT, RIGHT]);
    const relabelled = now.map(({ question, result: got }) => judged({ ...question, expected: ['other'] }, got));
    expect(compareWithBaseline(relabelled, baseline)).toMatchObject({ verdict: 'same', changed: [] });
  });

  test('leaves out questions that are new or read otherwise, and counts those that are gone', () => {
    const { now, baseline } = pairs([3, RIGHT, RIGHT], [1, RIGHT, MISSED]);
    const [first, second] = now;
    const rewritten = judged({ ...second!.question, question: 'another' }, MISSED);
    const fresh = judged(labelled('off-topic', [], { id: 'fresh' }), MISSED);
    expect(compareWithBaseline([first!, rewritten, fresh], baseline)).toMatchObject({
      compared: 1,
      added: 2,
      gone: 2,
      changed: [],
    });
    expect(compareWithBaseline([fresh], baseline)).toBeUndefined();
  });

  test('lists every question with another top answer or outcome, and says which way it went', () => {
    const asks = result('clarify', ['a'], { confidence: 0.3 });
    const { changed } = compare(
      pairs(
        [1, RIGHT, RIGHT],
        [1, MISSED, RIGHT],
        [1, RIGHT, asks],
        [1, MISSED, CONFIDENT],
        [1, CONFIDENT, result('answer', ['y'])],
      ),
    );
    expect(changed.map(({ id, firstChanged, verdict }) => [id, firstChanged, verdict])).toEqual([
      ['q1', true, 'better'],
      ['q2', false, 'worse'],
      ['q3', false, 'worse'],
      ['q4', true, 'same'],
    ]);
    expect(changed[1]).toMatchObject({
      before: { kind: 'answer', first: 'a', confidence: 0.5 },
      after: { kind: 'clarify', first: 'a', confidence: 0.3 },
    });
  });

  test('with itself is always the same', () => {
    const anyResult = fc.constantFrom(
      RIGHT,
      MISSED,
      CONFIDENT,
      result('guide', [], { guide: 'g' }),
      result('fallback'),
    );
    holds(
      fc.property(fc.array(anyResult, { minLength: 1 }), (results) => {
        const comparison = compare(pairs(...results.map((one) => [1, one, one] as const)));
        expect(comparison).toMatchObject({ compared: results.length, verdict: 'same', changed: [], gone: 0 });
      }),
    );
  });
});
