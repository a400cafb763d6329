import * as fc from 'fast-check';
import { stemOf, stemsOf, wordsOf } from '../../knowledge/words';
import { anyText } from '../support/any-text';
import { holds } from '../support/holds';

describe('wordsOf', () => {
  test.each([
    ["Can't I?", ['cant', 'i'], 'an apostrophe joins'],
    ['Can’t', ['cant'], 'a curly one too'],
    ["the gateway's IP", ['the', 'gateway', 'ip'], 'a possessive is the word itself'],
    ['site-to-site', ['site', 'to', 'site'], 'hyphens separate'],
    ['IPsec/IKE', ['ipsec', 'ike'], 'slashes separate words'],
    ['10.0.0.0/16', ['10.0.0.0/16'], 'an address range is one word'],
    ['0.0.0.0/0.', ['0.0.0.0/0'], 'without the full stop after it'],
    ['169.254.x.x', ['169.254.x.x'], 'so is one with open places'],
    ['a /27 or/29', ['a', '/27', 'or', '/29'], 'a prefix length keeps its slash'],
    ['version 10.11', ['version', '10.11'], 'a dotted number is one word'],
    ['VpnGw1, VpnGw2', ['vpngw1', 'vpngw2'], 'letters and digits stay together'],
    ['28,800', ['28', '800'], 'a comma separates'],
    ['облако 雲', ['облако', '雲'], 'other scripts are words'],
    ['?! 👍 --', [], 'signs are none'],
    ['', [], 'nothing has none'],
  ])('%j is %j: %s', (text, words) => {
    expect(wordsOf(text)).toEqual(words);
  });

  test('each word is a word of its own, whatever the text', () => {
    holds(
      fc.property(anyText(), (text) => {
        const words = wordsOf(text);
        expect(wordsOf(words.join(' '))).toEqual(words);
      }),
    );
  });
});

describe('stemsOf', () => {
  test.each([
    ['gateways', 'gatewai'],
    ['connecting', 'connect'],
    ['connections', 'connect'],
    ['is', 'is'],
    ['vpngw1', 'vpngw1'],
    ['10.0.0.0/16', '10.0.0.0/16'],
    ['шлюзы', 'шлюзы'],
  ])('the stem of %j is %j', (word, stem) => {
    expect(stemOf(word)).toBe(stem);
  });

  test('keeps the order of the words and every repetition', () => {
    expect(stemsOf('Tunnels, tunnels and a tunnel')).toEqual(['tunnel', 'tunnel', 'and', 'a', 'tunnel']);
  });
});
