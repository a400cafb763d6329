import { buildBot } from '../../../bot/build-bot';
import { type RunningServer, startServer } from '../../../bot/channel/server';
import { type OpenStorage, openStorage } from '../../../bot/channel/storage/open-storage';
import { buildLogger } from '../../../bot/log';
import { phrases } from '../../../bot/phrases';
import { EmulatorConversation } from '../../support/emulator';
import { FakeConnector } from '../../support/fake-connector';
import { TEAMS_BOT } from '../../support/teams';
import { testConfig } from '../../support/test-config';
import { tinyContent, understandTiny } from '../../support/tiny-content';
import { until } from '../../support/until';

/*
 * The real server with a small bot: what is left of a conversation once it is deleted, and what a transcript holds.
 */

let opened: OpenStorage;
let isUp: boolean;
let connector: FakeConnector;
let server: RunningServer;

beforeEach(async () => {
  connector = await FakeConnector.start();
  const config = testConfig({ stopTimeoutMs: 2_000 });
  isUp = true;
  opened = { ...(await openStorage(config, buildLogger(config))), isUp: () => isUp, whenUp: () => undefined };
  const bot = buildBot(understandTiny, tinyContent());
  server = await startServer({ config, bot, log: buildLogger(config), storage: opened });
});

afterEach(async () => {
  await server.stop();
  await connector.stop();
});

const begin = (channelId?: string): EmulatorConversation =>
  new EmulatorConversation(server.url, connector.url, channelId);

async function hear(conversation: EmulatorConversation, part: Readonly<Record<string, unknown>> | string) {
  const heard = connector.messages.length;
  const { status } = await (typeof part === 'string' ? conversation.say(part) : conversation.post(part));
  expect(status).toBe(200);
  return connector.messages.slice(heard);
}

/** A message to the bot where others read along. */
function mentioning(text: string) {
  const written = `<at>${TEAMS_BOT.name}</at>`;
  const entities = [{ type: 'mention', mentioned: TEAMS_BOT, text: written }];
  return { type: 'message', recipient: TEAMS_BOT, text: `${written} ${text}`, entities };
}

const textsOf = async (...call: Parameters<typeof hear>): Promise<readonly string[]> =>
  (await hear(...call)).map(({ text }) => text ?? '');

async function isKept(conversation: string): Promise<boolean> {
  const key = `state/${conversation}`;
  const documents = await opened.storage.read([key]);
  const lines = await opened.storage.readLog(`said/${conversation}`, 0);
  expect(documents.has(key)).toBe(lines.length > 0);
  return documents.has(key);
}

/** The documents of a conversation in Teams beside its memory: what was answered in which message, and what was sent last. */
async function documentsBeside(conversation: string): Promise<readonly string[]> {
  return [`sent/${conversation}`, ...(await opened.storage.members(`answered-in/${conversation}`))];
}

describe('deleting a conversation', () => {
  test.each([
    ['deleted', { type: 'deleteUserData' }],
    ['ended by taking the bot away', { type: 'installationUpdate', action: 'remove' }],
  ])('that is %s leaves nothing of what was answered and sent in it', async (_how, event) => {
    const talk = begin('msteams');
    await hear(talk, 'How long does a tyre last?');
    const conversation = `msteams/conversations/${talk.id}`;
    const keys = await documentsBeside(conversation);
    expect([...(await opened.storage.read(keys)).keys()].sort()).toEqual([...keys].sort());
    expect(keys).toHaveLength(2);
    await hear(talk, event);
    expect((await opened.storage.read(keys)).size).toBe(0);
    expect(await documentsBeside(conversation)).toHaveLength(1);
  });

  test('takes it out of the store and the transcripts before it says so; the next words begin anew', async () => {
    const [talk, other] = [begin(), begin()];
    for (const one of [talk, other]) {
      expect(JSON.stringify(await hear(one, 'which bike should I buy'))).toContain('question 1');
      await hear(one, 'On roads');
    }
    await hear(talk, 'delete my data');
    expect(await textsOf(talk, 'yes')).toEqual([`${phrases.dataDeleted} ${phrases.clientKeepsCopy.emulator}`]);
    expect([
      await isKept(`emulator/conversations/${talk.id}`),
      await isKept(`emulator/conversations/${other.id}`),
    ]).toEqual([false, true]);
    expect(await textsOf(talk, 'send me my transcript')).toEqual([phrases.noTranscript]);
    expect(await textsOf(talk, 'back')).toEqual([phrases.nothingToGoBackTo]);
    expect(JSON.stringify(await hear(other, 'back'))).toContain('question 1');
  });

  test('is done for one message too that is deleted in Teams: its question is nowhere any more', async () => {
    const talk = begin('msteams');
    await hear(talk, { type: 'message', text: 'How long does a tyre last?', id: 'asked' });
    const conversation = `msteams/conversations/${talk.id}`;
    const [answer] = await opened.storage.members(`answered-in/${conversation}`);
    const kept = async () => (await opened.storage.read([answer!])).get(answer!)?.json;
    expect(await kept()).toContain('tyre last?');
    await hear(talk, { type: 'messageDelete', id: 'asked', channelData: { eventType: 'softDeleteMessage' } });
    expect(await kept()).not.toContain('tyre last?');
    expect((await opened.storage.readLog(`said/${conversation}`, 0)).map(({ text }) => text).join()).not.toContain(
      'asked',
    );
  });

  test('is not claimed while the storage is down', async () => {
    const talk = begin();
    await hear(talk, 'delete my data');
    isUp = false;
    const [text] = await textsOf(talk, 'yes');
    expect(text).toContain(phrases.dataDeletedNotOnDisk);
  });

  test('is not claimed, and nothing is lost, where the answer is no', async () => {
    const talk = begin();
    await hear(talk, 'which bike should I buy');
    await hear(talk, 'On roads');
    await hear(talk, 'delete my data');
    const [kept, question] = await textsOf(talk, 'no');
    expect(kept).toBe(phrases.dataKept);
    expect(question).toContain('question 2');
  });

  test('in a group deletes what one person said there, and says nothing of it', async () => {
    const talk = begin('msteams');
    const conversation = { id: talk.id, isGroup: true, conversationType: 'groupChat' };
    const say = (id: string, text: string) => textsOf(talk, { ...mentioning(text), conversation, from: { id } });
    await say('ana', 'which bike should I buy');
    await say('ben', 'which bike should I buy');
    await say('ben', 'delete my data');
    expect((await say('ana', 'yes')).join()).not.toContain('Deleted');
    expect(await say('ben', 'yes')).toEqual([`${phrases.dataDeletedShared} ${phrases.clientKeepsCopy.msteams}`]);
    const keyOf = (id: string) => `msteams/conversations/${talk.id}/users/${id}`;
    expect([await isKept(keyOf('ana')), await isKept(keyOf('ben'))]).toEqual([true, false]);
  });
});

test('deleting a web chat takes memory, transcript and history in one, and leaves nobody’s words', async () => {
  const post = async (at: string, body: object, token = ''): Promise<Record<string, string>> => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
    const response = await fetch(`${server.url}${at}`, { method: 'POST', headers, body: JSON.stringify(body) });
    return { ...((await response.json()) as Record<string, string>), status: String(response.status) };
  };
  const session = await post('/web-chat/session', {});
  const { conversationId: id = '', token = '' } = session;
  await post('/v3/directline/conversations', {}, token);
  const say = (text: string) => post(`/v3/directline/conversations/${id}/activities`, { type: 'message', text }, token);
  const { storage } = opened;
  const history = async () => (await storage.readLog(`chat/${id}`, 0)).map(({ text }) => text).join('\n');
  for (const text of ['which bike should I buy', 'delete my data']) {
    await say(text);
    await until(
      async () =>
        (await history()).split(`"text":"${text}"`).length > 1 && (await storage.members('inboxes')).length === 0,
    );
  }
  expect(await isKept(`webchat/conversations/${id}`)).toBe(true);
  await say('yes');
  await until(async () => (await say('hello?')).status === '404');
  expect(await isKept(`webchat/conversations/${id}`)).toBe(false);
  expect([await history(), await storage.readLog(`inbox/${id}`, 0)]).toEqual(['', []]);
  const left = await storage.read([`chat/${id}`, `chat-progress/${id}`]);
  expect([...left.values()].map(({ json }) => json).join()).not.toMatch(/bike|dl_/);
});

describe('a transcript', () => {
  test('holds what was said before, with what stands on cards, and a copy for clients that save it', async () => {
    const talk = begin();
    await hear(talk, 'tyre **life**');
    const [message] = await hear(talk, 'send me my transcript');
    expect(message).toMatchObject({
      textFormat: 'plain',
      channelData: { kind: 'transcript', title: phrases.transcript },
    });
    const { text } = message!;
    expect(text).toContain('You:\ntyre **life**');
    expect(text).toContain('How long does a tyre last?\n\nAbout 5000 km.');
    expect(text).not.toContain('send me my transcript');
    expect((message?.channelData as { text: string }).text).toBe(text);
    const [again] = await textsOf(talk, 'send me my transcript');
    expect(again).toContain(phrases.transcriptSent);
  });

  test('is one bounded text in Teams, and refused where others would read it', async () => {
    const talk = begin('msteams');
    for (let index = 0; index < 12; index++) await hear(talk, `${index} ${'word '.repeat(600)}`);
    const [message, ...others] = await hear(talk, 'send me my transcript');
    expect(others).toEqual([]);
    expect(message?.channelData).toBeUndefined();
    expect(Buffer.byteLength(message?.text ?? '')).toBeLessThan(20_300);
    expect(message?.text).toContain('Older ones are too long to send.');
    const shared = { id: talk.id, isGroup: true };
    const refused = await textsOf(talk, { ...mentioning('send me my transcript'), conversation: shared });
    expect(refused).toEqual([phrases.transcriptNotHere]);
  });

  test('comes before the open question of a guide', async () => {
    const talk = begin();
    await hear(talk, 'which bike should I buy');
    const [transcript, question] = await textsOf(talk, 'send me my transcript');
    expect(transcript).toContain('which bike should I buy');
    expect(question).toContain('question 1');
  });
});
