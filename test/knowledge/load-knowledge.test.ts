import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadKnowledge } from '../../knowledge/load-knowledge';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'knowledge-'));
});
afterEach(() => rm(dir, { recursive: true }));

async function write(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(dir, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  }
}

/** The faults with names relative to the folder. */
function told(faults: readonly { readonly file: string; readonly line: number; readonly message: string }[]): string[] {
  return faults.map(({ file, line, message }) => `${path.relative(dir, path.resolve(file))}:${line}: ${message}`);
}

const entry = (section: string) => `---
title: How hot?
phrasings: [a, b, c]
section: ${section}
asOf: 2019-05-14
source: {file: tea.md, heading: How hot?}
followUps: []
---
Hot.
`;
const GLOSSARY = '- term: tea\n  aliases: [chai]\n  meaning: a drink\n';
const INTENT = 'kind: smalltalk\nutterances: [a, b, c]\nreply: Hello.\n';

describe('loadKnowledge', () => {
  test('reads entries, glossary and intents of our own', async () => {
    await write({
      'faq/tea/how-hot.md': `\uFEFF${entry('tea')}`,
      'faq/tea/how-cold.md': entry('tea'),
      'faq/README.md': '# For authors',
      'faq/tea/README.md': '# For authors',
      'faq/tea/.draft.md': 'not yet',
      'faq/.hidden/note.md': 'not this either',
      'faq/tea/cup.png': 'picture',
      'glossary.yaml': GLOSSARY,
      'intents/greeting.yaml': INTENT,
      'intents/goodbye.yml': INTENT,
      'intents/README.md': '# For authors',
    });
    const { entries, glossary, intents, faults, warnings } = await loadKnowledge(dir);
    expect(faults).toEqual([]);
    expect(warnings).toEqual([]);
    expect(entries.map(({ id }) => id)).toEqual(['how-cold', 'how-hot']);
    expect(glossary.map(({ term }) => term)).toEqual(['tea']);
    expect(intents.map(({ id }) => id)).toEqual(['goodbye', 'greeting']);
  });

  test('reports the faults of all files at once, and leaves out what has faults', async () => {
    await write({
      'faq/tea/how-hot.md': entry('coffee'),
      'faq/tea/how-cold.md': 'no front matter',
      'faq/tea/fine.md': entry('tea'),
      'glossary.yaml': '- term: tea\n',
      'intents/greeting.yaml': 'kind: chat\nutterances: [a, b, c]\n',
    });
    const { entries, glossary, intents, faults } = await loadKnowledge(dir);
    expect(entries.map(({ id }) => id)).toEqual(['fine']);
    expect([...glossary, ...intents]).toEqual([]);
    expect(told(faults).toSorted()).toEqual([
      expect.stringMatching(/^faq\/tea\/how-cold\.md:1: front matter is missing/),
      expect.stringMatching(/^faq\/tea\/how-hot\.md:4: `section`/),
      expect.stringMatching(/^glossary\.yaml:1: /),
      expect.stringMatching(/^glossary\.yaml:1: /),
      expect.stringMatching(/^intents\/greeting\.yaml:1: `kind`/),
    ]);
  });

  test('an id is given once, to an entry as to an intent', async () => {
    await write({
      'faq/coffee/how-hot.md': entry('coffee'),
      'faq/tea/how-hot.md': entry('tea'),
      'intents/greeting.yaml': INTENT,
      'intents/greeting.yml': INTENT,
    });
    const { entries, intents, faults } = await loadKnowledge(dir);
    expect(entries.map(({ section }) => section)).toEqual(['coffee']);
    expect(intents).toHaveLength(1);
    expect(told(faults).toSorted()).toEqual([
      expect.stringMatching(/^faq\/tea\/how-hot\.md:1: the id how-hot is taken by .*coffee\/how-hot\.md$/),
      expect.stringMatching(/^intents\/greeting\.yml:1: the id greeting is taken by .*greeting\.yaml$/),
    ]);
  });

  test('a folder without faq/ is published documentation, read whole', async () => {
    await write({
      'tea.md': '### How hot?\nHot.\n[!INCLUDE [x](../away/cold.md)]\n[!INCLUDE [y](gone.md)]\n',
      'deep/down/cold.md': '### How cold?\nCold.\n',
      '.github/template.md': '### Have you read the rules?\nYes.\n',
    });
    const { entries, faults, warnings } = await loadKnowledge(dir);
    expect(entries.map(({ id }) => id)).toEqual(['how-hot', 'how-cold']);
    expect(faults).toEqual([]);
    expect(told(warnings)).toEqual(['tea.md:4: the include gone.md is nowhere under this folder; left out']);
  });

  test('what a folder does not have of glossary and intents comes from the other one', async () => {
    await write({
      'docs/tea.md': '### How hot?\nHot.\n',
      'docs/glossary.yaml': '[]',
      'ours/glossary.yaml': GLOSSARY,
      'ours/intents/greeting.yaml': INTENT,
    });
    const { glossary, intents } = await loadKnowledge(path.join(dir, 'docs'), path.join(dir, 'ours'));
    expect(glossary).toEqual([]);
    expect(intents.map(({ id }) => id)).toEqual(['greeting']);
    expect((await loadKnowledge(path.join(dir, 'docs'))).intents).toEqual([]);
  });

  test('topics that are not covered are those of this folder alone, and their faults are told', async () => {
    const topics = '- topic: coffee\n  utterances: [espresso, beans, filter]\n';
    await write({
      'docs/tea.md': '### How hot?\nHot.\n',
      'ours/faq/tea/how-hot.md': entry('tea'),
      'ours/uncovered-topics.yaml': topics,
      'broken/faq/tea/how-hot.md': entry('tea'),
      'broken/uncovered-topics.yaml': `\uFEFF${topics}${topics}`,
    });
    const ours = await loadKnowledge(path.join(dir, 'ours'));
    expect(ours.uncovered).toEqual([{ topic: 'coffee', utterances: ['espresso', 'beans', 'filter'] }]);
    expect((await loadKnowledge(path.join(dir, 'docs'), path.join(dir, 'ours'))).uncovered).toEqual([]);
    expect(told((await loadKnowledge(path.join(dir, 'broken'))).faults)).toEqual([
      'broken/uncovered-topics.yaml:3: "coffee" also stands on line 1',
    ]);
  });

  test('a folder without a single question is a fault', async () => {
    await write({ 'faq/README.md': '# For authors' });
    expect(told((await loadKnowledge(dir)).faults)).toEqual([':1: no FAQ entry was found in this folder']);
  });

  test('a folder that does not exist is an error that names it', async () => {
    await expect(loadKnowledge(path.join(dir, 'nowhere'))).rejects.toThrow(/folder .*nowhere does not exist/);
  });
});
