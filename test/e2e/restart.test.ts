import { existsSync } from 'node:fs';
import path from 'node:path';
import { BICYCLE_FILES } from '../support/bicycle-files';
import { buildMain } from '../support/built-main';
import { EmulatorConversation } from '../support/emulator';
import { FakeConnector } from '../support/fake-connector';
import { ReloadingServer } from '../support/reloading-server';
import { SMALL_VOCABULARY, type TempContent, tempContent } from '../support/temp-content';
import { until } from '../support/until';

/*
 * The built bot in a process of its own, which is stopped and started again in the middle of conversations.
 */

const COMMANDS = {
  'knowledge/intents/later.yaml': 'kind: command\nutterances: [continue later, later, pause]\n',
  'knowledge/intents/resume.yaml': 'kind: command\nutterances: [continue, resume, go on]\n',
};

let content: TempContent;
let connector: FakeConnector;
let server: ReloadingServer;

beforeAll(() => buildMain(), 120_000);
beforeEach(async () => {
  content = tempContent({ ...BICYCLE_FILES, ...SMALL_VOCABULARY, ...COMMANDS });
  connector = await FakeConnector.start();
  server = await start();
});
afterEach(async () => {
  await server.stop();
  await connector.stop();
  content.remove();
});

const storeOf = (): string => path.join(path.dirname(content.knowledgeDir), 'data');

function start(): Promise<ReloadingServer> {
  return ReloadingServer.start({
    KNOWLEDGE_DIR: content.knowledgeDir,
    GUIDES_DIR: content.guidesDir,
    STORAGE: `lmdb:${storeOf()}`,
  });
}

async function hear(conversation: EmulatorConversation, text: string): Promise<string> {
  const heard = connector.requests.length;
  expect((await conversation.say(text)).status).toBe(200);
  return JSON.stringify(connector.requests.slice(heard).map(({ activity }) => activity));
}

test('a guide that is open and one that was put aside go on where they were after a restart', async () => {
  const inGuide = new EmulatorConversation(server.url, connector.url);
  const later = new EmulatorConversation(server.url, connector.url);
  for (const person of [inGuide, later]) {
    expect(await hear(person, 'which bike should I buy')).toContain('Where do you ride?');
    expect(await hear(person, 'On roads')).toContain('Is it more than 20 km a day?');
  }
  expect(await hear(later, 'continue later')).not.toContain('Is it more than 20 km a day?');

  expect(await server.stop('SIGTERM')).toBe(0);
  expect(existsSync(storeOf())).toBe(true);
  server = await start();
  for (const person of [inGuide, later]) person.botUrl = server.url;

  expect(await hear(later, 'continue')).toContain('Is it more than 20 km a day?');
  for (const person of [inGuide, later]) {
    expect(await hear(person, 'Yes, more than 20 km')).toContain('Do you want a motor?');
    const advice = await hear(person, 'Without a motor');
    for (const reason of ['You ride on roads.', 'Your way is long.', 'You want no motor.'])
      expect(advice).toContain(reason);
  }
  expect(await server.stop()).toBe(0);
});

test('a conversation on the page goes on after a restart, with its history and without a second greeting', async () => {
  const post = async (at: string, body: object, token = ''): Promise<Record<string, string>> => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
    const response = await fetch(`${server.url}${at}`, { method: 'POST', headers, body: JSON.stringify(body) });
    expect(response.status).toBeLessThan(300);
    return (await response.json()) as Record<string, string>;
  };
  const textsOf = async ({ conversationId, token }: Record<string, string>): Promise<string[]> => {
    const headers = { authorization: `Bearer ${token}` };
    const url = `${server.url}/v3/directline/conversations/${conversationId}/activities`;
    const { activities } = (await (await fetch(url, { headers })).json()) as { activities: { text?: string }[] };
    return activities.map(({ text = '' }) => text);
  };
  const say = async (session: Record<string, string>, text: string, answer: string): Promise<void> => {
    const message = { type: 'message', text };
    await post(`/v3/directline/conversations/${session.conversationId}/activities`, message, session.token);
    await until(async () => (await textsOf(session)).some((one) => one.includes(answer)));
  };

  const first = await post('/web-chat/session', {});
  await post('/v3/directline/conversations', {}, first.token);
  await until(async () => (await textsOf(first)).length > 0);
  await say(first, 'which bike should I buy', 'Where do you ride?');
  const said = await textsOf(first);
  expect(await server.stop('SIGTERM')).toBe(0);
  server = await start();

  const again = await post('/web-chat/session', { resume: first.resume });
  expect(again).toMatchObject({ resumed: true, conversationId: first.conversationId, userId: first.userId });
  expect(await textsOf(again)).toEqual(said);
  // As a page does that knows nothing of it.
  await post('/v3/directline/conversations', {}, again.token);
  await say(again, 'On roads', 'Is it more than 20 km a day?');
  expect((await textsOf(again)).filter((text) => text === said[0])).toHaveLength(1);
  expect(await server.stop()).toBe(0);
});
