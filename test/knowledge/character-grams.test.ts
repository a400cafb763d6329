import * as fc from 'fast-check';
import { buildNumberGrams, characterGramsOf } from '../../knowledge/character-grams';
import { buildUtteranceIndex, compileUtteranceIndex } from '../../knowledge/utterance-index';
import { wordsOf } from '../../knowledge/words';
import { anyText } from '../support/any-text';
import { holds } from '../support/holds';
import { heldFor, longTexts } from '../support/long-texts';

describe('characterGramsOf', () => {
  test('gives every piece of three to five characters, with the ends of the word marked', () => {
    expect(characterGramsOf('gate')).toEqual([' ga', 'gat', 'ate', 'te ', ' gat', 'gate', 'ate ', ' gate', 'gate ']);
  });

  test('a word of one letter or two has the pieces that it can have', () => {
    expect(characterGramsOf('a')).toEqual([' a ']);
    expect(characterGramsOf('ip')).toEqual([' ip', 'ip ', ' ip ']);
  });

  test('no piece goes from one word to the next; case, signs and order of words do not matter', () => {
    expect(characterGramsOf('Gate, way?')).toEqual([...characterGramsOf('gate'), ...characterGramsOf('way')]);
    expect(characterGramsOf('gate-way').toSorted()).toEqual(characterGramsOf('way GATE').toSorted());
  });

  test('a text without words has none', () => {
    for (const text of ['', ' ', '?!', '👍', '\u0000']) expect(characterGramsOf(text)).toEqual([]);
  });

  test('words that are alike share most of theirs', () => {
    const share = (a: string, b: string) => {
      const [one, other] = [new Set(characterGramsOf(a)), characterGramsOf(b)];
      return other.filter((gram) => one.has(gram)).length / other.length;
    };
    expect(share('gateways', 'gateway')).toBeGreaterThan(0.7);
    expect(share('certificate', 'certificates')).toBeGreaterThan(share('certificate', 'certainty'));
    expect(share('gateway', 'tunnel')).toBe(0);
  });

  test('are pieces of the words, whatever the text', () => {
    holds(
      fc.property(anyText(), (text) => {
        const marked = wordsOf(text).map((word) => ` ${word} `);
        for (const gram of characterGramsOf(text)) {
          expect(gram.length >= 3 && gram.length <= 5).toBe(true);
          expect(marked.some((word) => word.includes(gram))).toBe(true);
        }
      }),
    );
  });

  test.each(longTexts)('takes no time for 100,000 characters of %s', (_name, text) => {
    expect(heldFor(() => characterGramsOf(text))).toBeLessThan(1_000);
  });
});

describe('buildNumberGrams', () => {
  const index = buildUtteranceIndex(
    compileUtteranceIndex([['reset my gateway', 'gateways'].map(characterGramsOf), [characterGramsOf('a tunnel')]]),
  );
  const numberGrams = buildNumberGrams(index);

  test('finds what the pieces themselves find, for words that are new and for words seen before', () => {
    const words = fc.array(fc.constantFrom('gateway', 'gate', 'way', 'tunnel', 'tun', 'zebra', 'a', 'ünïcode'));
    holds(
      fc.property(
        fc.oneof(
          words.map((list) => list.join(' ')),
          anyText(),
        ),
        (text) => {
          const found = index.query(characterGramsOf(text));
          const { closest, pooled } = index.score(numberGrams(wordsOf(text)));
          const scored = [0, 1].flatMap((document) =>
            closest[document] === 0 ? [] : { document, closest: closest[document]!, pooled: pooled[document]! },
          );
          expect(scored.map(({ document }) => document)).toEqual(found.map(({ document }) => document));
          scored.forEach((hit, place) => {
            expect(hit.closest).toBeCloseTo(found[place]!.closest, 6);
            expect(hit.pooled).toBeCloseTo(found[place]!.pooled, 6);
          });
        },
      ),
    );
  });
});
