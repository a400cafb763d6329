import fc from 'fast-check';
import { firstSentence } from '../../../../bot/channel/teams/first-sentence';
import { anyText } from '../../../support/any-text';
import { longTexts } from '../../../support/long-texts';

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

test('the first sentence of any text is short', () => {
  fc.assert(
    fc.property(anyText(), (markdown) => {
      expect([...firstSentence(markdown)].length).toBeLessThanOrEqual(160);
    }),
  );
  for (const [, long] of longTexts) expect([...firstSentence(long)].length).toBeLessThanOrEqual(160);
});
