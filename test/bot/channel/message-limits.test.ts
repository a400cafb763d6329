import { type RunningServer, startServer } from '../../../bot/channel/server';
import type { Config } from '../../../bot/config';
import { buildLogger } from '../../../bot/log';
import { EmulatorConversation, postJson } from '../../support/emulator';
import { FakeConnector } from '../../support/fake-connector';
import { scriptedBot } from '../../support/scripted-bot';
import { testConfig } from '../../support/test-config';

let connector: FakeConnector;
let server: RunningServer | undefined;
let logLines: string[];

beforeEach(async () => {
  connector = await FakeConnector.start();
  logLines = [];
});
afterEach(async () => {
  await server?.stop();
  await connector.stop();
});

async function start(changes: Partial<Config>): Promise<RunningServer> {
  const config = testConfig({ logLevel: 'info', ...changes });
  const log = buildLogger(config, { write: (line) => void logLines.push(line) });
  server = await startServer({ config, bot: scriptedBot(), log });
  return server;
}

const refusals = (): number => logLines.filter((line) => line.includes('request refused')).length;

describe('the limits of /api/messages', () => {
  test('a conversation that floods is told when to come again, and the honest one beside it goes on', async () => {
    const { url } = await start({ messagesPerMinute: 5 });
    const flood = new EmulatorConversation(url, connector.url);
    const honest = new EmulatorConversation(url, connector.url);
    const answers = await Promise.all([
      ...Array.from({ length: 60 }, (_, n) => flood.say(`flood ${n}`)),
      ...Array.from({ length: 5 }, (_, n) => honest.say(`honest ${n}`)),
    ]);
    const statuses = answers.map(({ status }) => status);
    expect(statuses.slice(60)).toEqual([200, 200, 200, 200, 200]);
    expect(statuses.slice(0, 60).filter((status) => status === 200)).toHaveLength(5);
    const refused = answers.find(({ status }) => status === 429)!;
    expect(refused.headers.get('retry-after')).toBe('12');
    expect(JSON.parse(refused.body)).toEqual({
      code: 'TooManyRequests',
      message: 'Too many requests. Try again in 12 s.',
    });
    expect(refusals()).toBeLessThanOrEqual(10);
  });

  test('one person in many conversations has twice as much, and on another channel is another', async () => {
    const { url } = await start({ messagesPerMinute: 3 });
    const talks = Array.from({ length: 7 }, () => new EmulatorConversation(url, connector.url));
    const statuses: number[] = [];
    for (const talk of talks)
      statuses.push((await talk.post({ type: 'message', text: 'hi', from: { id: 'ann' } })).status);
    expect(statuses).toEqual([200, 200, 200, 200, 200, 200, 429]);
    const elsewhere = new EmulatorConversation(url, connector.url, 'directline');
    expect((await elsewhere.post({ type: 'message', text: 'hi', from: { id: 'ann' } })).status).toBe(200);
    expect((await talks[6]!.post({ type: 'message', text: 'hi', from: null })).status).toBe(200);
  });

  test('an address that sends bad tokens is refused with 429 after twenty, each address behind a proxy by itself', async () => {
    const credentials = { kind: 'single-tenant', appId: 'app', password: 'secret', tenantId: 'tenant' } as const;
    const { url } = await start({ credentials, trustedProxies: 1 });
    const activity = JSON.stringify(
      new EmulatorConversation(url, connector.url).activity({ type: 'message', text: 'hi' }),
    );
    const knock = (address: string) =>
      postJson(`${url}/api/messages`, activity, { authorization: 'Bearer a.b.c', 'x-forwarded-for': address });
    const answers = await Promise.all(Array.from({ length: 25 }, () => knock('192.0.2.1')));
    const statuses = answers.map(({ status }) => status);
    const refused = answers.filter(({ status }) => status === 429);
    // Room for one more comes every three seconds, and a busy machine takes its time.
    expect(refused.length).toBeGreaterThanOrEqual(3);
    expect(refused.length).toBeLessThanOrEqual(5);
    expect(Number(refused[0]!.headers.get('retry-after'))).toBeLessThanOrEqual(3);
    expect(statuses.filter((status) => status === 401)).toHaveLength(25 - refused.length);
    expect((await knock('192.0.2.2')).status).toBe(401);
  });

  test('what is wrong with a request is said before it is counted', async () => {
    const { url } = await start({ messagesPerMinute: 1 });
    for (let n = 0; n < 5; n++) expect((await postJson(`${url}/api/messages`, '{')).status).toBe(400);
    expect((await new EmulatorConversation(url, connector.url).say('hi')).status).toBe(200);
  });
});
