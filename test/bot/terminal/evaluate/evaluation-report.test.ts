import * as fc from 'fast-check';
import { recordOf } from '../../../../bot/terminal/evaluate/baseline';
import { buildEvaluation, type Evaluation } from '../../../../bot/terminal/evaluate/evaluation';
import { evaluationReport } from '../../../../bot/terminal/evaluate/evaluation-report';
import { anyText } from '../../../support/any-text';
import { holds } from '../../../support/holds';
import { labelled, result } from '../../../support/judged-question';

const CONTEXT = {
  files: ['q.jsonl'],
  titleOf: (id: string) => `Title of ${id}`,
  madeAt: new Date('2026-11-22T10:00:00Z'),
};

/** Some of everything: right, wrong with confidence, missed, unsure, guided, refused, changed since the baseline. */
function sample(question = 'why?', id = 'q'): Evaluation {
  const questions = [
    labelled('answerable', ['a'], { id: `${id}1`, question }),
    labelled('answerable', ['b'], { id: `${id}2`, question, origin: id }),
    labelled('answerable', ['c'], { id: `${id}3`, question }),
    labelled('answerable', ['d', id], { id: `${id}4`, question, guide: id }),
    labelled('guided', [], { id: `${id}5`, question, guide: 'g' }),
    labelled('near-topic-unanswered', [], { id: `${id}6`, question }),
    labelled('smalltalk', [], { id: `${id}7`, question }),
  ];
  const results = [
    result('answer', ['a'], { confidence: 0.9 }),
    result('answer', ['a', 'b'], { confidence: 0.7 }),
    result('fallback', ['x', 'c'], { confidence: 0.1 }),
    result('clarify', ['d', id], { confidence: 0.3 }),
    result('guide', ['a'], { guide: 'g' }),
    result('clarify', [id], { guides: [id] }),
    result('smalltalk'),
  ];
  const before = questions.map((one) => [one.id, recordOf(one, result('answer', ['b']))] as const);
  return buildEvaluation(questions, results, new Map(before));
}

describe('the report', () => {
  const page = evaluationReport(sample(), CONTEXT);

  test('needs nothing from elsewhere and runs nothing', () => {
    expect(page).not.toMatch(/<script|<link|<img|<iframe|https?:|url\(|@import|\son\w+=|\ssrc=/i);
    expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
  });

  test('closes every tag it opens', () => {
    const body = page.slice(page.indexOf('<body>'), page.indexOf('</body>'));
    const open: string[] = [];
    for (const [, closing, name, empty] of body.matchAll(/<(\/?)([a-z][a-z0-9]*)\b[^>]*?(\/?)>/g)) {
      if (empty === '/' || name === 'br') continue;
      if (closing === '') open.push(name!);
      else expect(open.pop()).toBe(name);
    }
    expect(open).toEqual(['body']);
    expect(body).not.toContain('undefined');
    expect(body).not.toContain('NaN');
  });

  test('says the main thing in a sentence, names what stands against the baseline, and has its three plots', () => {
    expect(page).toContain(
      'Of 4 questions that the FAQ answers, <b>50 %</b> have the right entry first and <b>25 %</b> get it as the answer straight away. <b>25 %</b> get something wrong',
    );
    expect(page).toContain('No clear change since the baseline');
    for (const name of ['Reliability curve', 'Risk-coverage curve', 'Histogram of the confidence']) {
      expect(page).toContain(`aria-label="${name}`);
    }
    expect(page).toContain('today: 40 % answered outright, 50 % of these wrong');
  });

  test('lists what went wrong by how bad it is, with titles for ids', () => {
    const at = ['Wrong, and said with confidence', 'Missed', 'Right, but not said outright'].map((title) =>
      page.indexOf(title),
    );
    expect(at.every((place) => place > 0)).toBe(true);
    const [confident, missed, unsure] = at as [number, number, number];
    expect(page.slice(confident, missed)).toContain('q2 · answerable');
    expect(page.slice(missed, unsure)).toContain('q3 · answerable');
    expect(page.slice(unsure)).toContain('q4 · answerable');
    expect(page.slice(confident, missed)).toContain('<span title="b">Title of b</span>');
  });

  test('quotes any question, id, title and file without letting it become markup', () => {
    const tags = (text: string): number =>
      evaluationReport(sample(text, text), { ...CONTEXT, files: [text] }).split('<').length;
    const plain = tags('x');
    holds(
      fc.property(
        anyText(60).filter((text) => !['', '-', 'a', 'b', 'c', 'd', 'g', 'x'].includes(text)),
        (text) => {
          expect(tags(text)).toBe(plain);
        },
      ),
      { numRuns: 60 },
    );
    expect(tags('"><script>alert(1)</script>')).toBe(plain);
  });

  test('can be made of a single question of any kind, without a baseline', () => {
    for (const kind of ['answerable', 'guided', 'off-topic', 'command'] as const) {
      const alone = buildEvaluation([labelled(kind, ['a'])], [result('fallback')], new Map());
      const text = evaluationReport(alone, CONTEXT);
      expect(text).toContain('No baseline yet');
      expect(text).not.toMatch(/NaN|undefined|Infinity/);
    }
  });
});
