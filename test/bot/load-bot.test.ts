import path from 'node:path';
import { ContentError } from '../../bot/foundation/content-error';
import { loadBot } from '../../bot/load-bot';
import { loadContent } from '../../bot/load-content';
import { NEW_MEMORY } from '../../bot/memory';
import { beginGuide } from '../../dialogs/walk';
import { entryFile, type TempContent, tempContent } from '../support/temp-content';
import { testConfig } from '../support/test-config';
import { TINY_GUIDE_YAML } from '../support/tiny-guide';

const TYRE = entryFile(
  'How long does a tyre last?',
  ['tyre life', 'when does a tyre wear out', 'kilometres of one tyre'],
  'About 5000 km.',
);
const BATTERY = entryFile('How far does a battery go?', ['battery range', 'range with motor', 'km a charge'], '80 km.');
const GOOD = {
  'knowledge/faq/bikes/how-long-does-a-tyre-last.md': TYRE,
  'knowledge/faq/bikes/how-far-does-a-battery-go.md': BATTERY,
  'guides/which-bicycle.yaml': TINY_GUIDE_YAML,
};

let content: TempContent;

afterEach(() => content?.remove());

async function faultsOf(files: Readonly<Record<string, string>>) {
  content = tempContent(files);
  return (await loadContent(content)).faults;
}

describe('content on disk', () => {
  test('becomes a bot that answers and guides, with the intents and the glossary of the project', async () => {
    content = tempContent(GOOD);
    const { bot, warnings } = await loadBot({ ...content, contact: undefined, semantic: false });
    expect(warnings).toEqual([]);
    expect((await bot.respond(undefined, { kind: 'text', text: 'when does a tyre wear out?' })).replies).toMatchObject([
      { kind: 'answer', entryId: 'how-long-does-a-tyre-last' },
    ]);
    expect((await bot.respond(undefined, { kind: 'text', text: 'which bike should I buy' })).outcome).toMatchObject({
      kind: 'guide',
      guide: 'which-bicycle',
    });
    expect((await bot.respond(undefined, { kind: 'text', text: 'cancel' })).outcome.kind).toBe('command');
  });

  test('with faults in entry and guide is refused with all of them', async () => {
    content = tempContent({
      ...GOOD,
      'knowledge/faq/bikes/empty.md': '',
      'guides/broken.yaml': 'title: [',
    });
    const refused = await loadBot({ ...content, contact: undefined, semantic: false }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(ContentError);
    expect((refused as ContentError).faults.map(({ file }) => path.basename(file))).toEqual(
      expect.arrayContaining(['empty.md', 'broken.yaml']),
    );
  });

  test('with a guide that cites an entry which is not there names outcome, entry and line', async () => {
    const { 'knowledge/faq/bikes/how-far-does-a-battery-go.md': _, ...rest } = GOOD;
    expect(await faultsOf(rest)).toEqual([
      {
        file: expect.stringContaining('which-bicycle.yaml'),
        line: TINY_GUIDE_YAML.split('\n').findIndex((line) => line.includes('how-far-does-a-battery-go')) + 1,
        message: 'the outcome "electric-bike" cites "how-far-does-a-battery-go", which is no FAQ entry',
      },
    ]);
  });

  test('does not complain about cites while an entry cannot be read', async () => {
    const faults = await faultsOf({ ...GOOD, 'knowledge/faq/bikes/how-far-does-a-battery-go.md': 'nothing' });
    expect(faults.map(({ file }) => path.basename(file))).toEqual(['how-far-does-a-battery-go.md']);
  });

  test('with a command that the bot does not know is refused', async () => {
    const intent = 'kind: command\nutterances: [make coffee, coffee please, one coffee]\nreply: No.\n';
    expect(await faultsOf({ ...GOOD, 'knowledge/intents/coffee.yaml': intent })).toMatchObject([
      { message: '"coffee" is not a command that the bot knows; use kind: smalltalk' },
    ]);
  });

  test('without a folder of guides has none', async () => {
    content = tempContent(GOOD);
    const { guides, faults } = await loadContent({ ...content, guidesDir: path.join(content.guidesDir, 'none') });
    expect([guides, faults]).toEqual([[], []]);
  });

  test('without its knowledge folder is refused with the name of the folder', async () => {
    await expect(loadContent({ knowledgeDir: '/nowhere', guidesDir: '/nowhere' })).rejects.toThrow(/nowhere/);
  });
});

test('published documents are answered from; a guide that rests on other entries is left out with one warning', async () => {
  content = tempContent({
    'knowledge/bikes.md': '# FAQ\n\n## Tyres\n\n### How long does a tyre last?\n\nAbout 5000 km.\n',
    'guides/which-bicycle.yaml': TINY_GUIDE_YAML,
  });
  const { bot, guides, warnings } = await loadBot({ ...content, contact: undefined, semantic: false });
  expect(guides).toEqual([]);
  expect(warnings).toMatchObject([{ file: expect.stringContaining('which-bicycle.yaml'), line: 1 }]);
  const { replies } = await bot.respond(undefined, { kind: 'text', text: 'how long does a tyre last?' });
  expect(replies).toMatchObject([{ kind: 'answer', body: 'About 5000 km.', asOf: undefined }]);
});

describe('the real content', () => {
  test('loads without a fault, and every guide can be walked by typing any spelling of any choice', async () => {
    const { bot, guides } = await loadBot(testConfig());
    const wrong: string[] = [];
    for (const guide of guides) {
      const answers = new Map([[guide.start, {} as Record<string, string>]]);
      for (const [id, given] of answers) {
        const question = guide.questions.get(id)!;
        for (const choice of question.choices) {
          const chosen = { ...given, [id]: choice.id };
          if (choice.next.kind === 'question' && !answers.has(choice.next.id)) answers.set(choice.next.id, chosen);
          for (const text of [choice.label, ...choice.synonyms]) {
            const memory = { ...NEW_MEMORY, guide: { ...beginGuide(guide), answers: given } };
            const result = await bot.respond(memory, { kind: 'text', text });
            if (result.memory.guide?.answers[id] !== choice.id) wrong.push(`${guide.id}/${id}: "${text}"`);
          }
        }
      }
      expect(answers.size).toBe(guide.questions.size);
    }
    expect(wrong).toEqual([]);
  });
});
