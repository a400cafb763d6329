import type { Intent } from '../../../knowledge/intent';
import { type IntentFeatures, intentMatchOf } from '../../../knowledge/intent-matcher';
import { type IntentExample, trainIntents } from '../../../knowledge/training/train-intents';

const GREETING: Intent = { id: 'greeting', kind: 'smalltalk', utterances: ['hi'], reply: 'Hello.', file: 'g.yaml' };
const NONE: IntentFeatures = {
  words: 0,
  grams: 0,
  sense: 0,
  known: 0,
  topicWords: 0,
  rivalGrams: 0,
  rivalSense: 0,
};

function example(isIntent: boolean, features: Partial<IntentFeatures>, right = isIntent): IntentExample {
  return { likeness: { intent: GREETING, features: { ...NONE, ...features } }, isIntent, right };
}

/** A number from 0 to 0.2 that is another one for each place. */
const noise = (at: number): number => ((at * 37) % 11) / 55;

/** Small talk is close to its utterances and far from the FAQ, questions the other way round. */
const EXAMPLES: readonly IntentExample[] = Array.from({ length: 60 }, (_, at) =>
  at % 2 === 0
    ? example(true, { words: 0.7 + noise(at), grams: 0.6 + noise(at), known: 1 - noise(at), rivalGrams: noise(at) })
    : example(false, { words: 0.2 + noise(at), grams: 0.1 + noise(at), known: noise(at), rivalGrams: 0.6 + noise(at) }),
);

describe('trainIntents', () => {
  const { weights, figures } = trainIntents(EXAMPLES);

  test('learns what speaks for an intent and what against it', () => {
    expect(weights.words).toBeGreaterThan(0);
    expect(weights.grams).toBeGreaterThan(0);
    expect(weights.known).toBeGreaterThan(0);
    expect(weights.rivalGrams).toBeLessThan(0);
    for (const { likeness, right } of EXAMPLES) expect(intentMatchOf(likeness, weights) !== undefined).toBe(right);
  });

  test('gives no weight to what is not there', () => {
    expect([weights.sense, weights.topicWords, weights.rivalSense]).toEqual([0, 0, 0]);
  });

  test('tells how messages that it has not seen are taken', () => {
    expect(figures).toEqual({ messages: 60, recognised: 1, falseAlarms: 0 });
  });

  test('a message that is another intent than it looks like counts as not recognised, and as no false alarm', () => {
    // Looks like small talk in every way, but is other small talk.
    const others = EXAMPLES.map((one, at) => (at % 10 === 0 ? { ...one, right: false } : one));
    const learnt = trainIntents(others);
    expect(learnt.figures.recognised).toBeLessThan(1);
    expect(learnt.figures.recognised).toBeGreaterThan(0.5);
    expect(learnt.figures.falseAlarms).toBe(0);
  });

  test('a question that looks like small talk in every way is a false alarm', () => {
    const confused = EXAMPLES.map((one, at) =>
      at % 20 === 1 ? example(false, EXAMPLES[at - 1]!.likeness.features) : one,
    );
    expect(trainIntents(confused).figures.falseAlarms).toBeCloseTo(3 / 30, 4);
  });

  test('judges each message by a model that has not seen it', () => {
    // One message alone has the feature that tells; whoever has seen it would know it.
    const alone = EXAMPLES.map((one, at) =>
      at === 0 ? example(true, { ...EXAMPLES[1]!.likeness.features, topicWords: 1 }) : one,
    );
    const learnt = trainIntents(alone);
    expect(learnt.weights.topicWords).toBeGreaterThan(0);
    expect(learnt.figures.recognised).toBeCloseTo(29 / 30, 4);
  });

  test('the same messages give the same weights, in numbers that are short enough to read', () => {
    expect(trainIntents(EXAMPLES)).toEqual({ weights, figures });
    for (const weight of Object.values(weights)) expect(weight).toBe(Number(weight.toFixed(4)));
  });

  test('without messages there is nothing to count', () => {
    expect(trainIntents([]).figures).toEqual({ messages: 0, recognised: 0, falseAlarms: 0 });
  });
});
