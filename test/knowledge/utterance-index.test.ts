import * as fc from 'fast-check';
import { buildUtteranceIndex, compileUtteranceIndex, type UtteranceIndex } from '../../knowledge/utterance-index';
import { holds } from '../support/holds';

type Documents = readonly (readonly (readonly string[])[])[];

/** An index of documents that went through JSON, as it does where it is kept. */
function indexOf(documents: Documents, commonShare?: number): UtteranceIndex {
  return buildUtteranceIndex(JSON.parse(JSON.stringify(compileUtteranceIndex(documents, commonShare))));
}

/** The slow obvious twin: every vector whole, every cosine by hand. */
function slowQuery(documents: Documents, tokens: readonly string[]) {
  const idf = (token: string): number => {
    const count = documents.filter((utterances) => utterances.some((utterance) => utterance.includes(token))).length;
    return Math.log((1 + documents.length) / (1 + count)) + 1;
  };
  const vector = (words: readonly string[]) =>
    new Map(words.map((word) => [word, (1 + Math.log(words.filter((other) => other === word).length)) * idf(word)]));
  const length = (words: ReadonlyMap<string, number>) => Math.hypot(...words.values());
  const cosine = (a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>) => {
    let product = 0;
    for (const [word, weight] of a) product += weight * (b.get(word) ?? 0);
    return product === 0 ? 0 : product / (length(a) * length(b));
  };
  const question = vector(tokens);
  return documents
    .map((utterances, document) => {
      const cosines = utterances.map((utterance) => cosine(question, vector(utterance))).sort((a, b) => b - a);
      const [first = 0, second = 0, third = 0] = cosines;
      return { document, closest: first, pooled: first + 0.3 * second + 0.1 * third };
    })
    .filter(({ closest }) => closest > 0);
}

const token = fc.constantFrom('tea', 'pot', 'cup', 'hot', 'milk', 'constructor', '__proto__', 'toString', '0');
const tokens = fc.array(token, { maxLength: 6 });
const documents = fc.array(fc.array(tokens, { maxLength: 4 }), { maxLength: 6 });

describe('buildUtteranceIndex', () => {
  test('finds what comparing with every utterance one by one finds', () => {
    holds(
      fc.property(
        documents,
        fc.array(fc.array(fc.oneof(token, fc.string({ minLength: 1, maxLength: 3 })))),
        (texts, questions) => {
          const index = indexOf(texts);
          // Several questions to one index: no answer may leave a trace in the next.
          for (const question of questions) {
            const found = index.query(question).sort((a, b) => a.document - b.document);
            const expected = slowQuery(texts, question);
            expect(found.map(({ document }) => document)).toEqual(expected.map(({ document }) => document));
            found.forEach((hit, place) => {
              expect(hit.closest).toBeCloseTo(expected[place]!.closest, 5);
              expect(hit.pooled).toBeCloseTo(expected[place]!.pooled, 5);
            });
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  const index = indexOf([
    [
      ['hot', 'tea'],
      ['warm', 'tea'],
      ['tea', 'pot'],
    ],
    [['cold', 'tea']],
    [],
  ]);

  test('an utterance word for word has a cosine of 1, and never more', () => {
    holds(
      fc.property(documents, (texts) => {
        const same = indexOf(texts);
        for (const utterance of texts.flat()) {
          const closest = Math.max(0, ...same.query(utterance).map((hit) => hit.closest));
          expect(closest).toBeLessThanOrEqual(1);
          if (utterance.length > 0) expect(closest).toBeCloseTo(1, 5);
        }
      }),
    );
  });

  test('several close utterances count for more than one', () => {
    const [first, second] = index.query(['tea']).sort((a, b) => a.document - b.document);
    expect(first!.pooled).toBeGreaterThan(first!.closest);
    expect(second!.pooled).toBe(second!.closest);
  });

  test('a word that nobody knows lowers the cosine', () => {
    const plain = index.query(['hot', 'tea'])[0]!.closest;
    expect(index.query(['hot', 'tea', 'zebra'])[0]!.closest).toBeLessThan(plain);
  });

  test('a question without known words finds nothing', () => {
    expect(index.query([])).toEqual([]);
    expect(index.query(['zebra', 'hasOwnProperty'])).toEqual([]);
    expect(indexOf([]).query(['tea'])).toEqual([]);
  });

  test('the rarer a word, the more it weighs; an unknown one weighs most', () => {
    expect(index.idf('tea')).toBeLessThan(index.idf('cold'));
    expect(index.idf('cold')).toBeLessThan(index.idf('zebra'));
    expect(index.idf('constructor')).toBe(index.idf('zebra'));
  });
});

describe('a word that too many documents have', () => {
  /** So many documents of which `common` have "tea", and each a word of its own. */
  const texts = (count: number, common: number): Documents =>
    Array.from({ length: count }, (_, at) => [at < common ? ['tea', `pot${at}`] : [`pot${at}`]]);

  test('finds nothing, weighs nothing, and lowers no cosine', () => {
    const index = indexOf(texts(100, 26), 0.25);
    expect(index.query(['tea'])).toEqual([]);
    expect(index.idf('tea')).toBe(0);
    for (const question of [['pot3'], ['tea', 'pot3'], ['tea', 'tea', 'pot3']]) {
      const [hit, ...others] = index.query(question);
      expect(others).toEqual([]);
      expect(hit!.document).toBe(3);
      expect(hit!.closest).toBeCloseTo(1, 5);
    }
  });

  test('is one that more than the share has, and no fewer', () => {
    expect(indexOf(texts(100, 25), 0.25).query(['tea'])).toHaveLength(25);
    expect(indexOf(texts(100, 26), 0.25).query(['tea'])).toHaveLength(0);
  });

  test('is one that more than twenty documents have, however few there are', () => {
    expect(indexOf(texts(30, 20), 0.1).query(['tea'])).toHaveLength(20);
    expect(indexOf(texts(30, 21), 0.1).query(['tea'])).toHaveLength(0);
  });

  test('is left in unless a share is given', () => {
    expect(indexOf(texts(100, 100)).query(['tea'])).toHaveLength(100);
  });

  test('leaves the cosines of all others as if nobody had written it', () => {
    const rare = indexOf(texts(100, 30), 0.25);
    const without = indexOf(texts(100, 0), 0.25);
    for (const question of [['pot1', 'pot2'], ['pot99'], ['pot1', 'zebra']]) {
      expect(rare.query(question)).toEqual(without.query(question));
    }
  });
});
