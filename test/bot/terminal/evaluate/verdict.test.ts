import { judge } from '../../../../bot/terminal/evaluate/verdict';
import { labelled, result } from '../../../support/judged-question';

describe('an answerable question', () => {
  const asked = labelled('answerable', ['a', 'b']);

  test('has the place of its first expected entry, whatever was said', () => {
    expect(judge(asked, result('answer', ['a', 'x'])).rank).toBe(1);
    expect(judge(asked, result('clarify', ['x', 'b', 'a'])).rank).toBe(2);
    expect(judge(asked, result('fallback', ['x'])).rank).toBeUndefined();
  });

  test.each([
    ['answer', ['b'], 'right'],
    ['answer', ['x', 'a'], 'confident'],
    ['answer', [], 'confident'],
    ['clarify', ['a', 'x'], 'unsure'],
    ['fallback', ['a'], 'unsure'],
    ['clarify', ['x', 'a'], 'missed'],
    ['smalltalk', [], 'missed'],
  ])('met with %s %j is handled: %s', (kind, answers, handling) => {
    const verdict = judge(asked, result(kind, answers));
    expect(verdict.handling).toBe(handling);
    expect(verdict.wrongConfident).toBe(handling === 'confident');
    expect(verdict.rightOutright).toBe(handling === 'right');
  });

  test('sent into a guide is wrong, unless its label names just that guide', () => {
    const sent = result('guide', ['a'], { guide: 'g' });
    expect(judge(asked, sent)).toMatchObject({ wrongConfident: true, handling: 'confident', rank: 1 });
    expect(judge({ ...asked, guide: 'g' }, sent)).toMatchObject({ wrongConfident: false, handling: 'right' });
    expect(judge({ ...asked, guide: 'other' }, sent)).toMatchObject({ wrongConfident: true });
  });
});

describe('a guided question', () => {
  const asked = labelled('guided', ['a'], { guide: 'g' });

  test.each([
    ['started', result('guide', [], { guide: 'g' }), true, 'right'],
    ['offered among others', result('clarify', ['x'], { guides: ['f', 'g'] }), true, 'right'],
    ['another one started', result('guide', [], { guide: 'f' }), false, 'confident'],
    ['another one offered', result('clarify', ['a'], { guides: ['f'] }), false, 'missed'],
    ['answered by an expected entry', result('answer', ['a']), false, 'right'],
    ['answered by another entry', result('answer', ['x']), false, 'confident'],
    ['answered by another entry that offers the guide', result('answer', ['x'], { guides: ['g'] }), true, 'confident'],
    ['asked back', result('clarify', ['x']), false, 'missed'],
  ])('with its guide %s', (_, got, guideReached, handling) => {
    expect(judge(asked, got)).toMatchObject({ guideReached, handling });
  });

  test('that names no guide is content with any', () => {
    const verdict = judge(labelled('guided'), result('guide', [], { guide: 'f' }));
    expect(verdict).toMatchObject({ guideReached: true, wrongConfident: false, handling: 'right' });
  });
});

describe('a question without an answer', () => {
  test.each([
    ['near-topic-unanswered', ['fallback', 'clarify', 'smalltalk', 'handover'], ['command']],
    ['off-topic', ['fallback', 'smalltalk', 'handover'], ['clarify', 'command']],
    ['smalltalk', ['smalltalk', 'command'], ['fallback', 'clarify', 'handover']],
    ['command', ['command', 'handover', 'smalltalk'], ['fallback', 'clarify']],
  ] as const)('of the kind %s is rightly met by %j, missed by %j', (kind, right, missed) => {
    const handling = (outcome: string): string => judge(labelled(kind), result(outcome, ['x'])).handling;
    for (const outcome of right) expect([outcome, handling(outcome)]).toEqual([outcome, 'right']);
    for (const outcome of missed) expect([outcome, handling(outcome)]).toEqual([outcome, 'missed']);
    for (const outcome of ['answer', 'guide']) {
      const verdict = judge(labelled(kind), result(outcome, ['x'], { guide: outcome === 'guide' ? 'g' : null }));
      expect(verdict).toMatchObject({ wrongConfident: true, refused: false, handling: 'confident' });
    }
  });
});
