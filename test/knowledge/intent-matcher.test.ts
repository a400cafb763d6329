import path from 'node:path';
import * as fc from 'fast-check';
import type { Intent } from '../../knowledge/intent';
import {
  buildMatchIntent,
  compileIntents,
  type IntentMessage,
  intentMatchOf,
  type MatchIntent,
  messageKey,
} from '../../knowledge/intent-matcher';
import { loadKnowledge } from '../../knowledge/load-knowledge';
import type { IntentWeights } from '../../knowledge/trained-model';
import { anyText } from '../support/any-text';
import { holds } from '../support/holds';
import { INTENT_WEIGHTS } from '../support/sample-model';

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

/** A matcher whose compiled part went through JSON, as it does where it is kept. */
function matcherOf(intents: readonly Intent[]): MatchIntent {
  return buildMatchIntent(intents, JSON.parse(JSON.stringify(compileIntents(intents))));
}

/** A message without words about a topic, with `changes`; nothing in the FAQ is near it. */
function message(text: string, changes: Partial<IntentMessage> = {}): IntentMessage {
  return { text, topicWords: 0, semantics: undefined, rival: undefined, ...changes };
}

const match = matcherOf(TEA);
const NOTHING: IntentWeights = {
  bias: 0,
  words: 0,
  grams: 0,
  sense: 0,
  known: 0,
  topicWords: 0,
  rivalGrams: 0,
  rivalSense: 0,
};

describe('an exact intent', () => {
  test.each(['go back', 'Go back!', ' GO   BACK ... ', 'go-back'])('is told by %j, word for word', (text) => {
    expect(match.exact(text)).toEqual({ id: 'back', kind: 'command', confidence: 1, exact: true });
  });

  test.each([
    "let's go one step back",
    'let’s go one step back',
    'lets go one step back',
  ])('is told by %j, with any apostrophe', (text) => {
    expect(match.exact(text)).toMatchObject({ id: 'back', exact: true });
  });

  test('may be told by a sign, whatever its colour and punctuation', () => {
    for (const same of ['👋', ' 👋\uFE0F ', '👋!!', '👋🏽', '👋?']) {
      expect(match.exact(same)).toMatchObject({ id: 'greeting', exact: true });
    }
    expect(match.exact('👍')).toBeUndefined();
  });

  test.each([
    'one step back go',
    'go back to BGP',
    'hello back',
    'go',
    'gone back',
    '',
    ' ',
    '\u0000',
    '\ud83d',
    '?',
  ])('is not told by %j', (text) => {
    expect(match.exact(text)).toBeUndefined();
  });
});

describe('the likest intent', () => {
  test('is the one with the words, in any order, and says how many of them it knows', () => {
    const near = match.likest(message('one step back please'))!;
    expect(near.intent.id).toBe('back');
    expect(near.features).toMatchObject({ known: 1, sense: 0, topicWords: 0, rivalGrams: 0, rivalSense: 0 });
    expect(near.features.words).toBeGreaterThan(0.5);
    expect(near.features.words).toBeLessThan(1);
    expect(match.likest(message('good friend'))!.intent.id).toBe('greeting');
    expect(match.likest(message('go back to BGP'))!.features.known).toBeCloseTo(0.4, 1);
  });

  test('is found by pieces of words where no word is the same', () => {
    const near = match.likest(message('backward'))!;
    expect(near.intent.id).toBe('back');
    expect(near.features).toMatchObject({ words: 0, known: 0 });
    expect(near.features.grams).toBeGreaterThan(0);
  });

  test('is found by sense where no word is the same', () => {
    const semantics = [
      { closest: 0.2, pooled: 0.2 },
      { closest: 0.7, pooled: 0.8 },
    ];
    const near = match.likest(message('zzz', { semantics }))!;
    expect(near.intent.id).toBe('back');
    expect(near.features).toMatchObject({ words: 0, grams: 0, sense: 0.7 });
  });

  test('of a word for word utterance has all the evidence there is', () => {
    for (const { id, utterances } of TEA) {
      for (const utterance of utterances.filter((one) => /\w/.test(one))) {
        const near = match.likest(message(utterance))!;
        expect({ utterance, id: near.intent.id }).toEqual({ utterance, id });
        expect(near.features.words).toBeCloseTo(1, 5);
        expect(near.features.grams).toBeCloseTo(1, 5);
        expect(near.features.known).toBe(1);
      }
    }
  });

  test('tells how much of the message is about a topic, up to five words, and how close the FAQ is', () => {
    const of = (topicWords: number) => match.likest(message('go back', { topicWords }))!.features.topicWords;
    expect([0, 1, 4, 5, 100].map(of)).toEqual([0, 0.2, 0.8, 1, 1]);
    const rival = { gramsClosest: 0.4, senseClosest: -0.3 };
    expect(match.likest(message('go back', { rival }))!.features).toMatchObject({ rivalGrams: 0.4, rivalSense: -0.3 });
  });

  test('is none for a message that has nothing of any, and where there are no intents', () => {
    for (const text of ['', ' ', '?', 'xyzzy', '\u0000', '\ud83d']) {
      expect(match.likest(message(text))).toBeUndefined();
    }
    expect(matcherOf([]).likest(message('hello'))).toBeUndefined();
    expect(matcherOf([]).likest(message('hello', { semantics: [] }))).toBeUndefined();
    expect(matcherOf([{ ...TEA[0]!, utterances: ['👋'] }]).likest(message('hello'))).toBeUndefined();
  });
});

describe('intentMatchOf', () => {
  const near = match.likest(message('one step back please'));

  test('gives the intent with its probability, and never as word for word', () => {
    const found = intentMatchOf(near, INTENT_WEIGHTS);
    expect(found).toMatchObject({ id: 'back', kind: 'command', exact: false });
    const { words, grams } = near!.features;
    const sum =
      INTENT_WEIGHTS.bias + INTENT_WEIGHTS.words * words + INTENT_WEIGHTS.grams * grams + INTENT_WEIGHTS.known;
    expect(found!.confidence).toBeCloseTo(1 / (1 + Math.exp(-sum)), 9);
  });

  test('gives none for no likeness', () => {
    expect(intentMatchOf(undefined, { ...NOTHING, bias: 50 })).toBeUndefined();
  });

  test('is decided by the weights: from a probability of three tenths on', () => {
    expect(intentMatchOf(near, NOTHING)).toMatchObject({ id: 'back', confidence: 0.5 });
    expect(intentMatchOf(near, { ...NOTHING, bias: -0.86 })).toBeUndefined();
    expect(intentMatchOf(near, { ...NOTHING, bias: -0.86, known: 1 })).toMatchObject({ id: 'back' });
  });

  test('each feature has a weight of its own', () => {
    const semantics = [
      { closest: 0.3, pooled: 0.3 },
      { closest: 0.5, pooled: 0.5 },
    ];
    const rival = { gramsClosest: 0.4, senseClosest: 0.2 };
    const full = match.likest(message('back please go now', { semantics, rival, topicWords: 3 }))!;
    for (const [name, value] of Object.entries(full.features)) {
      expect({ name, isFelt: value > 0 }).toEqual({ name, isFelt: true });
      const found = intentMatchOf(full, { ...NOTHING, [name]: 2 });
      expect({ name, confidence: found?.confidence }).toEqual({ name, confidence: 1 / (1 + Math.exp(-2 * value)) });
      expect(intentMatchOf(full, { ...NOTHING, bias: -0.84, [name]: -2 })).toBeUndefined();
    }
  });

  test('yields to a document of the FAQ that is as close', () => {
    const matchOf = (changes: Partial<IntentMessage>) =>
      intentMatchOf(match.likest(message('one step back please', changes)), INTENT_WEIGHTS);
    expect(matchOf({})).toBeDefined();
    expect(matchOf({ topicWords: 4, rival: { gramsClosest: 1, senseClosest: 0.9 } })).toBeUndefined();
  });
});

describe('whatever is said', () => {
  const anyWeight = fc.double({ min: -30, max: 30, noNaN: true });
  const anyWeights: fc.Arbitrary<IntentWeights> = fc.record({
    bias: anyWeight,
    words: anyWeight,
    grams: anyWeight,
    sense: anyWeight,
    known: anyWeight,
    topicWords: anyWeight,
    rivalGrams: anyWeight,
    rivalSense: anyWeight,
  });
  const cosine = fc.double({ min: -1, max: 1, noNaN: true });
  const anySemantics = fc.option(
    fc.array(fc.record({ closest: cosine, pooled: cosine }), { minLength: TEA.length, maxLength: TEA.length }),
    { nil: undefined },
  );
  const said = fc.oneof(
    anyText(),
    fc
      .array(fc.oneof(anyText(10), fc.constantFrom('back', 'hello', 'go', '👋', 'constructor', '__proto__')))
      .map((all) => all.join(' ')),
  );

  test('features are shares, and a match is an intent with a probability that is enough', () => {
    holds(
      fc.property(said, anySemantics, anyWeights, fc.nat(50), (text, semantics, weights, topicWords) => {
        const likeness = match.likest(message(text, { semantics, topicWords }));
        for (const [name, value] of Object.entries(likeness?.features ?? {})) {
          expect(value).toBeGreaterThanOrEqual(name === 'sense' ? -1 : 0);
          expect(value).toBeLessThanOrEqual(1);
        }
        const found = intentMatchOf(likeness, weights);
        if (found === undefined) return;
        expect(TEA.map(({ id }) => id)).toContain(found.id);
        expect(found.exact).toBe(false);
        expect(found.confidence).toBeGreaterThanOrEqual(0.3);
        expect(found.confidence).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('an intent is matched just where its features make it likely, whatever they weigh', () => {
    const rival = fc.option(fc.record({ gramsClosest: cosine, senseClosest: cosine }), { nil: undefined });
    holds(
      fc.property(said, anySemantics, rival, anyWeights, fc.nat(9), (text, semantics, rivalOf, weights, topicWords) => {
        const asked = message(text, { semantics, rival: rivalOf, topicWords });
        expect(match.match(asked, weights)).toEqual(intentMatchOf(match.likest(asked), weights));
      }),
      { numRuns: 500 },
    );
  });

  test('the same message has the same features, whatever was asked in between', () => {
    holds(
      fc.property(said, said, (text, other) => {
        const before = match.likest(message(text));
        match.likest(message(other));
        expect(match.likest(message(text))).toEqual(before);
      }),
    );
  });

  test('what is exact is known by its key alone', () => {
    const keys = new Set(TEA.flatMap(({ utterances }) => utterances.map(messageKey)));
    holds(
      fc.property(said, (text) => {
        expect(match.exact(text) !== undefined).toBe(keys.has(messageKey(text)));
      }),
    );
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
  test('each utterance is its own intent, also in upper case and with signs after it', async () => {
    const { intents } = await loadKnowledge(path.join(__dirname, '../../knowledge'));
    const { exact } = matcherOf(intents);
    for (const { id, utterances } of intents) {
      for (const utterance of utterances) {
        for (const text of [utterance, utterance.toUpperCase(), `${utterance} !!`]) {
          expect({ text, ...exact(text) }).toMatchObject({ text, id, exact: true });
        }
      }
    }
  });
});
