import * as fc from 'fast-check';
import {
  countOutcomes,
  figuresOf,
  type JudgedQuestion,
  latencyOf,
  tabulate,
  totals,
} from '../../../../bot/terminal/evaluate/metrics';
import { holds } from '../../../support/holds';
import { answerableAt, judged, labelled, result } from '../../../support/judged-question';

const asked = labelled('answerable', ['a', 'b']);
const FOUR: readonly JudgedQuestion[] = [
  judged(asked, result('answer', ['a', 'x'])),
  judged(asked, result('answer', ['x', 'b'])),
  judged(asked, result('clarify', ['b', 'x', 'a'])),
  judged(asked, result('fallback', ['x', 'y', 'z', 'a'])),
];

describe('the figures', () => {
  test('of answerable questions count what was found, what was said rightly, and what was said wrongly', () => {
    const figures = figuresOf('answerable', FOUR);
    expect(figures).toMatchObject({
      count: 4,
      top1: { hits: 2, count: 4, share: 0.5 },
      top3: { hits: 3, share: 0.75 },
      rightOutright: { hits: 1, share: 0.25 },
      wrongConfident: { hits: 1, share: 0.25 },
    });
    expect(figures.meanReciprocalRank).toBeCloseTo((1 + 1 / 2 + 1 + 1 / 4) / 4);
    expect([figures.refused, figures.guideReached]).toEqual([undefined, undefined]);
  });

  test('of guided questions speak of entries only where the label names some', () => {
    const withEntry = judged(labelled('guided', ['a']), result('answer', ['a']));
    const without = judged(labelled('guided'), result('guide', ['x'], { guide: 'g' }));
    expect(figuresOf('guided', [withEntry, without])).toMatchObject({
      top1: { hits: 1, count: 1 },
      guideReached: { hits: 1, count: 2 },
      wrongConfident: { hits: 0, count: 2 },
      rightOutright: undefined,
      refused: undefined,
    });
    expect(figuresOf('guided', [without])).toMatchObject({ top1: undefined, meanReciprocalRank: undefined });
  });

  test('of what is not ours count how often it was refused', () => {
    const near = labelled('near-topic-unanswered');
    const met = [result('fallback'), result('clarify', ['x']), result('answer', ['x'])];
    expect(
      figuresOf(
        'near-topic-unanswered',
        met.map((one) => judged(near, one)),
      ),
    ).toMatchObject({ top1: undefined, refused: { hits: 2, count: 3 }, wrongConfident: { hits: 1, count: 3 } });
  });

  test('hold: top-1 ≤ MRR ≤ share found at all, top-1 ≤ top-3, and right outright ≤ top-1', () => {
    holds(
      fc.property(fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1 }), (ranks) => {
        const { top1, top3, meanReciprocalRank, rightOutright } = figuresOf(
          'answerable',
          ranks.map((rank) => answerableAt(rank)),
        );
        const found = ranks.filter((rank) => rank <= 5).length / ranks.length;
        expect(meanReciprocalRank).toBeGreaterThanOrEqual(top1!.share - 1e-12);
        expect(meanReciprocalRank).toBeLessThanOrEqual(found + 1e-12);
        expect(top3!.hits).toBeGreaterThanOrEqual(top1!.hits);
        expect(rightOutright!.hits).toBeLessThanOrEqual(top1!.hits);
      }),
    );
  });
});

describe('the rows', () => {
  const all = (
    [
      ['off-topic', 'real'],
      ['answerable', 'own'],
      ['answerable', 'real'],
      ['off-topic', 'real'],
    ] as const
  ).map(([kind, origin]) => judged(labelled(kind, ['a'], { origin }), result('fallback')));

  test('are one for each kind and origin, kinds in their usual order', () => {
    expect(tabulate(all).map(({ kind, origin, count }) => [kind, origin, count])).toEqual([
      ['answerable', 'own', 1],
      ['answerable', 'real', 1],
      ['off-topic', 'real', 2],
    ]);
  });

  test('of all origins together are one for each kind that occurs', () => {
    expect(totals(all).map(({ kind, origin, count }) => [kind, origin, count])).toEqual([
      ['answerable', undefined, 2],
      ['off-topic', undefined, 2],
    ]);
  });
});

test('outcomes are counted by kind', () => {
  expect(countOutcomes([...FOUR, judged(labelled('command'), result('command'))])).toEqual([
    { kind: 'answerable', outcomes: { answer: 2, clarify: 1, fallback: 1 } },
    { kind: 'command', outcomes: { command: 1 } },
  ]);
});

test('the latency is the median and the nearest rank at 95 %', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
  expect(latencyOf(hundred)).toEqual({ medianMs: 50, p95Ms: 95 });
  expect(latencyOf([7])).toEqual({ medianMs: 7, p95Ms: 7 });
  expect(latencyOf([])).toEqual({ medianMs: 0, p95Ms: 0 });
});
