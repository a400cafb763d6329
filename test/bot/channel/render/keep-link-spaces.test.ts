import fc from 'fast-check';
import { keepLinkSpaces } from '../../../../bot/channel/render/keep-link-spaces';

describe('spaces around links', () => {
  test.each([
    ['For more, see\n[this](https://x.example).', 'For more, see [this](https://x.example).'],
    ['See\n**[this](https://x.example)**', 'See **[this](https://x.example)**'],
    ['See\n<https://x.example>', 'See <https://x.example>'],
    ['See [this](https://x.example)\nfor more.', 'See [this](https://x.example) for more.'],
    ['- see\n[this](https://x.example)', '- see [this](https://x.example)'],
  ])('%j becomes %j', (before, after) => {
    expect(keepLinkSpaces(before)).toBe(after);
  });

  test.each([
    'No link\nat all',
    '# Heading\n[this](https://x.example)',
    'A paragraph.\n\n[this](https://x.example)',
    'See [this](https://x.example)\n- one\n- two',
    'See [this](https://x.example)\n1. one',
    '| a |\n| --- |\n| [this](https://x.example) |\n| b |',
    '```\n$a =\n[int]1\n```',
    'A hard break  \n[this](https://x.example)',
  ])('%j stays', (markdown) => {
    expect(keepLinkSpaces(markdown)).toBe(markdown);
  });

  test('nothing but line breaks ever changes, and a second time nothing at all', () => {
    const markdown = fc.array(fc.constantFrom('a', ' ', '\n', '[x](y)', '- ', '# ', '```', '|', ']', '**'), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          markdown.map((parts) => parts.join('')),
        ),
        (text) => {
          const kept = keepLinkSpaces(text);
          expect(kept.replace(/\n/g, ' ')).toBe(text.replace(/\n/g, ' '));
          expect(keepLinkSpaces(kept)).toBe(kept);
        },
      ),
    );
  });
});
