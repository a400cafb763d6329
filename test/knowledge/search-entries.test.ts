import fc from 'fast-check';
import { buildFinding } from '../../knowledge/build-understand';
import type { Entry } from '../../knowledge/entry';
import { anyText } from '../support/any-text';
import { sampleEntry } from '../support/sample-entry';
import { sampleModel } from '../support/sample-model';

function entry(id: string, title: string, phrasings: readonly string[], body: string): Entry {
  return sampleEntry(id, { title, phrasings, body });
}

const ENTRIES = [
  entry(
    'steep',
    'How long does green tea steep?',
    ['steeping time', 'minutes in the pot'],
    'Two minutes at 80 degrees.',
  ),
  entry('store', 'How do I store tea?', ['keep leaves fresh', 'tea storage box'], 'In a dark tin, away from coffee.'),
  entry('milk', 'Is milk or lemon better?', ['tea with milk', 'lemon juice'], 'As you like it. Green tea needs none.'),
  entry('green', 'Green tea', ['unfermented leaves', 'sencha'], 'It is not fermented.'),
  entry('p2p', 'Can I share a pot person-to-person?', ['sharing', 'one pot for two'], 'Yes.'),
];
const { search } = buildFinding(
  {
    entries: ENTRIES,
    glossary: [{ term: 'person-to-person', aliases: ['p2p'], broader: undefined, meaning: undefined }] as never,
    guides: [],
    intents: [],
    uncovered: [],
  },
  sampleModel(),
);

test.each([
  ['green tea', 'green', 'the very title stands before longer ones with the same words'],
  ['how do i st', 'store', 'a title that begins with what was typed comes first'],
  ['ste', 'steep', 'the beginning of a word is enough'],
  ['sench', 'green', 'the beginning of a word in a phrasing too'],
  ['p2p', 'p2p', 'abbreviations of the glossary are known'],
  ['milk lem', 'milk', 'only the last word may be a beginning'],
  ['steepign time', 'steep', 'misspellings are put right'],
  ['ferment', 'green', 'and a word of the answer'],
  ['"green: tea?"', 'green', 'signs are no operators'],
  ['-green ~tea^2 +title:steep*', 'steep', 'not even those of a search engine'],
])('%s finds %s first: %s', (typed, id) => {
  expect(search(typed, 3)[0]).toBe(id);
});

test.each(['', ' ', '~', '"?"', '-', 'xyzzy', '💩', '\u0000'])('%j finds nothing', (typed) => {
  expect(search(typed, 5)).toEqual([]);
});

test('a word that is complete, with a space after it, is not read as a beginning', () => {
  expect(search('s', 5)).not.toEqual([]);
  expect(search('s ', 5)).toEqual([]);
});

test('a list is as long as was asked for', () => {
  expect(search('tea', 2)).toHaveLength(2);
  expect(search('tea', 0)).toEqual([]);
  expect(search('tea', -1)).toEqual([]);
});

test('any text finds entries, each once', () => {
  fc.assert(
    fc.property(anyText(), fc.integer({ min: -2, max: 30 }), (typed, limit) => {
      const found = search(typed, limit);
      expect(found.length).toBeLessThanOrEqual(Math.max(0, limit));
      expect(new Set(found).size).toBe(found.length);
      for (const id of found) expect(ENTRIES.some((one) => one.id === id)).toBe(true);
    }),
  );
});

test('a text of a quarter of a million characters is no trouble', () => {
  expect(search('green tea '.repeat(25_000), 3).length).toBeGreaterThan(0);
  expect(search('x'.repeat(250_000), 3)).toEqual([]);
});

test('each beginning of a title leads to its entry', () => {
  for (const { id, title } of ENTRIES) {
    for (let length = 8; length <= title.length; length++) expect(search(title.slice(0, length), 3)).toContain(id);
  }
});
