import fc from 'fast-check';
import { outcomeToPlainText } from '../../bot/outcome-text';
import type { Reply } from '../../bot/reply';

const outcome: Reply & { readonly kind: 'outcome' } = {
  kind: 'outcome',
  guideId: 'bike',
  guideTitle: 'Which bike?',
  answered: [],
  verdict: 'Take a **city** bike',
  explanation: 'It is *simple*: see [the shop](https://shop.example/a) or `7`.',
  reasons: ['You ride on roads.'],
  ruledOut: [
    { what: 'A mountain bike', because: 'It is slow.' },
    { what: 'A boat', because: '' },
  ],
  nextSteps: ['Try it', 'Buy it'],
  checklist: [],
  cites: [{ id: 'tyre', title: 'How long does a tyre last?' }],
  asOf: '2019-05-14',
  buttons: [],
};

describe('an outcome as plain text', () => {
  test('says everything in order, without Markdown', () => {
    expect(outcomeToPlainText(outcome)).toBe(
      [
        'Which bike?',
        'Take a city bike',
        'It is simple: see the shop (https://shop.example/a) or 7.',
        'Why:\n- You ride on roads.',
        'Ruled out:\n- A mountain bike: It is slow.\n- A boat',
        'Next steps:\n1. Try it\n2. Buy it',
        'Based on:\n- How long does a tyre last?',
        'As of May 2019.',
      ].join('\n\n'),
    );
  });

  test('ticks what is done of a checklist', () => {
    const checklist = [
      { text: 'Oil it', done: true, action: 'tick:bike/oil' },
      { text: 'Lock it', done: false, action: 'tick:bike/lock' },
    ];
    expect(outcomeToPlainText({ ...outcome, nextSteps: [], checklist })).toContain(
      '\n\nTo do:\n☑ 1. Oil it\n☐ 2. Lock it\n\nBased on:',
    );
  });

  test('keeps names, addresses and signs that are no Markdown', () => {
    const explanation = 'Set $True_a_b on 10.0.0.0/16, 2 * 3 * 4, https://a.example/b_c*d and [this].';
    expect(outcomeToPlainText({ ...outcome, explanation })).toContain(`\n\n${explanation}\n\n`);
  });

  test('leaves no gap and does not throw whatever the texts', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string()), (explanation, reasons) => {
        expect(typeof outcomeToPlainText({ ...outcome, explanation, reasons })).toBe('string');
      }),
    );
    expect(outcomeToPlainText({ ...outcome, explanation: '', reasons: [], ruledOut: [] })).not.toMatch(/\n{3}|Why/);
  });
});
