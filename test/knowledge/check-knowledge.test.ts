import { formatFault } from '../../bot/foundation/content-error';
import { buildUnderstand } from '../../knowledge/build-understand';
import { checkKnowledge } from '../../knowledge/check-knowledge';
import type { Entry } from '../../knowledge/entry';
import type { Intent } from '../../knowledge/intent';
import { parseIntent } from '../../knowledge/intent';
import type { Knowledge } from '../../knowledge/load-knowledge';
import { type MostAsked, parseMostAsked } from '../../knowledge/most-asked';
import { parseEntry } from '../../knowledge/parse-entry';
import { sampleModel } from '../support/sample-model';

function entryText(
  title: string,
  phrasings: readonly string[],
  followUps: readonly string[] = [],
  body = 'Yes.',
): string {
  return `---
title: ${title}
phrasings:
${phrasings.map((phrasing) => `  - ${phrasing}`).join('\n')}
section: tea
asOf: 2019-05-14
source:
  file: tea.md
  heading: ${title}
followUps:${followUps.length === 0 ? ' []' : ''}
${followUps.map((id) => `  - ${id}\n`).join('')}---
${body}
`;
}

const GREEN = entryText('How long does green tea take?', ['green tea minutes', 'steep green tea', 'sencha']);
const BLACK = entryText('How long does black tea take?', ['black tea minutes', 'steep black tea', 'assam']);
const HELLO = 'kind: smalltalk\nutterances:\n  - hello\n  - good morning\n  - hey\nreply: Hello.\n';

/** Checks files as if they lay on disk; the faults as `file:line: message`. */
async function check(files: Readonly<Record<string, string>>): Promise<string[]> {
  const entries: Entry[] = [];
  const mostAsked: MostAsked[] = [];
  const intents: Intent[] = [];
  for (const [file, text] of Object.entries(files)) {
    if (file === 'most-asked.yaml') {
      mostAsked.push(...parseMostAsked(text, file).mostAsked);
    } else if (file.endsWith('.md')) {
      const result = parseEntry(text, file);
      if (!result.ok) throw new Error(result.faults.map(formatFault).join('\n'));
      entries.push(result.entry);
    } else {
      const result = parseIntent(text, file);
      if (!result.ok) throw new Error(result.faults.map(formatFault).join('\n'));
      intents.push(result.intent);
    }
  }
  const knowledge: Knowledge = {
    entries,
    drafts: [],
    intents,
    glossary: [],
    uncovered: [],
    mostAsked,
    sources: [],
    faults: [],
    warnings: [],
  };
  const understand = buildUnderstand({ ...knowledge, guides: [] }, sampleModel());
  return (await checkKnowledge(knowledge, understand, (file) => files[file]!)).map(formatFault);
}

describe('checkKnowledge', () => {
  test('reports what is said to be asked most and is no entry', async () => {
    expect(await check({ 'tea/green.md': GREEN, 'most-asked.yaml': '- green\n- coffee\n' })).toEqual([
      'most-asked.yaml:2: there is no entry "coffee"',
    ]);
  });

  test('finds nothing in content without faults', async () => {
    expect(
      await check({
        'tea/green.md': GREEN.replace('followUps: []', 'followUps: [black]').replace('Yes.', 'See [black](#black).'),
        'tea/black.md': BLACK,
        'hello.yaml': HELLO,
      }),
    ).toEqual([]);
  });

  test('an entry that is said to answer the same and is not there is a fault, with its line', async () => {
    const faults = await check({
      'tea/green.md': GREEN.replace('\nsection:', '\nsameAnswerAs: [black, oolong]\nsection:'),
      'tea/black.md': BLACK,
    });
    expect(faults).toEqual(['tea/green.md:7: `sameAnswerAs`: there is no entry "oolong"']);
  });

  test('a phrasing that stands in two entries is a fault, however it is written, with both places', async () => {
    const faults = await check({ 'tea/green.md': GREEN, 'tea/black.md': BLACK.replace('assam', 'STEEP green-tea!') });
    expect(faults).toContain('tea/black.md:6: the phrasing "STEEP green-tea!" also stands in tea/green.md:5');
  });

  test('so are a title that is another phrasing, and an utterance that is one', async () => {
    const faults = await check({
      'tea/green.md': GREEN,
      'tea/black.md': BLACK.replace('title: How long does black tea take?', 'title: Sencha?'),
      'hello.yaml': HELLO.replace('good morning', 'steep black tea'),
    });
    expect(faults).toContain('tea/black.md:2: the title "Sencha?" also stands in tea/green.md:6');
    expect(faults).toContain('hello.yaml:4: the utterance "steep black tea" also stands in tea/black.md:5');
    expect(faults).toContain('tea/black.md:5: "steep black tea" is taken for the intent "hello"');
  });

  test('the line is that of the phrasing, not of a longer one that begins alike', async () => {
    const faults = await check({
      'tea/green.md': entryText('How long does green tea take?', ['sencha minutes', '"sencha"', 'steep green tea']),
      'tea/black.md': BLACK.replace('assam', 'sencha'),
    });
    expect(faults).toContain('tea/black.md:6: the phrasing "sencha" also stands in tea/green.md:5');
  });

  test('a follow-up or a link in an answer that leads to no entry is a fault', async () => {
    const faults = await check({
      'tea/green.md': entryText(
        'How long does green tea take?',
        ['green tea minutes', 'steep green tea', 'sencha'],
        ['white', 'green'],
        'Two minutes.\n\nSee [white](#white), [green](#green) and [that](https://example.com#white).',
      ),
    });
    expect(faults).toEqual([
      'tea/green.md:13: `followUps`: there is no entry "white"',
      'tea/green.md:18: the link to "#white" leads to no entry',
    ]);
  });

  test('a question that does not find its own entry first is a fault', async () => {
    const faults = await check({
      'tea/green.md': GREEN.replace('  - sencha', '  - the sencha'),
      'tea/black.md': BLACK.replace('black tea minutes', 'how do I').replace('assam', 'sencha, the'),
    });
    expect(faults).toEqual([
      'tea/green.md:6: "the sencha" finds entry "black" first, not its own entry',
      'tea/black.md:4: "how do I" finds nothing first, not its own entry',
    ]);
  });

  test('all faults come at once', async () => {
    const faults = await check({
      'tea/green.md': GREEN.replace('Yes.', 'See [white](#white).').replace('followUps: []', 'followUps: [oolong]'),
      'tea/black.md': BLACK.replace('assam', 'sencha'),
    });
    expect(faults.length).toBeGreaterThanOrEqual(4);
  });
});
