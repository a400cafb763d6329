import * as fc from 'fast-check';
import { parseEntry } from '../../knowledge/parse-entry';
import { anyText } from '../support/any-text';
import { holds } from '../support/holds';

const FILE = 'faq/tea/how-long.md';
const GOOD = `---
title: How long does tea take?
phrasings:
  - tea minutes
  - "when is it: ready"
  - 3
section: tea
asOf: 2019-05-14
source:
  file: tea.md
  heading: How long does it take?
followUps:
  - how-hot
---

Three minutes.

Less for green tea.
`;

function faultsOf(text: string, file = FILE): string[] {
  const result = parseEntry(text, file);
  return result.ok ? [] : result.faults.map((fault) => `${fault.line}: ${fault.message}`);
}

describe('parseEntry', () => {
  test('reads the front matter and the answer; the name of the file is the id', () => {
    expect(parseEntry(GOOD, FILE)).toEqual({
      ok: true,
      entry: {
        id: 'how-long',
        title: 'How long does tea take?',
        phrasings: ['tea minutes', 'when is it: ready', '3'],
        section: 'tea',
        asOf: '2019-05-14',
        source: { file: 'tea.md', heading: 'How long does it take?' },
        followUps: ['how-hot'],
        sameAnswerAs: [],
        body: 'Three minutes.\n\nLess for green tea.',
        file: FILE,
        line: 15,
      },
    });
  });

  test('may name entries whose answer does as well', () => {
    const result = parseEntry(GOOD.replace('\nsection:', '\nsameAnswerAs: [how-hot, how-much]\nsection:'), FILE);
    expect(result.ok && result.entry.sameAnswerAs).toEqual(['how-hot', 'how-much']);
    const bad = parseEntry(GOOD.replace('\nsection:', '\nsameAnswerAs: how-hot\nsection:'), FILE);
    expect(!bad.ok && bad.faults.map(({ message }) => message)).toEqual([
      '`sameAnswerAs`: a list of entry ids is needed',
    ]);
  });

  test('line ends of Windows make no difference', () => {
    expect(parseEntry(GOOD.replaceAll('\n', '\r\n'), FILE)).toEqual(parseEntry(GOOD, FILE));
  });

  test('three dashes in the answer are part of it', () => {
    const result = parseEntry(`${GOOD}\n---\n\nAsk again.\n`, FILE);
    expect(result.ok && result.entry.body).toMatch(/green tea\.\n\n---\n\nAsk again\.$/);
  });

  test('reports all faults at once, each with its line', () => {
    const bad = `---
title: ${'long '.repeat(20)}
phrasings:
  - tea minutes
  - ""
section: 7
asOf: May 2019
source:
  file: tea.md
  title: x
followUps: how-hot
color: green
smell: good
---
`;
    expect(faultsOf(bad)).toEqual([
      '2: `title`: 99 characters; at most 80 fit on a button',
      '5: `phrasings.1`: a phrasing is empty',
      '3: `phrasings`: 2 phrasings; at least 3 are needed',
      '6: `section`: the section is missing or not a text',
      '7: `asOf`: "May 2019" is not a date such as 2019-05-14',
      '8: `source.heading`: this field is missing',
      '10: `source.title`: not a field that is known here',
      '11: `followUps`: a list of entry ids is needed; write [] for none',
      '12: `color`: not a field that is known here',
      '13: `smell`: not a field that is known here',
      '14: the answer is empty',
    ]);
  });

  test('every field is needed', () => {
    const missing = ['title', 'phrasings', 'section', 'asOf', 'source', 'followUps'];
    expect(faultsOf('---\n{}\n---\nAnswer.')).toEqual(missing.map((field) => `2: \`${field}\`: this field is missing`));
  });

  test.each([
    ['', 'an empty file'],
    ['Three minutes.', 'no front matter'],
    ['\n---\ntitle: x\n---\n', 'front matter that begins later'],
    ['---\ntitle: x\n', 'front matter without an end'],
  ])('%j has no front matter: %s', (text) => {
    expect(faultsOf(text)).toEqual([expect.stringMatching(/^1: front matter is missing/)]);
  });

  test.each([
    ['title: "', 2],
    ['title: How\nphrasings: [a, b', 3],
    ['title: How: long', 2],
    ['title: *how', 2],
  ])('the front matter %j is not valid YAML', (front, line) => {
    const faults = faultsOf(`---\n${front}\n---\nAnswer.`);
    expect(faults.some((fault) => fault.startsWith(`${line}: not valid YAML`))).toBe(true);
  });

  test('front matter that is a text or a list has no fields', () => {
    expect(faultsOf('---\njust text\n---\nAnswer.')).toEqual(['2: fields such as `name: value` are needed']);
  });

  test('a phrasing with a colon and no quotes is not one line of text', () => {
    expect(faultsOf(GOOD.replace('"when is it: ready"', 'when is it: ready'))).toEqual([
      '5: `phrasings.1`: a phrasing must be one line of text; put it in quotes',
    ]);
  });

  test('an answer of white space is empty', () => {
    expect(faultsOf(GOOD.slice(0, GOOD.indexOf('Three')))).toEqual(['14: the answer is empty']);
  });

  test('the section must be the folder', () => {
    expect(faultsOf(GOOD, 'faq/coffee/how-long.md')).toEqual([
      '7: `section`: "tea", but the file is in the folder "coffee"',
    ]);
  });

  test('never throws, whatever the text', () => {
    const pieces = fc.oneof(
      fc.constantFrom(
        '---\n',
        'title: x\n',
        'phrasings:\n',
        '  - a\n',
        'source: {file: a}\n',
        'asOf: 2019-05-14\n',
        ': ',
        '*a',
      ),
      anyText(20),
    );
    holds(
      fc.property(fc.array(pieces), (parts) => {
        const text = parts.join('');
        for (const result of [parseEntry(text, FILE), parseEntry(`---\n${text}\n---\n${text}`, FILE)]) {
          expect(result.ok || result.faults.length > 0).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });
});
