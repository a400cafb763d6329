import fc from 'fast-check';
import { COMMANDS, formatAction, parseAction } from '../../bot/action';
import type { Bot } from '../../bot/bot';
import { buildBot } from '../../bot/build-bot';
import type { Memory } from '../../bot/memory';
import { replyToMarkdown } from '../../bot/reply-text';
import type { UserMessage } from '../../bot/user-message';
import type { Guide } from '../../dialogs/guide';
import { anyText } from '../support/any-text';
import { buttonsOf } from '../support/conversation';
import { loadRealBot } from '../support/real-bot';
import { bikeTracker, planATour, tourContent } from '../support/tour-guide';
import { understandTours } from '../support/tour-talk';

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
    { weight: 1, arbitrary: anyText(80) },
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

/** Every button that a guide can have. */
function actionsOf(guide: Guide): string[] {
  const at = (kind: string, ...parts: readonly string[]): string => `${kind}:${[guide.id, ...parts].join('/')}`;
  return [
    ...['guide', 'begin', 'later', 'instead', 'resume'].map((kind) => at(kind)),
    ...[...guide.questions.values()].flatMap(({ id, choices }) => [
      at('change', id),
      at('done', id),
      ...choices.flatMap((choice) => ['choice', 'pick', 'unpick'].map((kind) => at(kind, id, choice.id))),
    ]),
    ...[...guide.outcomes.values()].flatMap(({ checklist }) =>
      checklist.flatMap((item) => [at('tick', item.id), at('untick', item.id)]),
    ),
  ];
}

function labelsOfGuides(guides: readonly Guide[]): string[] {
  return guides.flatMap(({ questions }) =>
    [...questions.values()].flatMap(({ choices }) => choices.map(({ label }) => label)),
  );
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    for (const part of Object.values(value)) deepFreeze(part);
    Object.freeze(value);
  }
  return value;
}

/** Runs a conversation and names what does not hold after a turn, or at its end; `maxMemory` in characters of JSON. */
async function faultsOf(bot: Bot, all: readonly UserMessage[], maxMemory: number): Promise<string[]> {
  const faults: string[] = [];
  let memory: Memory | undefined;
  let before: UserMessage | undefined;
  for (const message of all) {
    const isDoubleClick = message.kind === 'button' && before?.kind === 'button' && message.action === before.action;
    before = message;
    const { memory: next, replies, outcome, effect } = await bot.respond(memory, message);
    const stored = JSON.stringify(next);
    const buttons = buttonsOf(replies);
    const fault = (is: boolean, what: string): unknown => is && faults.push(`${what} after ${JSON.stringify(message)}`);
    expect(JSON.parse(stored)).toEqual(next);
    fault(stored.length > maxMemory, 'the memory is too long');
    fault(message.kind !== 'arrival' && !isDoubleClick && effect === 'none' && replies.length === 0, 'no reply');
    fault(replies.length > 4, 'too many replies');
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
  const first = await bot.respond(memory, { kind: 'text', text: 'cancel' });
  // The first may have been the answer to whether everything is to be deleted.
  const left = await bot.respond(first.memory, { kind: 'text', text: 'cancel' });
  if (left.memory.guide !== undefined || left.replies.length === 0) faults.push('no way to leave');
  return faults;
}

describe('whatever a person types and presses, in whatever order', () => {
  test('a small bot goes on, replies, and remembers a bounded piece of JSON', async () => {
    const content = tourContent();
    const { guides, entries, intents } = content;
    const words = [
      'which bicycle fits me',
      'plan a tour of 5 days with my own bike and a tent',
      'maybe a tour',
      'reach the tracker',
      'what if I had said hired?',
      'how do I oil a chain?',
      'who won?',
      '1 and 3',
      'done',
      'step 2 is not done',
      '192.168.1.0/24',
      '10.1.0.0/16, 10.2.0.0/16',
      '10.1.0.4',
      '65010',
      'How do I oil a chain? How long does a tyre last? Who won?',
      ...[...intents.values()].flatMap(({ utterances }) => utterances),
      ...labelsOfGuides([...guides.values()]),
    ];
    const actions = [
      ...COMMAND_ACTIONS,
      ...[...entries.keys()].map((entry) => formatAction({ kind: 'entry', entry })),
      ...[...guides.values()].flatMap(actionsOf),
      ...['guide', 'begin', 'later', 'instead', 'resume'].map((kind) => `${kind}:sail-a-boat`),
    ];
    const changed = planATour((text) =>
      text.replace('      rented: {', '      hired: {').replace('oil: Pack oil', 'map: Pack a map'),
    );
    const contents = [content, tourContent([changed, bikeTracker()]), { ...tourContent([]), contact: undefined }];
    const bots = contents.map((one) => buildBot(understandTours(one), one));
    await fc.assert(
      fc.asyncProperty(
        fc.array(messages(words, actions), { maxLength: 20 }),
        // Mostly the same content; now and then it changes under the conversation.
        fc.infiniteStream(fc.constantFrom(0, 0, 0, 0, 0, 0, 0, 0, 1, 2)),
        async (all, which) => {
          const bot: Bot = {
            search: () => [],
            respond: (memory, message) => bots[which.next().value as number]!.respond(memory, message),
          };
          expect(await faultsOf(bot, all, 6_000)).toEqual([]);
        },
      ),
      { numRuns: 150 },
    );
  });

  test('the real bot does so too', async () => {
    const { bot, content } = await loadRealBot();
    const guides = [...content.guides.values()];
    const titles = [...content.entries.values()].map(({ title }) => title);
    const words = [
      ...guides.flatMap(({ utterances }) => utterances),
      ...titles.filter((_, index) => index % 10 === 0),
      ...[...content.intents.values()].map(({ utterances }) => utterances[0]!),
      ...labelsOfGuides(guides),
    ];
    const actions = [...COMMAND_ACTIONS, ...guides.flatMap(actionsOf)];
    await fc.assert(
      fc.asyncProperty(fc.array(messages(words, actions), { maxLength: 12 }), async (all) => {
        expect(await faultsOf(bot, all, 8_000)).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });
});
