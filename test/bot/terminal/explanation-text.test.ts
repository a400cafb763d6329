import type { Explanation } from '../../../bot/explanation';
import { explanationText } from '../../../bot/terminal/explanation-text';
import { sampleEvidence } from '../../support/sample-model';

const EXPLANATION: Explanation = {
  rule: 'the best is sure enough: 91 %, and 50 % is needed',
  reading: {
    text: 'which kettle?',
    tokens: ['kettl'],
    expansions: [{ from: 'boiler', to: 'kettle' }],
    repairs: [
      { from: 'wich', to: 'which' },
      { from: 'boyler', to: 'boiler' },
    ],
    mode: 'semantic',
  },
  candidates: [
    {
      kind: 'entry',
      id: 'which-kettle-is-best',
      title: 'Which kettle is best?',
      score: 0.876,
      confidence: 0.914,
      evidence: sampleEvidence({
        tokens: 1,
        text: 0.5,
        grams: 0.254,
        sense: 0.75,
        coverage: 0.9,
        closest: 0.66,
        senseClosest: 0.8,
        margin: 0.26,
        matched: ['kettl', 'best'],
      }),
    },
    {
      kind: 'guide',
      id: 'choose-a-tea',
      title: 'Which tea?',
      score: 0.616,
      confidence: 0.05,
      evidence: sampleEvidence({ margin: -0.26 }),
    },
  ],
  uncovered: undefined,
};

describe('an explanation in the terminal', () => {
  test('says why, how the text was read, and what was found with every score', () => {
    expect(explanationText(EXPLANATION).split('\n')).toEqual([
      'why       the best is sure enough: 91 %, and 50 % is needed',
      'read as   which kettle?',
      'spelling  "wich" as "which"',
      'spelling  "boyler" as "boiler"',
      'glossary  "boiler" is "kettle"',
      'words     kettl',
      'by        words and sense',
      'matched   kettl, best (in the first)',
      '',
      'sure  score  words  text  pieces  sense  covered    closest  ahead  found',
      '91 %   0.88   1.00  0.50    0.25   0.75     0.90  0.66/0.80   0.26  which-kettle-is-best',
      ' 5 %   0.62   0.00  0.00    0.00   0.00     0.00  0.00/0.00  -0.26  guide choose-a-tea',
      '',
    ]);
  });

  test('says what there is none of', () => {
    const text = explanationText({
      ...EXPLANATION,
      reading: { text: 'how?', tokens: [], expansions: [], repairs: [], mode: 'lexical' },
      candidates: [],
      uncovered: 'coffee',
    });
    expect(text.split('\n')).toEqual([
      `why       ${EXPLANATION.rule}`,
      'read as   how?',
      'words     none that say anything',
      'by        words alone',
      'nearest   "coffee", which the FAQ does not cover',
      'found     nothing',
      '',
    ]);
  });

  test('names a first that has no word of the question', () => {
    const [first] = EXPLANATION.candidates;
    const text = explanationText({ ...EXPLANATION, candidates: [{ ...first!, evidence: sampleEvidence() }] });
    expect(text).toContain('matched   nothing word for word (in the first)\n');
  });

  test('leaves cells empty, and the columns in line, where nobody asked the ranking', () => {
    const { evidence: _, ...bare } = EXPLANATION.candidates[0]!;
    const lines = explanationText({ ...EXPLANATION, candidates: [bare, EXPLANATION.candidates[1]!] }).split('\n');
    const rows = lines.slice(
      lines.findIndex((line) => line.includes('found')),
      -1,
    );
    const place = rows[0]!.indexOf('found');
    expect(rows.slice(1).map((row) => row.slice(place))).toEqual(['which-kettle-is-best', 'guide choose-a-tea']);
    expect(rows[1]).toMatch(/^91 % {3}0\.88 +which-kettle-is-best$/);
  });
});
