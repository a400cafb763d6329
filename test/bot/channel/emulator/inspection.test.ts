import { type RunningServer, startServer } from '../../../../bot/channel/server';
import { buildLogger } from '../../../../bot/log';
import { phrases } from '../../../../bot/phrases';
import { EmulatorConversation } from '../../../support/emulator';
import { FakeConnector, type SentActivity } from '../../../support/fake-connector';
import { scriptedBot } from '../../../support/scripted-bot';
import { testConfig } from '../../../support/test-config';

const SCHEMA = 'https://www.botframework.com/schemas';

let connector: FakeConnector;
let server: RunningServer;
let consoleNoise: jest.SpyInstance[];
const bot = scriptedBot({
  explode: () => {
    throw new Error('boom');
  },
});

beforeEach(async () => {
  consoleNoise = (['log', 'info', 'warn', 'error'] as const).map((name) => jest.spyOn(console, name));
  connector = await FakeConnector.start();
  const config = testConfig({ connectorTimeoutMs: 300 });
  server = await startServer({ config, bot, log: buildLogger(config) });
});

afterEach(async () => {
  await server.stop();
  await connector.stop();
  for (const spy of consoleNoise) {
    expect(spy).not.toHaveBeenCalled();
    spy.mockRestore();
  }
});

function window(serviceUrl = connector.url, channel?: string): EmulatorConversation {
  return new EmulatorConversation(server.url, serviceUrl, channel);
}

function sentTo({ id }: EmulatorConversation): readonly SentActivity[] {
  return connector.requests.filter(({ conversation }) => conversation === id).map(({ activity }) => activity);
}

/** What a window was shown, as the SDK names it. */
function shownTo(inspecting: EmulatorConversation): readonly (readonly unknown[])[] {
  return sentTo(inspecting)
    .filter(({ type, name }) => type === 'trace' && name !== 'Command')
    .map(({ name, label, valueType, value }) => [name, label, valueType, value]);
}

/** The command that `/INSPECT open` gives. */
async function open(inspecting: EmulatorConversation): Promise<string> {
  await inspecting.say('/INSPECT open');
  const command = sentTo(inspecting).findLast(({ type }) => type === 'trace');
  expect(command).toMatchObject({ name: 'Command', label: 'Command', valueType: `${SCHEMA}/command` });
  expect(command!.value).toMatch(/^\/INSPECT attach [\w-]{36}$/);
  return command!.value as string;
}

async function attached(serviceUrl?: string): Promise<Record<'inspecting' | 'inspected', EmulatorConversation>> {
  const [inspecting, inspected] = [window(), window(serviceUrl)];
  await inspected.say(await open(inspecting));
  return { inspecting, inspected };
}

test('after attaching, one window shows what the other one receives, sends and remembers', async () => {
  const { inspecting, inspected } = await attached();
  expect(connector.textsOf(inspected.id)).toEqual([phrases.inspected]);
  await inspected.say('hi');
  expect(connector.textsOf(inspected.id)).toEqual([phrases.inspected, '1: hi']);
  expect(shownTo(inspecting)).toEqual([
    [
      'ReceivedActivity',
      'Received Activity',
      `${SCHEMA}/activity`,
      expect.objectContaining({ type: 'message', text: 'hi', from: expect.objectContaining({ role: 'user' }) }),
    ],
    [
      'SentActivity',
      'Sent Activity',
      `${SCHEMA}/activity`,
      expect.objectContaining({ type: 'message', text: '1: hi', from: expect.objectContaining({ name: 'Bot' }) }),
    ],
    [
      'BotState',
      'Bot State',
      `${SCHEMA}/botState`,
      { conversationState: expect.objectContaining({ memory: expect.objectContaining({ version: 3, misses: 1 }) }) },
    ],
  ]);
  expect(sentTo(inspected).map(({ type }) => type)).toEqual(['message', 'message']);
});

test('the commands never reach the bot', async () => {
  bot.heard.length = 0;
  await attached();
  const alone = window();
  for (const text of ['/INSPECT', '/inspect close', '/INSPECT attach', '/INSPECT open please']) await alone.say(text);
  expect(connector.textsOf(alone.id)).toEqual(Array(4).fill(phrases.inspectHelp));
  expect(bot.heard).toEqual([]);
});

test('a name serves once, and one that is made up serves nobody', async () => {
  const [inspecting, inspected, late] = [window(), window(), window()];
  const command = await open(inspecting);
  await inspected.say(command);
  await late.say(command);
  await late.say('/INSPECT attach __proto__');
  await late.say('hi');
  expect(connector.textsOf(late.id)).toEqual([phrases.inspectGone, phrases.inspectGone, '1: hi']);
  expect(shownTo(inspecting)).toEqual([]);
});

test.each([
  'webchat',
  'directline',
  'msteams',
  'slack',
])('on %s the commands are words like any others', async (channel) => {
  const [inspecting, elsewhere] = [window(), window(connector.url, channel)];
  const command = await open(inspecting);
  await elsewhere.say('/INSPECT open');
  await elsewhere.say(command);
  await elsewhere.say('hi');
  expect(connector.textsOf(elsewhere.id)).toEqual(['1: /INSPECT open', `2: ${command}`, '3: hi']);
  expect(shownTo(inspecting)).toEqual([]);
});

test('a window that inspects itself sees each thing once', async () => {
  const itself = window();
  await itself.say(await open(itself));
  await itself.say('hi');
  expect(connector.textsOf(itself.id)).toEqual([phrases.inspected, '1: hi']);
  expect(shownTo(itself).map(([name]) => name)).toEqual(['ReceivedActivity', 'SentActivity', 'BotState']);
});

test('what is no message is shown too, and a turn that failed with its apology', async () => {
  const { inspecting, inspected } = await attached();
  await inspected.post({ type: 'event', name: 'x' });
  await inspected.post({ type: 'message', text: null, attachments: [{ contentType: 'image/png' }] });
  await inspected.say('explode');
  const names = shownTo(inspecting).map(([name]) => name);
  expect(names.slice(0, 2)).toEqual(['ReceivedActivity', 'BotState']);
  expect(names.slice(2, 5)).toEqual(['ReceivedActivity', 'SentActivity', 'BotState']);
  expect(names.slice(5)).toEqual(['ReceivedActivity', 'Turn Error', 'SentActivity']);
  expect(connector.textsOf(inspected.id).at(-1)).toBe(phrases.apology);
});

test.each([
  'fail',
  'hang',
] as const)('a window that does %s is let go, and costs the other one nothing else', async (kind) => {
  const there = await FakeConnector.start();
  const [inspecting, inspected] = [window(there.url), window()];
  await inspecting.say('/INSPECT open');
  await inspected.say(there.requests[0]!.activity.value as string);
  there.behaviour = kind === 'hang' ? { kind } : { kind, status: 404 };
  await inspected.say('one');
  there.behaviour = { kind: 'accept' };
  await inspected.say('two');
  expect(connector.textsOf(inspected.id)).toEqual([phrases.inspected, '1: one', '2: two']);
  // The answer to "open", and the trace that was not taken.
  expect(there.requests).toHaveLength(2);
  await there.stop();
});

test('a message without a mention of it pays nothing: nobody is asked', async () => {
  const conversation = window();
  await conversation.say('hi');
  expect(connector.requests.map(({ activity }) => activity.type)).toEqual(['message']);
});
