import { type RunningServer, startServer } from '../../../../bot/channel/server';
import type { Config } from '../../../../bot/config';
import { buildLogger } from '../../../../bot/log';
import { EmulatorConversation } from '../../../support/emulator';
import { FakeConnector } from '../../../support/fake-connector';
import { scriptedBot } from '../../../support/scripted-bot';
import { testConfig } from '../../../support/test-config';

const TOKEN = 'a-token-of-16-signs-or-more';

let connector: FakeConnector;
let server: RunningServer;

beforeEach(async () => {
  connector = await FakeConnector.start();
});
afterEach(async () => {
  await server.stop();
  await connector.stop();
});

async function start(changes: Partial<Config> = {}): Promise<void> {
  const config = testConfig(changes);
  server = await startServer({ config, bot: scriptedBot(), log: buildLogger(config) });
}

const get = (headers: Record<string, string> = {}) => fetch(`${server.url}/metrics`, { headers });

describe('the metrics of a server', () => {
  test('tell a client on this machine what happened', async () => {
    await start();
    const conversation = new EmulatorConversation(server.url, connector.url);
    await conversation.say('hi');
    const response = await get();
    expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    const text = await response.text();
    expect(text).toContain('bot_turns_total{channel="emulator",outcome="smalltalk"} 1\n');
    expect(text).toContain('bot_connector_call_duration_seconds_count{channel="emulator"} ');
    for (const stage of ['read', 'send', 'commit']) {
      expect(text).toContain(`bot_turn_stage_duration_seconds_count{stage="${stage}"} 1\n`);
    }
    expect(text).not.toContain(conversation.id);
  });

  test('tell whose fault it was that a turn failed', async () => {
    await start();
    connector.behaviour = { kind: 'fail', status: 502 };
    await new EmulatorConversation(server.url, connector.url).say('hi');
    const text = await (await get()).text();
    expect(text).toContain('bot_connector_errors_total{channel="emulator",kind="down"} 1\n');
    expect(text).toContain('bot_turn_failures_total{channel="emulator",cause="channel"} 1\n');
  });

  test.each([
    'Forwarded',
    'X-Forwarded-For',
    'X-Real-IP',
    'Via',
  ])('are not there for somebody behind a proxy, who shows as %s', async (name) => {
    await start();
    const response = await get({ [name]: 'for=203.0.113.7' });
    const other = await fetch(`${server.url}/metric`);
    expect([response.status, other.status]).toEqual([404, 404]);
    expect(await response.text()).toBe((await other.text()).replace('/metric ', '/metrics '));
  });

  test('are there for whoever has the token, and for no other behind a proxy', async () => {
    await start({ metricsToken: TOKEN });
    const proxied = { 'X-Forwarded-For': '203.0.113.7' };
    for (const [authorization, status] of [
      [`Bearer ${TOKEN}`, 200],
      [`bearer ${TOKEN}`, 200],
      [`Bearer ${TOKEN}x`, 404],
      ['Bearer ', 404],
      [`Basic ${TOKEN}`, 404],
      ['', 404],
    ] as const) {
      expect([authorization, (await get({ ...proxied, authorization })).status]).toEqual([authorization, status]);
    }
  });
});
