import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { ContentError } from '../../bot/foundation/content-error';
import { loadBot } from '../../bot/load-bot';
import { loadContent } from '../../bot/load-content';
import { NEW_MEMORY } from '../../bot/memory';
import { sampleAnswers } from '../../dialogs/every-way';
import type { Guide, Question } from '../../dialogs/guide';
import type { Answer, GuideState } from '../../dialogs/guide-state';
import { readValue } from '../../dialogs/values/read-value';
import { beginGuide, positionOf, step } from '../../dialogs/walk';
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

/** Hundreds of turns, on a machine that may be busy. */
const TIMEOUT_MS = 60_000;

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

/** States of a guide in which each of its questions is open, reached by answers to those before. */
function statesOf(guide: Guide): ReadonlyMap<string, GuideState> {
  const states = new Map<string, GuideState>();
  const waiting = [beginGuide(guide)];
  const seen = new Set<string>();
  while (waiting.length > 0 && states.size < guide.questions.size) {
    const state = waiting.shift()!;
    const position = positionOf(guide, state);
    const key = JSON.stringify(state.answers);
    if (position.kind !== 'question' || seen.has(key)) continue;
    seen.add(key);
    const { question } = position;
    if (!states.has(question.id)) states.set(question.id, state);
    for (const answer of sampleAnswers(guide, question)) {
      waiting.push(step(guide, state, { kind: 'answer', question: question.id, answer }).state);
    }
  }
  return states;
}

/** What may be typed to a question, with the answer that it is. */
function typedAnswers(question: Question): (readonly [text: string, answer: Answer])[] {
  const unit = question.kind === 'one' ? (question.unit ?? '') : '';
  const typed = question.choices.flatMap(({ id, label, synonyms, numbers }) => {
    const answer = question.kind === 'several' && id !== 'unknown' ? [id] : id;
    const texts = [label, ...synonyms, ...(numbers === undefined ? [] : [`${numbers.from} ${unit}`])];
    return texts.map((text) => [text, answer] as const);
  });
  if (question.kind !== 'value') return typed;
  const read = readValue(question.asks, question.example, { refuse: question.refuse });
  return [...typed, [question.example, read.ok ? read.value : 'the example is no value']];
}

/**
 * Of the spellings of each answer the first, which is its label, and one more: which one differs from answer to answer. That every
 * spelling is read is checked without a bot, guide by guide.
 */
function someOf(typed: readonly (readonly [text: string, answer: Answer])[]): typeof typed {
  const answers = [...new Set(typed.map(([, answer]) => `${answer}`))];
  const byAnswer = answers.map((one) => typed.filter(([, answer]) => `${answer}` === one));
  return byAnswer.flatMap((all, at) => (all.length > 1 ? [all[0]!, all[1 + ((at * 5) % (all.length - 1))]!] : all));
}

/** A guide, the one that handed over to it, and so on. */
function withOrigins(state: GuideState | undefined): GuideState[] {
  return state === undefined ? [] : [state, ...withOrigins(state.from)];
}

describe('the real content', () => {
  test(
    'loads without a fault, and every guide can be walked by typing its choices',
    async () => {
      const { bot, guides } = await loadBot(testConfig());
      const wrong: string[] = [];
      for (const guide of guides) {
        const states = statesOf(guide);
        expect([...states.keys()].sort()).toEqual([...guide.questions.keys()].sort());
        for (const [id, state] of states) {
          for (const [text, answer] of someOf(typedAnswers(guide.questions.get(id)!))) {
            const { memory } = await bot.respond({ ...NEW_MEMORY, guide: state }, { kind: 'text', text });
            // An answer may hand over to another guide, and that at once to a third; each keeps the one that it comes from.
            const given = withOrigins(memory.guide).find((one) => one.guide === guide.id)?.answers[id];
            if (!isDeepStrictEqual(given, answer)) wrong.push(`${guide.id}/${id}: "${text}"`);
          }
        }
      }
      expect(wrong).toEqual([]);
    },
    TIMEOUT_MS,
  );
});
