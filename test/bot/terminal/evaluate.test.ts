import type { AskResult } from '../../../bot/terminal/ask';
import { type LabelledQuestion, tabulate } from '../../../bot/terminal/evaluate';

function question(kind: LabelledQuestion['kind'], origin: string, expected: readonly string[] = []): LabelledQuestion {
  return { id: 'q', question: 'x', kind, origin, expected: [...expected] };
}

function result(kind: string, answers: readonly string[] = [], changes: Partial<AskResult> = {}): AskResult {
  return {
    id: 'q',
    kind,
    answers: answers.map((id) => ({ id, confidence: 0.5 })),
    guide: null,
    guides: [],
    elapsedMs: 1,
    ...changes,
  };
}

describe('the table of an evaluation', () => {
  test('counts for answerable questions what was found, what was said rightly, and what was said wrongly', () => {
    const asked = question('answerable', 'real', ['a', 'b']);
    const pairs: [LabelledQuestion, AskResult][] = [
      [asked, result('answer', ['a', 'x'])],
      [asked, result('answer', ['x', 'b'])],
      [asked, result('clarify', ['b', 'x', 'a'])],
      [asked, result('fallback', ['x', 'y', 'z', 'a'])],
    ];
    expect(tabulate(...columns(pairs))).toEqual([
      {
        kind: 'answerable',
        origin: 'real',
        count: 4,
        top1: 0.5,
        top3: 0.75,
        rightOutright: 0.25,
        wrongConfident: 0.25,
        refused: undefined,
      },
    ]);
  });

  test('counts a guide that starts at an answerable question as wrong', () => {
    const asked = question('answerable', 'real', ['a']);
    expect(tabulate([asked], [result('guide', ['a'], { guide: 'g' })])).toMatchObject([{ wrongConfident: 1 }]);
  });

  test('counts for guided questions only an answer that is not expected as wrong', () => {
    const asked = question('guided', 'written', ['a']);
    const pairs: [LabelledQuestion, AskResult][] = [
      [asked, result('guide', ['x'], { guide: 'g' })],
      [asked, result('answer', ['a'])],
      [asked, result('answer', ['x'])],
      [asked, result('clarify', ['x'])],
    ];
    expect(tabulate(...columns(pairs))).toMatchObject([{ top1: 0.25, wrongConfident: 0.25, refused: undefined }]);
  });

  test('counts for what is not ours how often it was refused, and every answer or guide as wrong', () => {
    const near = question('near-topic-unanswered', 'written');
    const off = question('off-topic', 'written');
    const pairs: [LabelledQuestion, AskResult][] = [
      [near, result('fallback')],
      [near, result('clarify', ['x'])],
      [near, result('answer', ['x'])],
      [near, result('guide', [], { guide: 'g' })],
      [off, result('fallback')],
      [off, result('clarify', ['x'])],
    ];
    expect(tabulate(...columns(pairs))).toMatchObject([
      { kind: 'near-topic-unanswered', top1: undefined, rightOutright: undefined, wrongConfident: 0.5, refused: 0.5 },
      { kind: 'off-topic', wrongConfident: 0, refused: 0.5 },
    ]);
  });

  test('takes small talk and commands for refused rightly where they were met with just that', () => {
    const pairs: [LabelledQuestion, AskResult][] = [
      [question('smalltalk', 'written'), result('smalltalk')],
      [question('smalltalk', 'written'), result('answer', ['x'])],
      [question('command', 'written'), result('handover')],
    ];
    expect(tabulate(...columns(pairs))).toMatchObject([
      { kind: 'smalltalk', count: 2, refused: 0.5, wrongConfident: 0.5 },
      { kind: 'command', count: 1, refused: 1, wrongConfident: 0 },
    ]);
  });

  test('has one row for each kind and origin, in the order in which they come', () => {
    const kinds: [LabelledQuestion['kind'], string][] = [
      ['off-topic', 'real'],
      ['answerable', 'written'],
      ['answerable', 'real'],
      ['off-topic', 'real'],
    ];
    const questions = kinds.map(([kind, origin]) => question(kind, origin));
    const rows = tabulate(
      questions,
      questions.map(() => result('fallback')),
    );
    expect(rows.map(({ kind, origin, count }) => [kind, origin, count])).toEqual([
      ['off-topic', 'real', 2],
      ['answerable', 'written', 1],
      ['answerable', 'real', 1],
    ]);
  });
});

function columns(pairs: readonly [LabelledQuestion, AskResult][]): [LabelledQuestion[], AskResult[]] {
  return [pairs.map(([asked]) => asked), pairs.map(([, got]) => got)];
}
