import { buildParseOnce, parseAnew } from '../../../bot/foundation/parse-once';

const words = (text: string, file: string) => ({ file, words: text.split(' ') });
const letters = (text: string, file: string) => ({ file, letters: [...text] });

test('a text that has not changed is not read again, file by file and reader by reader', () => {
  const parse = buildParseOnce();
  const first = parse(words, 'a b', 'one.md');
  expect(first).toEqual({ file: 'one.md', words: ['a', 'b'] });
  expect(parse(words, 'a b', 'two.md')).toEqual({ file: 'two.md', words: ['a', 'b'] });
  expect(parse(letters, 'a b', 'one.md').letters).toEqual(['a', ' ', 'b']);
  expect(parse(words, 'a b', 'one.md')).toBe(first);
});

test('another text is read, and so is the first one when it comes back', () => {
  const parse = buildParseOnce();
  const first = parse(words, 'a', 'one.md');
  expect(parse(words, 'b', 'one.md').words).toEqual(['b']);
  const again = parse(words, 'a', 'one.md');
  expect(again).toEqual(first);
  expect(again).not.toBe(first);
});

test('without memory every text is read every time', () => {
  expect(parseAnew(words, 'a', 'one.md')).not.toBe(parseAnew(words, 'a', 'one.md'));
});
