import * as fc from 'fast-check';
import { MAX_TEXT_LENGTH, normaliseText, plainWords } from '../../../bot/foundation/normalise-text';
import { anyText } from '../../support/any-text';
import { holds } from '../../support/holds';

describe('normaliseText', () => {
  test.each([
    ['  Can I\tuse\r\n BGP? ', 'can i use bgp?', 'white space becomes single spaces, none at the ends'],
    ['Can’t', "can't", 'a curly apostrophe becomes a straight one'],
    ['can´t, can`t, can‘t, canʼt', "can't, can't, can't, can't", 'so does every sign that is typed for one'],
    ['site‑to–site—vpn', 'site-to-site-vpn', 'every dash becomes a hyphen'],
    ['ＶＰＮ ① ﬁx', 'vpn 1 fix', 'wide letters, circled digits and ligatures become plain (NFKC)'],
    ['Gateway\u200b\u00ad\u0000\u001b[31m', 'gateway [31m', 'invisible and control characters become a space'],
    ['\u202eabc\u202c', 'abc', 'marks of direction are dropped'],
    ['Ärger', 'ärger', 'a letter and its accent are one character'],
    ['ОБЛАКО 雲', 'облако 雲', 'other scripts stay'],
    ['\ud83d', '', 'half a character is none'],
    ['', '', 'nothing stays nothing'],
  ])('%j is %j: %s', (text, normal) => {
    expect(normaliseText(text)).toBe(normal);
  });

  test('looks at the first 2,000 characters only', () => {
    expect(normaliseText('x'.repeat(100_000))).toBe('x'.repeat(MAX_TEXT_LENGTH));
    expect(normaliseText(`${'x'.repeat(MAX_TEXT_LENGTH - 1)}😀`)).toBe('x'.repeat(MAX_TEXT_LENGTH - 1));
  });

  test('bounds a text that grows when it is normalised', () => {
    expect(normaliseText('\ufdfa'.repeat(MAX_TEXT_LENGTH)).length).toBeLessThanOrEqual(MAX_TEXT_LENGTH);
  });

  test('is idempotent for any text', () => {
    holds(
      fc.property(anyText(3_000), (text) => {
        const once = normaliseText(text);
        expect(normaliseText(once)).toBe(once);
      }),
      { numRuns: 300 },
    );
  });

  test('gives a bounded text without control characters, half characters and double spaces, whatever comes in', () => {
    holds(
      fc.property(anyText(3_000), (text) => {
        const normal = normaliseText(text);
        expect(normal.length).toBeLessThanOrEqual(MAX_TEXT_LENGTH);
        expect(normal).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]|\s\s|^\s|\s$/u);
      }),
      { numRuns: 300 },
    );
  });

  test('does not depend on upper and lower case', () => {
    holds(
      fc.property(fc.string({ maxLength: 100 }), (text) => {
        expect(normaliseText(text.toUpperCase())).toBe(normaliseText(text));
      }),
    );
  });
});

describe('plainWords', () => {
  test.each([
    ['Site-to-Site!', 'site to site'],
    ['  "VpnGw1" ', 'vpngw1'],
    ['10.0.0.0/16, please.', '10.0.0.0/16 please'],
    ['👍', ''],
    ['', ''],
  ])('the words of %j are %j', (text, words) => {
    expect(plainWords(text)).toBe(words);
  });

  test('words stay as they are, whatever comes in', () => {
    holds(
      fc.property(anyText(), (text) => {
        expect(plainWords(plainWords(text))).toBe(plainWords(text));
      }),
    );
  });
});
