import fc from 'fast-check';
import { buildTextFeatures, type SparseVector } from '../../../knowledge/classifier/text-features';
import { anyText } from '../../support/any-text';

const features = buildTextFeatures(['Where is my card?', 'I lost my card', 'Change the PIN', 'my card, my PIN']);

function product(a: SparseVector, b: SparseVector): number {
  const values = new Map([...a.features].map((feature, index) => [feature, a.values[index]!]));
  return b.features.reduce((sum, feature, index) => sum + (values.get(feature) ?? 0) * b.values[index]!, 0);
}

const alike = (a: string, b: string): number => product(features.vectorOf(a), features.vectorOf(b));

describe('text features', () => {
  test('a text that is all known is fully like itself', () => {
    expect(alike('Where is my card?', 'where is MY card')).toBeCloseTo(1, 5);
  });

  test('the order of words counts, but less than the words', () => {
    expect(alike('my card', 'card my')).toBeLessThan(alike('my card', 'my card'));
    expect(alike('my card', 'card my')).toBeGreaterThan(alike('my card', 'my pin'));
  });

  test('rare words weigh more than common ones', () => {
    expect(alike('lost my card', 'lost')).toBeGreaterThan(alike('lost my card', 'my'));
  });

  test('a word with a typing mistake is still like the word, by its pieces', () => {
    expect(alike('chnange', 'change')).toBeGreaterThan(0.05);
  });

  test('a text of unknown words has no features', () => {
    expect(features.vectorOf('zzz').features).toHaveLength(0);
    expect(features.vectorOf('').features).toHaveLength(0);
  });

  test('any text gives finite values, at most unit length and no feature twice', () => {
    fc.assert(
      fc.property(anyText(), (text) => {
        const vector = features.vectorOf(text);
        expect(new Set(vector.features).size).toBe(vector.features.length);
        expect(vector.values.every(Number.isFinite)).toBe(true);
        expect(product(vector, vector)).toBeLessThan(1.0001);
      }),
    );
  });
});
