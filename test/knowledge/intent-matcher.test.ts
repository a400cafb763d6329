import path from 'node:path';
import * as fc from 'fast-check';
import type { Intent } from '../../knowledge/intent';
import { buildMatchIntent, type MatchIntent, messageKey } from '../../knowledge/intent-matcher';
import { loadKnowledge } from '../../knowledge/load-knowledge';
import { stemsOf } from '../../knowledge/words';
import { anyText } from '../support/any-text';
import { holds } from '../support/holds';

const TEA: readonly Intent[] = [
  {
    id: 'greeting',
    kind: 'smalltalk',
    utterances: ['hello', 'good morning', 'hello my friend', '👋'],
    reply: 'Hello.',
    file: 'greeting.yaml',
  },
  {
    id: 'back',
    kind: 'command',
    utterances: ['go back', 'back please', "let's go one step back", 'previous question'],
    reply: undefined,
    file: 'back.yaml',
  },
];

describe('buildMatchIntent', () => {
  const match = buildMatchIntent(TEA);

  test.each(['go back', 'Go back!', ' GO   BACK ... ', 'go-back'])('%j is an utterance, word for word', (text) => {
    expect(match(text)).toEqual({ id: 'back', kind: 'command', confidence: 1, exact: true });
  });

  test.each([
    "let's go one step back",
    'let’s go one step back',
    'lets go one step back',
  ])('%j is the same with any apostrophe', (text) => {
    expect(match(text)).toMatchObject({ id: 'back', exact: true });
  });

  test('an utterance may be a sign, whatever its colour and punctuation', () => {
    expect(match('👋')).toMatchObject({ id: 'greeting', exact: true });
    for (const same of [' 👋\uFE0F ', '👋!!', '👋🏽', '👋?']) {
      expect(match(same)).toMatchObject({ id: 'greeting', exact: true });
    }
    expect(match('👍')).toBeUndefined();
  });

  test('the words of one intent in another order are near it', () => {
    const near = match('one step back please');
    expect(near).toMatchObject({ id: 'back', kind: 'command', exact: false });
    expect(near!.confidence).toBeGreaterThanOrEqual(0.5);
    expect(near!.confidence).toBeLessThanOrEqual(1);
    expect(match('hello, good friend')).toMatchObject({ id: 'greeting', exact: false });
  });

  test('words of two intents are neither', () => {
    expect(match('hello back')).toBeUndefined();
  });

  test('one word that no utterance has, and it is none', () => {
    expect(match('go back to BGP')).toBeUndefined();
    expect(match('good morning gateway')).toBeUndefined();
  });

  test('a long message is none, whatever its words', () => {
    expect(match('back back back back back back back back back back')).toBeUndefined();
  });

  test('nothing is no intent', () => {
    for (const text of ['', ' ', '\u0000', '\ud83d', '?']) expect(match(text)).toBeUndefined();
  });

  test('without intents there is no intent', () => {
    expect(buildMatchIntent([])('hello')).toBeUndefined();
    expect(buildMatchIntent([{ ...TEA[0]!, utterances: ['👋'] }])('hello')).toBeUndefined();
  });
});

describe('messageKey', () => {
  test('is the words, or the signs where there are none', () => {
    expect(messageKey(" Let's GO -- back! ")).toBe('lets go back');
    expect(messageKey('👍 🎉')).toBe('👍🎉');
    expect(messageKey('👍 ok')).toBe('ok');
    expect(messageKey('?!')).toBe('?!');
    expect(messageKey('')).toBe('');
  });
});

describe('the intents in use', () => {
  let intents: readonly Intent[];
  let match: MatchIntent;
  beforeAll(async () => {
    ({ intents } = await loadKnowledge(path.join(__dirname, '../../knowledge')));
    match = buildMatchIntent(intents);
  });

  test('each utterance is its own intent, also in upper case and with signs after it', () => {
    for (const { id, utterances } of intents) {
      for (const utterance of utterances) {
        for (const text of [utterance, utterance.toUpperCase(), `${utterance} !!`]) {
          expect({ text, ...match(text) }).toMatchObject({ text, id, exact: true });
        }
      }
    }
  });

  test('a text with a word that no utterance has is no intent', () => {
    const vocabulary = new Set(intents.flatMap(({ utterances }) => utterances.flatMap(stemsOf)));
    const known = fc.constantFrom(...intents.flatMap(({ utterances }) => utterances));
    const unknown = fc.oneof(
      anyText(30),
      fc.constantFrom('gateway', 'bgp', 'tunnel', 'pizza', 'weather', '10.0.0.0/16', 'constructor', '__proto__'),
    );
    holds(
      fc.property(fc.option(known), unknown, fc.option(known), (before, word, after) => {
        fc.pre(stemsOf(word).some((stem) => !vocabulary.has(stem)));
        const text = [before, word, after].filter((part) => part !== null).join(' ');
        fc.pre(stemsOf(text).some((stem) => !vocabulary.has(stem)));
        expect(match(text)).toBeUndefined();
      }),
      { numRuns: 300 },
    );
  });

  test.each([
    'can I use BGP on Basic',
    'what is a GatewaySubnet',
    'how do I reset my password',
    'who won the match yesterday',
    'the tunnel goes down and comes back',
    'help me set up point to site',
  ])('%j is a question, not small talk', (text) => {
    expect(match(text)).toBeUndefined();
  });
});
