import fc from 'fast-check';
import { classifierFrom } from '../../../knowledge/classifier/classifier';
import { trainClassifier } from '../../../knowledge/classifier/train-classifier';
import { anyText } from '../../support/any-text';
import { TOY_INTENTS, TOY_INTENTS_WITH_VECTORS, toyVector } from '../../support/toy-intents';

const lexical = trainClassifier(TOY_INTENTS);
const withSense = trainClassifier(TOY_INTENTS_WITH_VECTORS);

describe('a classifier', () => {
  test.each([
    ['has my card arrived yet', 'card_arrival'],
    ['I want to change the pin', 'change_pin'],
    ['topping up my account', 'top_up'],
  ])('finds by the wording alone what "%s" is about', (text, label) => {
    const { ranked, inScope } = lexical.classify(text);
    expect([ranked[0]!.label, inScope]).toEqual([label, true]);
  });

  test('finds by the sense what shares no word with any example', () => {
    const text = 'plastic courier';
    expect(withSense.classify(text, toyVector(text)).ranked[0]!.label).toBe('card_arrival');
  });

  test('gives a text like the "oos" examples a lower in-scope score, and never "oos" as its label', () => {
    const outside = lexical.classify('recipe for a story about music');
    expect(outside.inScopeScore).toBeLessThan(lexical.classify('where is the card').inScopeScore);
    expect(outside.ranked.map(({ label }) => label).sort()).toEqual(['card_arrival', 'change_pin', 'top_up']);
  });

  test('refuses what is below its threshold only', () => {
    const { inScopeScore } = lexical.classify('my card');
    expect(lexical.withThreshold(inScopeScore).classify('my card').inScope).toBe(true);
    expect(lexical.withThreshold(inScopeScore + 0.001).classify('my card').inScope).toBe(false);
  });

  test('is the same whenever it is trained on the same examples', () => {
    expect(trainClassifier(TOY_INTENTS_WITH_VECTORS).toJson()).toEqual(withSense.toJson());
  });

  test.each([
    ['with sentence vectors', withSense, true],
    ['without', lexical, false],
  ])('%s survives JSON', (_, classifier, sense) => {
    const again = classifierFrom(JSON.parse(JSON.stringify(classifier.toJson())));
    for (const text of ['where is my card', 'pin', 'pancakes', '']) {
      const vector = sense ? toyVector(text) : undefined;
      expect(again.classify(text, vector)).toEqual(classifier.classify(text, vector));
    }
  });

  test('gives any text confidences from 0 to 1, best first', () => {
    fc.assert(
      fc.property(anyText(), (text) => {
        const confidences = lexical.classify(text).ranked.map(({ confidence }) => confidence);
        expect(confidences.every((confidence) => confidence >= 0 && confidence <= 1)).toBe(true);
        expect(confidences).toEqual([...confidences].sort((a, b) => b - a));
      }),
    );
  });
});

describe('training', () => {
  test('tells how far it has come', () => {
    const reports: string[] = [];
    trainClassifier(TOY_INTENTS, (stage, done, total) => reports.push(`${stage} ${done}/${total}`));
    expect(reports[0]).toBe('comparing 1/32');
    expect(reports.at(-1)).toBe('separating 4/4');
  });

  test('needs two labels', () => {
    expect(() => trainClassifier(TOY_INTENTS.slice(0, 8))).toThrow('two labels');
    expect(() => trainClassifier([])).toThrow('two labels');
  });

  test('refuses examples of which only some have a sentence vector', () => {
    expect(() => trainClassifier([...TOY_INTENTS, ...TOY_INTENTS_WITH_VECTORS])).toThrow('either all examples');
  });

  test('works with a single example a label', () => {
    const tiny = trainClassifier([
      { text: 'card', label: 'a' },
      { text: 'pin', label: 'b' },
    ]);
    expect(tiny.classify('my card').ranked[0]!.label).toBe('a');
  });
});
