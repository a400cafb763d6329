import { type RunningServer, startServer } from '../../../../bot/channel/server';
import { buildLogger } from '../../../../bot/log';
import { phrases } from '../../../../bot/phrases';
import { EmulatorConversation } from '../../../support/emulator';
import { FakeConnector } from '../../../support/fake-connector';
import { say, scriptedBot, turn } from '../../../support/scripted-bot';
import { testConfig } from '../../../support/test-config';

let connector: FakeConnector;
let server: RunningServer;

beforeAll(async () => {
  const config = testConfig();
  const bot = scriptedBot({ human: (memory) => turn(memory, [say('Ask Ann.')], { effect: 'handover' }) });
  connector = await FakeConnector.start();
  server = await startServer({ config, bot, log: buildLogger(config) });
});
afterAll(async () => {
  await server?.stop();
  await connector?.stop();
});

/** Another conversation with the same bot. */
function emulator(): EmulatorConversation {
  return new EmulatorConversation(server.url, connector.url);
}

const update = { type: 'conversationUpdate' };

describe('a conversation that opens greets the person once', () => {
  const ways = {
    'bot and user together': (of) => [{ membersAdded: [of.bot, of.user] }],
    'the user before the bot, together': (of) => [{ membersAdded: [of.user, of.bot] }],
    'one each, the bot first': (of) => [{ membersAdded: [of.bot] }, { membersAdded: [of.user] }],
    'one each, the user first': (of) => [{ membersAdded: [of.user] }, { membersAdded: [of.bot] }],
    'the user only': (of) => [{ membersAdded: [of.user] }],
    'the same update twice': (of) => [{ membersAdded: [of.bot, of.user] }, { membersAdded: [of.bot, of.user] }],
    'another user added later': (of) => [{ membersAdded: [of.user] }, { membersAdded: [{ id: 'u2', name: 'Ann' }] }],
    'the user, who leaves and comes back': (of) => [
      { membersAdded: [of.user] },
      { membersRemoved: [of.user] },
      { membersAdded: [of.user] },
    ],
    'members as the Emulator writes them for nobody': (of) => [
      { membersAdded: [of.bot, of.user], membersRemoved: undefined },
      { membersAdded: undefined, membersRemoved: [{ id: of.user.id }] },
    ],
  } satisfies Record<string, (of: EmulatorConversation) => object[]>;

  test.each(Object.entries(ways))('%s', async (_way, updates) => {
    const conversation = emulator();
    for (const members of updates(conversation)) {
      expect((await conversation.post({ ...update, ...members })).status).toBe(200);
    }
    expect(connector.textsOf(conversation.id)).toEqual(['hello']);
  });

  test('the same update twice at once', async () => {
    const conversation = emulator();
    await Promise.all([conversation.open(), conversation.open()]);
    expect(connector.textsOf(conversation.id)).toEqual(['hello']);
  });

  test.each([
    ['the bot only', (of: EmulatorConversation) => ({ membersAdded: [of.bot] })],
    ['the bot under another id', () => ({ membersAdded: [{ id: 'bot-1', name: 'Bot', role: 'bot' }] })],
    ['a removal', (of: EmulatorConversation) => ({ membersRemoved: [of.user] })],
    ['nobody', () => ({})],
  ])('but not for %s', async (_way, members) => {
    const conversation = emulator();
    expect((await conversation.post({ ...update, ...members(conversation) })).status).toBe(200);
    expect(connector.textsOf(conversation.id)).toEqual([]);
  });
});

describe('a restart of the conversation', () => {
  test.each([
    ['with a new user id', undefined],
    ['with the same user id', 'same-user'],
  ])('%s is a new conversation that knows nothing of the old one', async (_name, userId) => {
    const [old, restarted] = [emulator(), emulator()];
    if (userId !== undefined) for (const one of [old, restarted]) one.user.id = userId;
    await old.open();
    await old.say('one');
    await old.say('two');
    await restarted.open();
    await restarted.say('three');
    await old.say('four');
    expect(connector.textsOf(old.id)).toEqual(['hello', '1: one', '2: two', '3: four']);
    expect(connector.textsOf(restarted.id)).toEqual(['hello', '1: three']);
  });
});

describe('what is attached', () => {
  const [image, file, audio] = ['image/png', 'application/pdf', 'audio/wav'].map((contentType) => ({
    contentType,
    contentUrl: `http://127.0.0.1:1/v3/attachments/x/views/original`,
    name: 'x',
  }));

  test.each([
    ['an image', [image]],
    ['a file', [file]],
    ['a voice note', [audio]],
    ['several', [image, file, audio]],
  ])('%s alone is not read, and not fetched', async (_name, attachments) => {
    const conversation = emulator();
    expect((await conversation.post({ type: 'message', attachments })).status).toBe(200);
    expect((await conversation.post({ type: 'message', text: '', attachments })).status).toBe(200);
    expect(connector.textsOf(conversation.id)).toEqual(['cannot read that', 'cannot read that']);
  });

  test('beside words is said not to be read, and the words are answered', async () => {
    const conversation = emulator();
    await conversation.post({ type: 'message', text: 'look', attachments: [image] });
    expect(connector.textsOf(conversation.id)).toEqual([phrases.unreadBeside, '1: look']);
  });

  test('as the HTML of the words themselves is no attachment', async () => {
    const conversation = emulator();
    await conversation.post({
      type: 'message',
      text: 'look',
      attachments: [{ contentType: 'text/html', content: '<p>look</p>' }],
    });
    expect(connector.textsOf(conversation.id)).toEqual(['1: look']);
  });

  test('a card that is not ours and sends no words gets an answer', async () => {
    const conversation = emulator();
    await conversation.post({ type: 'message', value: { name: 'Ann' }, channelData: { postBack: true } });
    expect(connector.textsOf(conversation.id)).toEqual(['cannot read that']);
  });
});

test.each([
  { type: 'typing' },
  { type: 'endOfConversation', code: 'completedSuccessfully' },
  { type: 'event', name: 'x', value: { y: 1 } },
  { type: 'messageReaction', reactionsAdded: [{ type: 'like' }], replyToId: 'a' },
  { type: 'contactRelationUpdate', action: 'add' },
  { type: 'contactRelationUpdate', action: 'remove' },
  { type: 'installationUpdate', action: 'remove' },
  { type: 'messageUpdate', text: 'x' },
  { type: 'messageDelete' },
  { type: 'trace', name: 'x' },
  { type: 'ping' },
])('%j is taken without an answer, and the conversation goes on', async (activity) => {
  const conversation = emulator();
  await conversation.say('one');
  expect((await conversation.post(activity)).status).toBe(200);
  await conversation.say('two');
  expect(connector.textsOf(conversation.id)).toEqual(['1: one', '2: two']);
});

test('an invoke that nobody handles is 501', async () => {
  expect((await emulator().post({ type: 'invoke', name: 'x/y', value: {} })).status).toBe(501);
});

test.each([
  '',
  'xx',
  'de-DE',
  'tlh-Qaak-x-private',
  'no locale at all',
])('the locale %j does no harm', async (locale) => {
  const conversation = emulator();
  expect((await conversation.post({ type: 'message', text: 'hi', locale })).status).toBe(200);
  expect(connector.textsOf(conversation.id)).toEqual(['1: hi']);
});

describe('deleteUserData', () => {
  test('deletes the memory of the conversation, and of no other', async () => {
    const [deleted, other] = [emulator(), emulator()];
    for (const one of [deleted, other]) await one.say('one');
    expect((await deleted.post({ type: 'deleteUserData' })).status).toBe(200);
    for (const one of [deleted, other]) await one.say('two');
    expect(connector.textsOf(deleted.id)).toEqual(['1: one', '1: two']);
    expect(connector.textsOf(other.id)).toEqual(['1: one', '2: two']);
  });

  test('waits for the turn in hand, which would otherwise write the memory anew', async () => {
    const conversation = emulator();
    await Promise.all([
      conversation.say('one'),
      connector.until(() => connector.requests.length > 0).then(() => conversation.post({ type: 'deleteUserData' })),
    ]);
    await conversation.say('two');
    expect(connector.textsOf(conversation.id)).toEqual(['1: one', '1: two']);
  });

  test('deletes what a human who takes over would have read', async () => {
    const conversation = emulator();
    await conversation.say('my secret');
    await conversation.post({ type: 'deleteUserData' });
    await conversation.say('human');
    const event = connector.requests.at(-1)!.activity;
    expect(event).toMatchObject({ type: 'event', name: 'handoff.initiate' });
    expect(JSON.stringify(event)).not.toContain('secret');
  });
});
