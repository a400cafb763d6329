import fc from 'fast-check';
import { adaptiveCard } from '../../../../bot/channel/render/adaptive-card';
import {
  cardText,
  markdownBlocks,
  markdownToCard,
  markdownToWords,
} from '../../../../bot/channel/render/markdown-to-card';
import { faultsOfCard } from '../../../support/check-card';
import { partsOf } from '../../../support/teams';

const texts = (markdown: string) => markdownToCard(markdown).map(({ text }) => text);

describe('Markdown on a card', () => {
  test('keeps bold, italics, links and lists', () => {
    expect(texts('One **two** *three*\n[four](https://x.example/a_(b)) five')).toEqual([
      'One **two** _three_ [four](https://x.example/a_%28b%29) five',
    ]);
    expect(texts('- a\n- b\n  1. c\n  2. d\n- e')).toEqual(['- a\n- b\n  1. c\n  2. d\n- e']);
    expect(texts('3. a\n4. b')).toEqual(['3. a\n4. b']);
  });

  test('makes headings bold, and takes the marks off code in a line', () => {
    expect(markdownToCard('## Title\n\nType `my_vpn *` now')).toMatchObject([
      { text: 'Title', weight: 'Bolder' },
      { text: 'Type my_vpn \\* now' },
    ]);
  });

  test('makes tables tables, with their first row as head', () => {
    const [table] = markdownToCard('| | b |\n| --- | --- |\n| **c** | a very long cell, that needs much room |');
    expect(table).toMatchObject({ type: 'Table', firstRowAsHeader: true, columns: [{ width: 1 }, { width: 3 }] });
    expect(partsOf(table, 'TextBlock').map(({ text }) => text)).toEqual([
      '\u00A0',
      'b',
      '**c**',
      'a very long cell, that needs much room',
    ]);
  });

  test('sets code line by line in one width', () => {
    const [code] = markdownToCard('```\nif *x*\n  end\n```');
    expect(partsOf(code, 'TextBlock').map(({ text, fontType }) => [text, fontType])).toEqual([
      ['if \\*x\\*', 'Monospace'],
      ['\u00A0\u00A0end', 'Monospace'],
    ]);
  });

  test('parts a list where code stands in it', () => {
    expect(markdownToCard('1. a\n\n   ```\n   x\n   ```\n2. b').map(({ type, text }) => text ?? type)).toEqual([
      '1. a',
      'Container',
      '2. b',
    ]);
  });

  test('leads nowhere but to pages and mail', () => {
    expect(texts('[a](javascript:x) [b](#c) [d](mailto:e@f.example) https://g.example')).toEqual([
      '\\[a\\](javascript:x) b [d](mailto:e@f.example) [https://g.example](https://g.example)',
    ]);
  });

  test('of any text is a card that can be drawn', () => {
    const line = fc.oneof(
      fc.string(),
      fc.constantFrom('- a', '1. b', '| a | b |', '| --- | --- |', '```', '> q', '# h', '', '   - x'),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
        const markdown = lines.join('\n');
        expect(faultsOfCard(adaptiveCard(markdownToCard(markdown)))).toEqual([]);
        markdownBlocks(markdown);
        expect([...markdownToWords(markdown, 20)].length).toBeLessThanOrEqual(20);
      }),
      { numRuns: 60 },
    );
  });
});

test('plain words stay what they are', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[\w*[\]()#.+-]{0,6}( [\w*[\]()#.+-]{1,6}){0,6}$/), (words) => {
      expect(markdownToWords(cardText(words), 200)).toBe(words.trim());
    }),
  );
});

test('blocks are cut where Markdown begins a new one', () => {
  expect(markdownBlocks('a\nb\n\n- c\n\n- d\n\n| e |\n| - |\n')).toEqual([
    { text: 'a\nb', isParagraph: true },
    { text: '- c\n\n- d', isParagraph: false },
    { text: '| e |\n| - |', isParagraph: false },
  ]);
});
