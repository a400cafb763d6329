import { qnaTrace } from '../../../../bot/channel/emulator/qna-trace';
import type { Memory } from '../../../../bot/memory';
import type { UserMessage } from '../../../../bot/user-message';
import { loadRealBot } from '../../../support/real-bot';

interface Shown {
  readonly queryResults: readonly {
    readonly id: string;
    readonly questions: readonly string[];
    readonly answer: string;
    readonly score: number;
    readonly source: string;
    readonly metadata: readonly unknown[];
  }[];
}

let shownFor: (...texts: readonly (string | UserMessage)[]) => Promise<Shown | undefined>;

beforeAll(async () => {
  const { bot, content } = await loadRealBot();
  const titles = { get: (id: string) => content.entries.get(id)?.title };
  shownFor = async (...texts) => {
    let memory: Memory | undefined;
    let shown: Shown | undefined;
    for (const text of texts) {
      const message: UserMessage = typeof text === 'string' ? { kind: 'text', text } : text;
      const result = await bot.respond(memory, message);
      memory = result.memory;
      shown = qnaTrace(message, result, titles)?.value as Shown | undefined;
    }
    return shown;
  };
});

test.each([
  ['an answer', ['What is the gateway subnet for?']],
  ['an answer in the middle of a guide', ['help me choose a connection type', 'What is the gateway subnet for?']],
])('%s stands first, with its words, its question and what speaks for it', async (_name, texts) => {
  const [first] = (await shownFor(...texts))!.queryResults;
  expect(first).toMatchObject({
    id: 'do-i-need-a-gatewaysubnet',
    questions: [expect.stringContaining('GatewaySubnet')],
    source: 'faq',
    answer: expect.stringMatching(/^Yes\. /),
  });
  expect(first!.score).toBeGreaterThan(80);
  expect(first!.metadata.length).toBeGreaterThan(10);
});

test('each of several questions in one message is shown with its answer', async () => {
  const shown = await shownFor('What is the gateway subnet for? And can I use private ASNs?');
  expect(shown!.queryResults.filter(({ answer }) => answer !== '').map(({ id }) => id)).toEqual([
    'do-i-need-a-gatewaysubnet',
    'can-i-use-private-asns-autonomous-system-numbers',
  ]);
});

test('where it asks back, entries and guides stand among each other and none is answered', async () => {
  const { queryResults } = (await shownFor('my vpn keeps dropping'))!;
  expect(queryResults.slice(0, 2).map(({ id, source }) => [source, id])).toEqual([
    ['faq', 'why-is-my-ikev1-connection-frequently-reconnecting'],
    ['guides', 'tunnel-drops'],
  ]);
  expect(queryResults.every(({ answer }) => answer === '')).toBe(true);
});

test('where nothing is known, what came nearest is shown', async () => {
  const { queryResults } = (await shownFor('zebra crossing'))!;
  expect(queryResults.length).toBeGreaterThan(0);
  expect(queryResults.every(({ score }) => score < 20)).toBe(true);
});

test('a guide that a question starts is shown, and the answers to its own questions are not looked for', async () => {
  const [first] = (await shownFor('help me choose a connection type'))!.queryResults;
  expect([first!.id, first!.source]).toEqual(['connection-type', 'guides']);
  expect(await shownFor('help me choose a connection type', '1')).toBeUndefined();
});

test.each([
  ['small talk', { kind: 'text', text: 'thanks' }],
  ['a command', { kind: 'text', text: 'help' }],
  ['a button', { kind: 'button', action: 'entry:do-i-need-a-gatewaysubnet', label: 'x' }],
  ['an arrival', { kind: 'arrival' }],
  ['a picture', { kind: 'unreadable' }],
] as const)('nothing is shown for %s', async (_name, message) => {
  expect(await shownFor(message)).toBeUndefined();
});
