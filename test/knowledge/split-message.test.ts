import * as fc from 'fast-check';
import { normaliseText } from '../../bot/foundation/normalise-text';
import { splitMessage } from '../../knowledge/split-message';
import { anyText } from '../support/any-text';
import { holds } from '../support/holds';
import { heldFor, longTexts } from '../support/long-texts';

const queries = (text: string): string[] => splitMessage(text).parts.map(({ query }) => query);

describe('a message with several questions', () => {
  test('gives each question, with the sentence before it where it refers to it', () => {
    expect(queries('I have a VpnGw1. Can I resize it? And what does BGP cost?')).toEqual([
      'I have a VpnGw1. Can I resize it?',
      'And what does BGP cost?',
    ]);
    expect(queries('Can I resize a gateway? Does it cost extra?')).toEqual([
      'Can I resize a gateway?',
      'Can I resize a gateway? Does it cost extra?',
    ]);
  });

  test('reads the second by the first where it means nothing alone', () => {
    expect(queries('Does SSTP work on Mac? And on Linux?')).toEqual([
      'Does SSTP work on Mac?',
      'Does SSTP work on linux?',
    ]);
  });

  test.each([
    ['can i resize a gateway and what does bgp cost', ['can i resize a gateway', 'what does bgp cost']],
    ['Which SKU do I need for ten sites, and can I use BGP?', ['Which SKU do I need for ten sites', 'can I use BGP?']],
    ['can i use bgp on basic\nhow many tunnels do i get', ['can i use bgp on basic', 'how many tunnels do i get']],
    ['Can I use BGP?and how many tunnels do I get?', ['Can I use BGP?', 'and how many tunnels do I get?']],
    ['- Can I use BGP?\n- Which ASN is free?', ['Can I use BGP?', 'Which ASN is free?']],
    ['网关？Can I use BGP? Which ASN is free?', ['网关？', 'Can I use BGP?', 'Which ASN is free?']],
    ['Hello! Can I use BGP? Thanks. Which ASN is free? Regards', ['Can I use BGP?', 'Which ASN is free?']],
    ['Can anyone help? Can I use BGP? Which ASN is free? Any ideas?', ['Can I use BGP?', 'Which ASN is free?']],
  ])('%j', (text, expected) => {
    expect(queries(text)).toEqual(expected);
  });

  test('keeps the first three and counts the rest', () => {
    const { parts, leftOut } = splitMessage(
      '1. Can I use BGP? 2. Which ASN is free? 3. Is IKEv1 old? 4. Is SSTP fast? 5. Is RADIUS needed?',
    );
    expect(parts.map(({ text }) => text)).toEqual(['Can I use BGP?', 'Which ASN is free?', 'Is IKEv1 old?']);
    expect(leftOut).toBe(2);
  });

  test('does not count small talk that it is told of', () => {
    const isCourtesy = (sentence: string): boolean => sentence === 'How is the weather?';
    expect(splitMessage('How is the weather? Can I use BGP?', isCourtesy).parts).toHaveLength(1);
  });

  test('takes the same question asked twice for one', () => {
    expect(queries('Can I use BGP? Please, can I use BGP?')).toHaveLength(1);
  });
});

describe('one question stays one', () => {
  test.each([
    'Can I use SSTP and IKEv2?',
    'Do I need a gateway or can I use peering?',
    'What and where is the gateway subnet?',
    'Which VPN client and which operating system are supported?',
    'I have a gateway in 10.0.0.0/16. Can I resize it?',
    'When I connect, it fails. What I need is a tunnel. Can I see why, e.g. in a log?',
    'Does it support e.g. BGP, IKEv1 and so on?',
    'We have two sites. One is in Rome.',
    'see https://example.com/?a=b&c=d, does it apply?',
    'Can anyone help me? I need BGP on Basic.',
    '?',
    '¿Puedo usar BGP en Basic?',
  ])('%j', (text) => {
    expect(splitMessage(text)).toEqual({ parts: [{ text, query: text }], leftOut: 0 });
  });

  test('an empty message has no question', () => {
    for (const text of ['', ' ', '\n\t ']) expect(splitMessage(text)).toEqual({ parts: [], leftOut: 0 });
  });
});

describe('whatever the message', () => {
  const question = fc.constantFrom(
    'Can I use BGP?',
    'and on Basic?',
    'why?',
    'What does it cost?',
    'which sku and is it ok',
    'Thanks.',
    '\n',
    '1.',
  );

  test('there are at most three parts, none empty, and every word is one of the message', () => {
    const message = fc.oneof(
      anyText(),
      fc.array(fc.oneof(question, anyText(20)), { maxLength: 12 }).map((some) => some.join(' ')),
    );
    holds(
      fc.property(message, (text) => {
        const { parts, leftOut } = splitMessage(text);
        expect(parts.length).toBeLessThanOrEqual(3);
        expect(parts.length === 0).toBe(text.trim() === '');
        expect(leftOut === 0 || parts.length === 3).toBe(true);
        for (const part of parts) {
          expect(part.text.trim()).not.toBe('');
          expect(part.query.trim()).not.toBe('');
          for (const word of part.text.split(/\s+/)) expect(text).toContain(word);
          if (parts.length === 1) expect(part.query).toBe(part.text);
        }
      }),
    );
  });

  test('a question is looked up by nothing but words of the message', () => {
    holds(
      fc.property(fc.array(question, { maxLength: 8 }), (sentences) => {
        const text = sentences.join(' ');
        for (const { query } of splitMessage(text).parts) {
          for (const word of normaliseText(query).split(' '))
            expect(normaliseText(text)).toContain(word.replace(/\W+$/, ''));
        }
      }),
    );
  });

  test.each(longTexts)('%s of 100,000 characters does not hold it up', (_, text) => {
    expect(heldFor(() => splitMessage(text))).toBeLessThan(500);
  });
});
