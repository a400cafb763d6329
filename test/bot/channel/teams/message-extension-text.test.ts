import fc from 'fast-check';
import { cardElements, firstSentence } from '../../../../bot/channel/teams/message-extension-text';
import { anyText } from '../../../support/any-text';
import { longTexts } from '../../../support/long-texts';

const text = (words: string, more = {}) => ({ type: 'TextBlock', text: words, wrap: true, ...more });

test('paragraphs, lists and headings become texts', () => {
  expect(cardElements('One\nline.\n\n## A *head*\n\n- a\n  goes on\n- b\n\n1. c\n2. d\n')).toEqual([
    text('One line.'),
    text('A *head*', { weight: 'Bolder' }),
    text('- a goes on\r- b'),
    text('1. c\r2. d'),
  ]);
});

test('a table becomes a table of the card', () => {
  expect(cardElements('| a | **b** |\n| --- | :-: |\n| `c` \\| d |\n')).toEqual([
    {
      type: 'Table',
      firstRowAsHeaders: true,
      columns: [{ width: 1 }, { width: 1 }],
      rows: [
        {
          type: 'TableRow',
          cells: [
            { type: 'TableCell', items: [text('a')] },
            { type: 'TableCell', items: [text('**b**')] },
          ],
        },
        {
          type: 'TableRow',
          cells: [
            { type: 'TableCell', items: [text('c | d')] },
            { type: 'TableCell', items: [text(' ')] },
          ],
        },
      ],
    },
  ]);
});

test('code is shown as it is', () => {
  expect(cardElements('Run:\n\n```\nNew-Az *x*\n  -y\n```\nDone.')).toEqual([
    text('Run:'),
    { type: 'RichTextBlock', inlines: [{ type: 'TextRun', text: 'New-Az *x*', fontType: 'Monospace' }] },
    { type: 'RichTextBlock', inlines: [{ type: 'TextRun', text: '  -y', fontType: 'Monospace' }], spacing: 'None' },
    text('Done.'),
  ]);
});

test('links stay, code signs and HTML go', () => {
  expect(cardElements('See [this](https://a.example/b_c), <https://d.example> and `/27`<br>now. <b>Bold</b>')).toEqual([
    text('See [this](https://a.example/b_c), [https://d.example](https://d.example) and /27 now. Bold'),
  ]);
});

test.each([
  ['**Yes**, see [this page](https://a.example) for it. And more.', 'Yes, see this page for it.'],
  ['Yes. It does so by itself. More.', 'Yes. It does so by itself.'],
  ['Use 10.0.0.0/16 and `gateway_subnet`. Not more.', 'Use 10.0.0.0/16 and gateway_subnet.'],
  ['## Head\n\nThe first sentence of two. Second.', 'The first sentence of two.'],
  ['- an item of a certain length. More', 'an item of a certain length.'],
  ['| a | b |\n| - | - |\n', ''],
  ['', ''],
])('the first sentence of %j is %j', (markdown, sentence) => {
  expect(firstSentence(markdown)).toBe(sentence);
});

test('a long first sentence is cut between words', () => {
  const sentence = firstSentence('word '.repeat(100));
  expect(sentence.length).toBeLessThanOrEqual(160);
  expect(sentence).toMatch(/word…$/);
});

test('any Markdown becomes elements with text', () => {
  fc.assert(
    fc.property(anyText(), (markdown) => {
      for (const element of cardElements(markdown)) {
        expect(['TextBlock', 'RichTextBlock', 'Table']).toContain(element.type);
        if (element.type === 'TextBlock') expect(element.text).not.toBe('');
      }
      expect([...firstSentence(markdown)].length).toBeLessThanOrEqual(160);
    }),
  );
});

test.each(longTexts)('%s without end take no time', (_name, long) => {
  const startedAt = performance.now();
  cardElements(long);
  firstSentence(long);
  expect(performance.now() - startedAt).toBeLessThan(2_000);
});
