import * as fc from 'fast-check';
import { buildTextIndex, compileTextIndex, type TextDocument, type TextIndex } from '../../knowledge/text-index';
import { holds } from '../support/holds';

const FIELDS = ['questions', 'body'] as const;
const K1 = 1.2;
const B = 0.5;

/** An index of documents that went through JSON, as it does where it is kept. */
function indexOf(documents: readonly TextDocument[]): TextIndex {
  return buildTextIndex(JSON.parse(JSON.stringify(compileTextIndex(documents))));
}

/** The slow obvious twin: BM25 for each field as lunr defines it, weights rounded to three places as lunr does. */
function slowQuery(documents: readonly TextDocument[], tokens: readonly string[]) {
  const count = (document: TextDocument, field: keyof TextDocument, term: string) =>
    document[field].filter((other) => other === term).length;
  const idf = (term: string) => {
    const having = FIELDS.flatMap((field) => documents.filter((document) => count(document, field, term) > 0)).length;
    return Math.log(1 + Math.abs((documents.length - having + 0.5) / (having + 0.5)));
  };
  const weight = (document: TextDocument, field: keyof TextDocument, term: string) => {
    const frequency = count(document, field, term);
    if (frequency === 0) return 0;
    const average = documents.reduce((sum, other) => sum + other[field].length, 0) / documents.length;
    const length = 1 - B + B * (document[field].length / average);
    return Math.round(((idf(term) * (K1 + 1) * frequency) / (K1 * length + frequency)) * 1000) / 1000;
  };
  const known = [...new Set(tokens)].filter((term) =>
    documents.some((one) => FIELDS.some((field) => one[field].includes(term))),
  );
  return documents
    .map((document, place) => ({
      document: place,
      score:
        FIELDS.flatMap((field) => known.map((term) => weight(document, field, term))).reduce((a, b) => a + b, 0) /
        Math.sqrt(known.length || 1),
      has: known.filter((term) => FIELDS.some((field) => document[field].includes(term))),
    }))
    .filter(({ has }) => has.length > 0);
}

const token = fc.constantFrom(
  'tea',
  'pot',
  'cup',
  'hot',
  'milk',
  'constructor',
  '__proto__',
  '10.0.0.0/16',
  'site_to_site',
);
const tokens = fc.array(token, { maxLength: 6 });
const document = fc.record({ questions: tokens, body: tokens });

describe('buildTextIndex', () => {
  test('finds what scoring every document by hand finds', () => {
    holds(
      fc.property(
        fc.array(document, { maxLength: 6 }),
        fc.array(fc.oneof(token, fc.constant('zebra'))),
        (documents, question) => {
          const found = indexOf(documents).query(question);
          const expected = slowQuery(documents, question);
          found.sort((a, b) => a.document - b.document);
          expect(found.map((hit) => hit.document)).toEqual(expected.map((hit) => hit.document));
          found.forEach((hit, place) => {
            expect(hit.score).toBeCloseTo(expected[place]!.score, 5);
            expect(hit.tokens.toSorted()).toEqual(expected[place]!.has.toSorted());
          });
        },
      ),
      { numRuns: 150 },
    );
  });

  const index = indexOf([
    { questions: ['hot', 'tea'], body: ['pour', 'water'] },
    { questions: ['cup'], body: ['tea', 'pour', 'slow'] },
  ]);

  test('looks at the questions and at the body', () => {
    expect(
      index
        .query(['tea'])
        .map((hit) => hit.document)
        .toSorted(),
    ).toEqual([0, 1]);
    expect(index.query(['slow']).map((hit) => hit.document)).toEqual([1]);
  });

  test('a word that is asked twice counts once', () => {
    expect(index.query(['tea', 'tea'])).toEqual(index.query(['tea']));
  });

  test('nothing finds nothing', () => {
    expect(index.query([])).toEqual([]);
    expect(index.query(['zebra'])).toEqual([]);
    expect(indexOf([]).query(['tea'])).toEqual([]);
  });

  // All but `*`, which is part of no token.
  test("lunr's operators are words like any other", () => {
    for (const term of ['-tea', '+tea', 'tea~1', 'tea^10', 'questions:tea', '']) {
      expect(index.query([term])).toEqual([]);
    }
  });
});
