import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Activity } from 'botbuilder';
import { ConnectorClient, MicrosoftAppCredentials } from 'botframework-connector';
import { isChannelDown } from '../../../bot/channel/connector-limits';
import { buildConnectorAgents, sendPlainly } from '../../../bot/channel/connector-sends';

interface Seen {
  readonly request: IncomingMessage;
  readonly body: string;
}
type Answer = { readonly status: number; readonly body?: string };

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

/** A connector that answers everything alike and keeps what it was sent. */
async function connector(answer: Answer = { status: 200, body: '{"id":"sent-1"}' }) {
  const seen: Seen[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    seen.push({ request, body: Buffer.concat(chunks).toString('utf8') });
    response.writeHead(answer.status, { 'content-type': 'application/json' });
    response.end(answer.body);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
}

async function clientFor(baseUri: string, credentials = new MicrosoftAppCredentials('', '')) {
  const client = new ConnectorClient(credentials, { baseUri });
  await sendPlainly(client, { agents: buildConnectorAgents(), timeoutMs: 2_000 });
  return client.conversations;
}

const HI: Partial<Activity> = { type: 'message', text: 'hi é' };

const failureOf = (sending: Promise<unknown>): Promise<unknown> =>
  sending.then(
    () => undefined,
    (error: unknown) => error,
  );

describe('what is sent to a connector', () => {
  test('goes to the address of the conversation and activity, however they are called', async () => {
    const { url, seen } = await connector();
    const sends = await clientFor(`${url}/amer/`);
    await sends.sendToConversation('a|livechat é', HI);
    expect(await sends.replyToActivity('a|livechat', '1/2?', HI)).toEqual({ id: 'sent-1' });
    await sends.updateActivity('a;messageid=1', 'b c', HI);
    await sends.deleteActivity('a', 'b');
    expect(seen.map(({ request: { method, url } }) => `${method} ${url}`)).toEqual([
      'POST /amer/v3/conversations/a%7Clivechat%20%C3%A9/activities',
      'POST /amer/v3/conversations/a%7Clivechat/activities/1%2F2%3F',
      'PUT /amer/v3/conversations/a%3Bmessageid%3D1/activities/b%20c',
      'DELETE /amer/v3/conversations/a/activities/b',
    ]);
    expect(seen.map(({ body }) => body)).toEqual([JSON.stringify(HI), JSON.stringify(HI), JSON.stringify(HI), '']);
    expect(seen[0]?.request.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(seen[0]?.request.headers['user-agent']).toContain('botframework-connector');
  });

  test('names its conversation in a header where a header can hold the name', async () => {
    const { url, seen } = await connector();
    const sends = await clientFor(url);
    await sends.replyToActivity('a|livechat', '1', HI);
    await sends.replyToActivity('日本', '1', HI);
    expect(seen.map(({ request }) => request.headers['x-ms-conversation-id'])).toEqual(['a|livechat', undefined]);
  });

  test("is signed with the credentials' token", async () => {
    const { url, seen } = await connector();
    const credentials = new MicrosoftAppCredentials('app', 'secret');
    credentials.getToken = async () => 'the-token';
    const sends = await clientFor(url, credentials);
    await sends.sendToConversation('a', HI);
    expect(seen[0]?.request.headers.authorization).toBe('Bearer the-token');
  });

  test('is sent over one connection, one after the other', async () => {
    const { url, seen } = await connector();
    const sends = await clientFor(url);
    for (let count = 0; count < 3; count++) await sends.sendToConversation('a', HI);
    expect(new Set(seen.map(({ request }) => request.socket.remotePort)).size).toBe(1);
  });

  test('leaves a connection before the server closes it', async () => {
    const { url } = await connector();
    const client = new ConnectorClient(new MicrosoftAppCredentials('', ''), { baseUri: url });
    const agents = buildConnectorAgents();
    await sendPlainly(client, { agents, timeoutMs: 2_000 });
    const isFree = new Promise<Socket>((resolve) => {
      agents.http.on('free', resolve);
    });
    await client.conversations.sendToConversation('a', HI);
    // Node's servers announce 5 s.
    expect((await isFree).timeout).toBe(4_000);
  });

  test('goes through the proxy of the environment', async () => {
    const proxy = await connector();
    const before = process.env.HTTP_PROXY;
    process.env.HTTP_PROXY = proxy.url;
    try {
      const sends = await clientFor('http://connector.invalid');
      expect(await sends.sendToConversation('a', HI)).toEqual({ id: 'sent-1' });
    } finally {
      if (before === undefined) delete process.env.HTTP_PROXY;
      else process.env.HTTP_PROXY = before;
    }
    expect(proxy.seen[0]?.request.url).toBe('http://connector.invalid/v3/conversations/a/activities');
  });
});

describe("the connector's answer", () => {
  test.each([
    ['nothing', undefined],
    ['no JSON', '<html>'],
    ['no object', 'null'],
    ['an id that is none', '{"id":7}'],
  ])('may hold %s when the activity was taken', async (_what, body) => {
    const { url } = await connector(body === undefined ? { status: 202 } : { status: 202, body });
    const sends = await clientFor(url);
    expect(await sends.sendToConversation('a', HI)).toBeUndefined();
  });

  test('that refuses is an error with its status, code and words', async () => {
    const { url } = await connector({ status: 403, body: '{"error":{"code":"NotInRoster","message":"Not here."}}' });
    const failure = await failureOf((await clientFor(url)).sendToConversation('a', HI));
    expect(failure).toMatchObject({
      statusCode: 403,
      code: 'NotInRoster',
      message: expect.stringContaining('Not here.'),
    });
    expect(isChannelDown(failure)).toBe(false);
  });

  test.each([302, 307, 429])('of status %i is no success, and is not followed', async (status) => {
    const { url, seen } = await connector({ status, body: '{"error":null}' });
    expect(await failureOf((await clientFor(url)).sendToConversation('a', HI))).toMatchObject({ statusCode: status });
    expect(seen).toHaveLength(1);
  });

  test('of 5xx means that the channel is down', async () => {
    const { url } = await connector({ status: 502, body: '<html>' });
    expect(isChannelDown(await failureOf((await clientFor(url)).sendToConversation('a', HI)))).toBe(true);
  });

  test('that never comes means the same, and so does an endless one', async () => {
    const { url } = await connector({ status: 200, body: 'x'.repeat(3 * 1024 * 1024) });
    expect(isChannelDown(await failureOf((await clientFor(url)).sendToConversation('a', HI)))).toBe(true);
    expect(isChannelDown(await failureOf((await clientFor('http://127.0.0.1:9')).sendToConversation('a', HI)))).toBe(
      true,
    );
  });
});
