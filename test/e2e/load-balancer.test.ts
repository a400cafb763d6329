import WebSocket from 'ws';
import { type RunningServer, startServer } from '../../bot/channel/server';
import type { Config } from '../../bot/config';
import { buildLogger } from '../../bot/log';
import { type Balancer, hasHaproxy, startBalancer } from '../support/haproxy';
import { scriptedBot } from '../support/scripted-bot';
import { testConfig } from '../support/test-config';
import { until } from '../support/until';

/*
 * The load balancer of bot/deploy, as it is but for its addresses, before three bots in this process.
 */

const NAMES = ['bot-1', 'bot-2', 'bot-3'] as const;

let servers: RunningServer[];
let ready: boolean[];
let balancer: Balancer;

const whenInstalled = hasHaproxy ? describe : describe.skip;

whenInstalled('behind the load balancer', () => {
  beforeEach(() => {
    ready = [true, true, true];
  });
  afterEach(async () => {
    await balancer.stop();
    await Promise.all(servers.map((server) => server.stop()));
  });

  test('requests go round all bots, and metrics stay inside', async () => {
    await start();
    for (let count = 0; count < 9; count += 1) expect((await fetch(`${balancer.url}/health`)).status).toBe(200);
    await Promise.all(NAMES.map((name) => balancer.logged(new RegExp(` bots/${name} .* /health$`))));
    expect((await fetch(`${balancer.url}/metrics`)).status).toBe(404);
  });

  test('a conversation goes on over a web socket, and the log of the balancer has no token', async () => {
    await start();
    await onlyReady(0);
    const { token, conversationId } = await session();
    const opened = await post('/v3/directline/conversations', {}, token);
    const { streamUrl } = (await opened.json()) as { streamUrl: string };
    // The bot names the address by which it was called.
    expect(new URL(streamUrl).host).toBe(new URL(balancer.url).host);
    const socket = new WebSocket(streamUrl, { origin: balancer.url });
    const heard: string[] = [];
    socket.on('message', (message) => heard.push(String(message)));
    await new Promise((resolve, reject) => void socket.on('open', resolve).on('error', reject));
    const answered = new Promise<void>((resolve) => {
      socket.on('message', () => heard.some((message) => message.includes('hello there')) && resolve());
    });
    const path = `/v3/directline/conversations/${conversationId}/activities`;
    expect((await post(path, { type: 'message', text: 'hello there' }, token)).status).toBe(200);
    await answered;
    socket.close();
    await balancer.logged(/ streams\/bot-1 .*\/stream$/);
    for (const secret of [token, new URL(streamUrl).searchParams.get('t')!]) {
      expect(balancer.lines().join('\n')).not.toContain(secret);
    }
  });

  test('nobody gets more than their share by naming other addresses', async () => {
    await start({ trustedProxies: 1, webChatSessionsPerMinute: 2 });
    await onlyReady(1);
    const statuses: number[] = [];
    for (let count = 0; count < 4; count += 1) {
      const headers = { 'x-forwarded-for': `10.1.1.${count}, 10.2.2.${count}`, forwarded: `for=10.3.3.${count}` };
      statuses.push((await post('/web-chat/session', {}, '', headers)).status);
    }
    expect(statuses).toEqual([200, 200, 429, 429]);
  });

  test('while no bot is ready, all of them answer', async () => {
    await start();
    ready = [false, false, false];
    await Promise.all(NAMES.map((name) => balancer.logged(new RegExp(`Server bots/${name} is DOWN`))));
    for (let count = 0; count < 6; count += 1) expect((await session()).token).toBeDefined();
    await Promise.all([1, 2, 3].map((n) => balancer.logged(new RegExp(` bots/up-${n} .* /web-chat/session$`))));
  });

  test('a bot that says that it is not ready, and then goes, costs nobody an answer', async () => {
    await start();
    const statuses = new Set<number | string>();
    const answered = Array.from({ length: 8 }, () => 0);
    let going = true;
    const people = answered.map(async (_, person) => {
      while (going) {
        const status = await post('/web-chat/session', {}).then(
          (response) => response.status,
          (error: Error) => String(error.cause),
        );
        statuses.add(status);
        answered[person]! += 1;
      }
    });
    ready[2] = false;
    await balancer.logged(/Server bots\/bot-3 is DOWN/);
    // STOP_DRAIN_MS leaves the time for what was under way by then.
    const before = [...answered];
    await until(() => answered.every((count, person) => count > before[person]! + 1));
    await servers[2]!.stop();
    await balancer.logged(/Server up\/bot-3 is DOWN/);
    going = false;
    await Promise.all(people);
    expect([...statuses]).toEqual([200]);
  });
});

async function start(changes: Partial<Config> = {}): Promise<void> {
  const config = testConfig({
    webChatSessionsPerMinute: 1_000_000,
    webChatSecret: 'the same secret for all three of them',
    ...changes,
  });
  const log = buildLogger(config);
  servers = await Promise.all(
    NAMES.map((name, index) =>
      startServer({ config, bot: scriptedBot(), log, checks: [{ name, isReady: () => ready[index]! }] }),
    ),
  );
  balancer = await startBalancer(servers.map(({ port }) => port));
}

/** Until conversations are shared, one bot holds them. */
async function onlyReady(only: number): Promise<void> {
  ready = NAMES.map((_, index) => index === only);
  const others = NAMES.filter((_, index) => index !== only);
  await Promise.all(others.map((name) => balancer.logged(new RegExp(`Server bots/${name} is DOWN`))));
}

function post(path: string, body: object, token = '', headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${balancer.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, ...headers },
    body: JSON.stringify(body),
  });
}

async function session(): Promise<{ token: string; conversationId: string }> {
  const response = await post('/web-chat/session', {});
  expect(response.status).toBe(200);
  return (await response.json()) as { token: string; conversationId: string };
}
