import fc from 'fast-check';
import { COMMANDS, formatAction, parseAction } from '../../bot/action';
import type { Bot } from '../../bot/bot';
import { buildBot } from '../../bot/build-bot';
import { loadBot } from '../../bot/load-bot';
import type { Memory } from '../../bot/memory';
import { replyToMarkdown } from '../../bot/reply-text';
import type { UserMessage } from '../../bot/user-message';
import { buttonsOf } from '../support/conversation';
import { testConfig } from '../support/test-config';
import { tinyContent, understandTiny } from '../support/tiny-content';

/** What leans on what was said before. */
const TALK = [
  'and on Basic?',
  'why?',
  'what about a battery',
  'wrong answer',
  'none of these',
  'no, I meant tyres',
  'what is BGP?',
];

/** Anything a person or a client may send, with the words and ids that mean something in front of the noise. */
function messages(words: readonly string[], actions: readonly string[]): fc.Arbitrary<UserMessage> {
  const text = fc.oneof(
    {
      weight: 6,
      arbitrary: fc.constantFrom(...words, '1', '2', '3', 'yes', 'no', 'I don’t know', 'both', '?', ...TALK),
    },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 80 }) },
    { weight: 1, arbitrary: fc.constantFrom('__proto__', 'constructor', 'x'.repeat(5_000), '🙂', '\u202eabc', 'a\nb') },
  );
  const action = fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...actions) }, { weight: 1, arbitrary: fc.string() });
  return fc.oneof(
    { weight: 5, arbitrary: fc.record({ kind: fc.constant('text' as const), text }) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('button' as const), action, label: text }) },
    { weight: 1, arbitrary: fc.constantFrom<UserMessage>({ kind: 'arrival' }, { kind: 'unreadable' }) },
  );
}

const COMMAND_ACTIONS = [
  'none-of-these',
  'choice:__proto__/constructor/toString',
  ...COMMANDS.map((command) => formatAction({ kind: 'command', command })),
];

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    for (const part of Object.values(value)) deepFreeze(part);
    Object.freeze(value);
  }
  return value;
}

/** Runs a conversation and names what does not hold after a turn; `maxMemory` in characters of JSON. */
async function faultsOf(bot: Bot, all: readonly UserMessage[], maxMemory: number): Promise<string[]> {
  const faults: string[] = [];
  let memory: Memory | undefined;
  for (const message of all) {
    const { memory: next, replies, outcome } = await bot.respond(memory, message);
    const stored = JSON.stringify(next);
    const buttons = buttonsOf(replies);
    const fault = (is: boolean, what: string): unknown => is && faults.push(`${what} after ${JSON.stringify(message)}`);
    expect(JSON.parse(stored)).toEqual(next);
    fault(stored.length > maxMemory, 'the memory is too long');
    fault(message.kind !== 'arrival' && replies.length === 0, 'no reply');
    fault(replies.length > 3, 'too many replies');
    fault(replies.map(replyToMarkdown).includes(''), 'an empty reply');
    fault(
      buttons.some(({ label }) => label === ''),
      'a button without words',
    );
    fault(
      buttons.some(({ action }) => parseAction(action) === undefined),
      'a button without an action',
    );
    fault(!(outcome.confidence >= 0 && outcome.confidence <= 1), 'a confidence that is no probability');
    memory = deepFreeze(JSON.parse(stored) as Memory);
  }
  return faults;
}

describe('whatever a person types and presses, in whatever order', () => {
  test('a small bot goes on, replies, and remembers a bounded piece of JSON', async () => {
    const { guides, entries, intents } = tinyContent();
    const guide = [...guides.values()][0]!;
    const words = [
      'which bike',
      'tyre or battery?',
      'how do I oil a chain?',
      'who won?',
      'How do I oil a chain? How long does a tyre last? Who won?',
      ...[...intents.values()].flatMap(({ utterances }) => utterances),
      ...[...guide.questions.values()].flatMap(({ choices }) => choices.map(({ label }) => label)),
    ];
    const actions = [
      ...COMMAND_ACTIONS,
      `guide:${guide.id}`,
      ...[...entries.keys()].map((entry) => formatAction({ kind: 'entry', entry })),
      ...[...guide.questions.values()].flatMap((question) => [
        formatAction({ kind: 'change', guide: guide.id, question: question.id }),
        ...question.choices.map((choice) =>
          formatAction({ kind: 'choice', guide: guide.id, question: question.id, choice: choice.id }),
        ),
      ]),
    ];
    const bots = [tinyContent(), tinyContent({ contact: undefined, guides: new Map() })].map((content) =>
      buildBot(understandTiny, content),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(messages(words, actions), { maxLength: 15 }), async (all) => {
        for (const bot of bots) expect(await faultsOf(bot, all, 2_000)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  test('the real bot does so too', async () => {
    const { bot, content } = await loadBot(testConfig());
    const guides = [...content.guides.values()];
    const titles = [...content.entries.values()].map(({ title }) => title);
    const words = [
      ...guides.flatMap(({ utterances }) => utterances),
      ...titles.filter((_, index) => index % 10 === 0),
      ...[...content.intents.values()].map(({ utterances }) => utterances[0]!),
      ...guides.flatMap(({ questions }) =>
        [...questions.values()].flatMap(({ choices }) => choices.map((c) => c.label)),
      ),
    ];
    const actions = [
      ...COMMAND_ACTIONS,
      ...guides.flatMap((guide) => [
        `guide:${guide.id}`,
        ...[...guide.questions.values()].flatMap((question) =>
          question.choices.map(({ id }) => `choice:${guide.id}/${question.id}/${id}`),
        ),
      ]),
    ];
    await fc.assert(
      fc.asyncProperty(fc.array(messages(words, actions), { maxLength: 12 }), async (all) => {
        expect(await faultsOf(bot, all, 4_000)).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });
});
