import fc from 'fast-check';
import { shortenText, wrapText } from '../../../dialogs/draw/text-lines';

const words = fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { maxLength: 20 });

describe('wrapText', () => {
  test('breaks at spaces, as late as it can', () => {
    expect(wrapText('What must reach your virtual network?', 14)).toEqual([
      'What must',
      'reach your',
      'virtual',
      'network?',
    ]);
  });

  test('keeps every word in order, and no line is too long unless it is one word', () => {
    fc.assert(
      fc.property(words, fc.integer({ min: 1, max: 40 }), (all, width) => {
        const lines = wrapText(all.join(' '), width);
        expect(lines.join(' ')).toBe(all.join(' '));
        for (const line of lines) expect(line.length <= width || !line.includes(' ')).toBe(true);
      }),
    );
  });

  test('has no lines for an empty text', () => {
    expect(wrapText(' ', 10)).toEqual([]);
  });
});

describe('shortenText', () => {
  test('leaves a text that fits, and cuts another after a word', () => {
    expect(shortenText('one two', 7)).toBe('one two');
    expect(shortenText('one two, three', 10)).toBe('one two…');
  });

  test('cuts within a word that leaves too little before it', () => {
    expect(shortenText('a extraordinarily', 10)).toBe('a extraor…');
  });

  test('is never longer than asked, and begins as the text does', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 2, max: 60 }), (text, length) => {
        const short = shortenText(text, length);
        expect(short.length).toBeLessThanOrEqual(length);
        expect(text.startsWith(short.replace(/…$/, ''))).toBe(true);
      }),
    );
  });
});
