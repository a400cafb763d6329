import { mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { type RunningServer, startServer } from '../../../../bot/channel/server';
import { buildLogger } from '../../../../bot/log';
import { EmulatorConversation, postJson } from '../../../support/emulator';
import { FakeConnector } from '../../../support/fake-connector';
import { scriptedBot } from '../../../support/scripted-bot';
import { testConfig } from '../../../support/test-config';

/*
 * Bodies that are made to harm: nested deeper than a stack is high, with names that change prototypes, or sent by a page that says
 * it is this machine.
 */

let connector: FakeConnector;
let server: RunningServer;
let dir: string;
const bot = scriptedBot();

async function start(): Promise<RunningServer> {
  const config = testConfig({ storage: { kind: 'embedded', folder: dir } });
  return startServer({ config, bot, log: buildLogger(config) });
}

beforeAll(async () => {
  connector = await FakeConnector.start();
  dir = mkdtempSync(path.join(os.tmpdir(), 'bodies-'));
  server = await start();
});
afterAll(async () => {
  await server.stop();
  await connector.stop();
  rmSync(dir, { recursive: true, force: true });
});
afterEach(() => {
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  expect(Object.prototype).not.toHaveProperty('polluted');
});

const emulator = (): EmulatorConversation => new EmulatorConversation(server.url, connector.url);
const lists = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
const records = (depth: number): string => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;

/** A conversation of the web chat, and what posts to it. */
async function webChat() {
  const session = JSON.parse((await postJson(`${server.url}/web-chat/session`, '{}')).body);
  const authorization = `Bearer ${session.token}`;
  const opened = await postJson(`${server.url}/v3/directline/conversations`, '{}', { authorization });
  expect(opened.status).toBe(201);
  const at = (): string => `${server.url}/v3/directline/conversations/${session.conversationId}`;
  return {
    post: (body: string) => postJson(`${at()}/activities`, body, { authorization }),
    upload: (activity: string) => {
      const form = `--x\r\ncontent-disposition: form-data; name="activity"\r\ncontent-type: application/vnd.microsoft.activity\r\n\r\n${activity}\r\n--x--`;
      return postJson(`${at()}/upload`, form, { authorization, 'content-type': 'multipart/form-data; boundary=x' });
    },
    read: async () => (await fetch(`${at()}/activities`, { headers: { authorization } })).json(),
  };
}

describe('a body nested 100,000 deep', () => {
  test.each([
    'value',
    'channelData',
    'entities',
    'from',
    'attachments',
  ])('in %s of an activity is refused', async (name) => {
    for (const deep of [lists(100_000), records(20_000), '['.repeat(200_000)]) {
      const { [name]: _, ...activity } = emulator().activity({ type: 'message', text: 'hi' });
      const body = JSON.stringify(activity).replace(/}$/, `,"${name}":${deep}}`);
      expect((await postJson(`${server.url}/api/messages`, body)).status).toBe(400);
    }
  });

  test('is refused by every route of the web chat, and the conversation goes on', async () => {
    const chat = await webChat();
    for (const deep of [lists(100_000), records(20_000)]) {
      expect((await chat.post(`{"type":"message","text":"x","value":${deep}}`)).status).toBe(400);
      expect((await chat.post(`{"type":"event","name":"x","channelData":{"a":${deep}}}`)).status).toBe(400);
      expect((await chat.upload(`{"type":"message","channelData":{"a":${deep}}}`)).status).toBe(200);
      expect((await postJson(`${server.url}/web-chat/session`, deep.slice(0, 4_000))).status).toBe(400);
    }
    expect((await chat.post(`{"type":"message","text":"still here","value":${lists(90)}}`)).status).toBe(200);
    expect(JSON.stringify(await chat.read())).toContain('still here');
    // It could be saved, too, and so could all others.
    await server.stop();
    server = await start();
    expect(JSON.stringify(await chat.read())).toContain('still here');
  });
});

describe('names that change prototypes', () => {
  const evil =
    '{"__proto__":{"polluted":1,"action":"x"},"constructor":{"prototype":{"polluted":1}},"a":{"__proto__":{"polluted":1}}}';

  test.each([
    'value',
    'channelData',
    'from',
    'conversation',
    'recipient',
    'semanticAction',
  ])('do nothing in %s', async (name) => {
    for (const channel of ['emulator', 'msteams', 'webchat']) {
      const conversation = new EmulatorConversation(server.url, connector.url, channel);
      const { [name]: own, ...activity } = conversation.activity({ type: 'message', text: 'hi' });
      const all = `${JSON.stringify(own ?? {}).replace(/}$/, own ? ',' : '')}${evil.slice(1)}`;
      const body = JSON.stringify(activity).replace(/}$/, `,"${name}":${all},"__proto__":{"polluted":1}}`);
      expect((await postJson(`${server.url}/api/messages`, body)).status).toBe(200);
    }
    expect(bot.heard.at(-1)).not.toHaveProperty('polluted');
  });

  test('do nothing on a card of Teams, as data or as text', async () => {
    const conversation = new EmulatorConversation(server.url, connector.url, 'msteams');
    for (const action of ['__proto__', 'constructor', 'choice:__proto__/constructor/prototype', 'toString']) {
      const data = `{"__proto__":{"polluted":1},"action":"${action}","msteams":{"__proto__":{"polluted":1}}}`;
      for (const value of [data, JSON.stringify(data)]) {
        const press = JSON.stringify(conversation.activity({ type: 'message' })).replace(/}$/, `,"value":${value}}`);
        const invoke = `{"type":"invoke","name":"adaptiveCard/action","value":{"action":{"type":"Action.Execute","data":${value}}}}`;
        const { type: _, ...rest } = conversation.activity({});
        expect((await postJson(`${server.url}/api/messages`, press)).status).toBe(200);
        const whole = JSON.stringify(rest).replace(/}$/, `,${invoke.slice(1)}`);
        expect((await postJson(`${server.url}/api/messages`, whole)).status).toBeLessThan(500);
      }
    }
  });

  test('do nothing in the web chat', async () => {
    const chat = await webChat();
    expect((await chat.post(`{"type":"message","text":"hi","value":${evil},"channelData":${evil}}`)).status).toBe(200);
    expect((await chat.upload(`{"type":"message","channelData":${evil}}`)).status).toBe(200);
    expect((await postJson(`${server.url}/web-chat/session`, evil)).status).toBe(200);
    expect(JSON.stringify(await chat.read())).not.toContain('polluted');
  });
});

test('a page whose name was made to stand for this machine is not heard', async () => {
  const body = JSON.stringify(emulator().activity({ type: 'message', text: 'hi', deliveryMode: 'expectReplies' }));
  const statusFor = (host: string): Promise<number | undefined> =>
    new Promise((resolve, reject) => {
      const headers = { host, 'content-type': 'application/json' };
      const target = { host: '127.0.0.1', port: server.port, path: '/api/messages', method: 'POST', headers };
      http
        .request(target, (response) => resolve(response.resume().statusCode))
        .on('error', reject)
        .end(body);
    });
  expect(await statusFor(`localhost:${server.port}`)).toBe(200);
  expect(await statusFor('[::1]')).toBe(200);
  const heard = bot.heard.length;
  for (const host of ['evil.example', 'localhost.evil.example', '127.0.0.1.evil.example:3978', '169.254.169.254'])
    expect(await statusFor(host)).toBe(403);
  expect(bot.heard).toHaveLength(heard);
});
