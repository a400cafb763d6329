import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import net from 'node:net';
import pino from 'pino';
import restify from 'restify';
import { buildLocalBackplane } from '../../../../bot/channel/backplane/local-backplane';
import { buildConversationBus } from '../../../../bot/channel/direct-line/conversation-bus';
import { buildConversations, type Conversations } from '../../../../bot/channel/direct-line/conversations';
import { MAX_SOCKETS_PER_CONVERSATION } from '../../../../bot/channel/direct-line/direct-line';
import { buildListeners } from '../../../../bot/channel/direct-line/listeners';
import { buildOriginPolicy } from '../../../../bot/channel/direct-line/origin-policy';
import { buildRequestLimits } from '../../../../bot/channel/direct-line/request-limits';
import { MAX_UNSENT_BYTES, mountSocket, type SocketOptions } from '../../../../bot/channel/direct-line/socket';
import { createTokens, newClaims } from '../../../../bot/channel/direct-line/tokens';
import { buildMemoryStorage } from '../../../../bot/channel/storage/memory-storage';
import { testConfig } from '../../../support/test-config';
import { until } from '../../../support/until';
import { openStream, SECRET, type Stream, startDirectLine, type TestServer, textsOf } from './direct-line-client';

let server: TestServer;
beforeAll(async () => {
  server = await startDirectLine();
});
afterAll(() => server.stop());

describe('the stream', () => {
  test('says what has been said, and goes on with what is said', async () => {
    const opened = await server.open();
    const stream = await openStream(opened.streamUrl);
    await until(() => stream.activities.length === 1);
    await server.say(opened, 'hi', { channelData: { clientActivityID: 'mark' } });
    await until(() => stream.activities.length === 3);
    expect(textsOf(stream.activities)).toEqual(['welcome', 'hi', 'echo hi']);
    expect(stream.activities[1]).toMatchObject({ channelData: { clientActivityID: 'mark' } });
    expect(stream.watermark()).toBe((await server.activities(opened)).watermark);
    stream.socket.close();
  });

  test('goes on after a lost connection without a gap and without saying things twice', async () => {
    const opened = await server.open();
    const first = await openStream(opened.streamUrl);
    await until(() => first.activities.length === 1);
    first.socket.terminate();
    await first.closed;
    await server.say(opened, 'meanwhile');
    await until(async () => (await server.activities(opened)).activities.length === 3);
    const { body } = await server.request(
      'GET',
      `/conversations/${opened.conversationId}?watermark=${first.watermark()}`,
      opened,
    );
    const second = await openStream(body.streamUrl);
    await until(() => second.activities.length === 2);
    expect(textsOf(second.activities)).toEqual(['meanwhile', 'echo meanwhile']);
    second.socket.close();
  });

  test('takes pings and whatever else a client sends', async () => {
    const opened = await server.open();
    const stream = await openStream(opened.streamUrl);
    for (const frame of ['', '{}', 'garbage', Buffer.from([0, 255, 1])]) stream.socket.send(frame);
    await server.say(opened, 'hi');
    await until(() => textsOf(stream.activities).includes('echo hi'));
    stream.socket.close();
  });

  test('hangs up on a frame that is too large', async () => {
    const stream = await openStream((await server.open()).streamUrl);
    stream.socket.on('error', () => undefined);
    stream.socket.send('x'.repeat(10_000));
    expect(await stream.closed).toBe(1009);
  });

  test('hangs up on bytes that are no frame', async () => {
    const stream = await openStream((await server.open()).streamUrl);
    stream.socket.on('error', () => undefined);
    (stream.socket as unknown as { _socket: net.Socket })._socket.write(Buffer.alloc(64, 0xff));
    await stream.closed;
    expect((await server.request('POST', '/tokens/generate')).status).toBe(200);
  });

  test('is heard in several tabs, the oldest giving way', async () => {
    const opened = await server.open();
    const streams = [];
    for (let i = 0; i <= MAX_SOCKETS_PER_CONVERSATION; i++) streams.push(await openStream(opened.streamUrl));
    expect(await streams[0]!.closed).toBe(1000);
    await server.say(opened, 'hi');
    await Promise.all(streams.slice(1).map((stream) => until(() => textsOf(stream.activities).includes('echo hi'))));
    for (const { socket } of streams) socket.close();
  });

  test('never says what belongs to another conversation', async () => {
    const [mine, other] = [await server.open(), await server.open()];
    const stream = await openStream(mine.streamUrl);
    await server.say(other, 'secret');
    await until(async () => (await server.activities(other)).activities.length === 3);
    await server.say(mine, 'mine');
    await until(() => textsOf(stream.activities).includes('echo mine'));
    expect(textsOf(stream.activities)).toEqual(['welcome', 'mine', 'echo mine']);
    stream.socket.close();
  });

  test('ends when the conversation is forgotten and when the server stops', async () => {
    const own = await startDirectLine();
    const opened = await own.open();
    const first = await openStream(opened.streamUrl);
    const second = await openStream((await own.open()).streamUrl);
    await own.say(opened, 'forget me');
    expect(await first.closed).toBe(1000);
    expect(textsOf(first.activities)).toEqual(['welcome', 'forget me', 'echo forget me', undefined]);
    await own.stop();
    expect(await second.closed).toBe(1001);
  });
});

describe('an upgrade', () => {
  test('is refused without a token, with a wrong one, and for another conversation', async () => {
    const [mine, other] = [await server.open(), await server.open()];
    const stream = (id: string, token: string) =>
      `ws://127.0.0.1:${server.port}/v3/directline/conversations/${id}/stream?t=${token}`;
    const token = tokenOf(mine.streamUrl);
    await expect(openStream(stream(mine.conversationId, ''))).rejects.toThrow('401');
    await expect(openStream(stream(mine.conversationId, `${token}x`))).rejects.toThrow('401');
    await expect(openStream(stream(other.conversationId, token))).rejects.toThrow('403');
    const gone = createTokens({ secret: SECRET, lifeMs: 60_000, use: 'stream' }).issue(newClaims());
    const { conv } = JSON.parse(Buffer.from(gone.token.split('.')[1]!, 'base64url').toString());
    await expect(openStream(stream(conv, gone.token))).rejects.toThrow('404');
  });

  test('takes no access token, and a stream token opens nothing else', async () => {
    const { conversationId, token, streamUrl } = await server.open();
    await expect(openStream(streamUrl.replace(/t=.*/, `t=${token}`))).rejects.toThrow('401');
    const path = `/conversations/${conversationId}/activities`;
    expect((await server.request('GET', path, { token: tokenOf(streamUrl) })).status).toBe(401);
  });

  test('of a page that may not use the bot is refused', async () => {
    const { streamUrl } = await server.open();
    await expect(openStream(streamUrl, { origin: 'https://elsewhere.example' })).rejects.toThrow('403');
    await expect(openStream(streamUrl, { host: 'rebound.example' })).rejects.toThrow('403');
    (await openStream(streamUrl, { origin: server.url })).socket.close();
  });

  test.each([
    '/',
    '/api/messages',
    '/v3/directline/conversations',
    '/v3/directline/conversations/%/stream',
    '/v3/directline/conversations/x/stream/more',
  ])('of %s is refused', async (path) => {
    await expect(openStream(`ws://127.0.0.1:${server.port}${path}`)).rejects.toThrow('404');
  });

  test('that is garbage does not end the process', async () => {
    const { pathname, search } = new URL((await server.open()).streamUrl);
    const stream = `${pathname}${search}`;
    const upgrade = 'Connection: Upgrade\r\nUpgrade: websocket\r\n';
    const requests = [
      `GET ${stream} HTTP/1.1\r\nHost: localhost\r\n${upgrade}\r\n`,
      `GET ${stream} HTTP/1.1\r\nHost: localhost\r\n${upgrade}Sec-WebSocket-Key: short\r\nSec-WebSocket-Version: 13\r\n\r\n`,
      `GET ${stream} HTTP/1.1\r\nHost: localhost\r\n${upgrade}Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 99\r\n\r\n`,
      `POST ${stream} HTTP/1.1\r\nHost: localhost\r\n${upgrade}Content-Length: 3\r\n\r\nabc`,
      `GET ${stream} HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n`,
      `GET http://[::bad/ HTTP/1.1\r\nHost: localhost\r\n${upgrade}\r\n`,
      `GET /%%% HTTP/1.1\r\n${upgrade}\r\n`,
      `GET ?t=%E0%A4%A HTTP/1.1\r\nHost: localhost\r\n${upgrade}\r\n`,
      `GET ${stream} HTTP/1.1\r\nHost: localhost\r\n${upgrade}Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n${randomBytes(200).toString('latin1')}`,
    ];
    for (const request of requests) {
      const socket = net.connect(server.port, '127.0.0.1');
      socket.on('error', () => undefined);
      socket.resume();
      socket.end(request, 'latin1');
      await once(socket, 'close');
    }
    expect((await server.request('POST', '/tokens/generate')).status).toBe(200);
  });

  test('whose client is gone at once does not end the process', async () => {
    const { streamUrl } = await server.open();
    const { pathname, search } = new URL(streamUrl);
    for (let i = 0; i < 20; i++) {
      const socket = net.connect(server.port, '127.0.0.1');
      socket.on('error', () => undefined);
      socket.write(
        `GET ${pathname}${search} HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n`,
        () => socket.resetAndDestroy(),
      );
      await once(socket, 'close');
    }
    expect((await server.request('POST', '/tokens/generate')).status).toBe(200);
  });
});

interface Bare {
  readonly server: restify.Server;
  readonly conversations: Conversations;
  /** A socket of a conversation of its own, which nothing but the test talks in. */
  join(): Promise<{ readonly stream: Stream; readonly conversationId: string }>;
  close(): Promise<void>;
}

/** The sockets alone. `now` is the time of storage and listeners. */
async function bareSockets({
  now = Date.now,
  ...options
}: Partial<SocketOptions> & { readonly now?: () => number }): Promise<Bare> {
  const http = restify.createServer();
  const log = pino({ level: 'silent' });
  const tokens = createTokens({ secret: SECRET, lifeMs: 60_000, use: 'stream' });
  const storage = buildMemoryStorage({ maxItems: 100, now });
  const backplane = buildLocalBackplane();
  const bus = buildConversationBus(backplane);
  const conversations = buildConversations({ storage, bus, idleMs: 1_000 });
  const listeners = buildListeners({ storage, bus, log, idleMs: 1_000, maxPerConversation: 5, now });
  const socket = mountSocket(http, {
    tokens,
    conversations,
    listeners,
    log,
    gate: { open: true },
    origins: buildOriginPolicy(testConfig()),
    limits: buildRequestLimits(testConfig(), backplane),
    ...options,
  });
  await new Promise<void>((resolve) => void http.listen(0, '127.0.0.1', resolve));
  const { port } = http.server.address() as net.AddressInfo;
  return {
    server: http,
    conversations,
    async join() {
      const claims = newClaims();
      await conversations.open(claims.conversationId, claims.userId);
      const { token } = tokens.issue(claims);
      const path = `/v3/directline/conversations/${claims.conversationId}/stream`;
      const stream = await openStream(`ws://127.0.0.1:${port}${path}?t=${token}`);
      return { stream, conversationId: claims.conversationId };
    },
    async close() {
      await socket.close();
      http.server.closeAllConnections();
      await new Promise<void>((resolve) => void http.close(() => resolve()));
    },
  };
}

const rawOf = ({ socket }: Stream): net.Socket => (socket as unknown as { _socket: net.Socket })._socket;

describe('the heartbeat', () => {
  test('hangs up on whoever does not answer it, and on those whose conversation is over for its time', async () => {
    let now = 1;
    const bare = await bareSockets({ heartbeatMs: 20, now: () => now });
    const { stream: alive } = await bare.join();
    const { stream: dead } = await bare.join();
    rawOf(dead).pause();
    // A paused client sees nothing of the end itself: that the server has hung up shows once it reads again.
    await until(async () => (await openConnections(bare.server.server)) === 1);
    expect(alive.socket.readyState).toBe(alive.socket.OPEN);
    rawOf(dead).resume();
    expect(await dead.closed).toBe(1006);
    now += 2_000;
    expect(await alive.closed).toBe(1000);
    await bare.close();
  });
});

describe('sockets', () => {
  test('whose client does not read are dropped before much waits for them', async () => {
    const bare = await bareSockets({});
    const { stream: slow, conversationId } = await bare.join();
    const { stream: other } = await bare.join();
    rawOf(slow).pause();
    const text = 'x'.repeat(500_000);
    let said = 0;
    await until(async () => {
      await bare.conversations.say(conversationId, { type: 'message', text });
      said += 1;
      return (await openConnections(bare.server.server)) === 1;
    });
    // What the kernels on both sides take is not ours to count.
    expect(said * text.length).toBeLessThan(MAX_UNSENT_BYTES + 20_000_000);
    expect(other.socket.readyState).toBe(other.socket.OPEN);
    rawOf(slow).resume();
    await slow.closed;
    await bare.close();
  });

  test('are bounded all together', async () => {
    const bare = await bareSockets({ maxSockets: 2 });
    const { stream } = await bare.join();
    await bare.join();
    await expect(bare.join()).rejects.toThrow('429');
    stream.socket.close();
    await stream.closed;
    await until(async () => (await openConnections(bare.server.server)) === 1);
    await bare.join();
    await bare.close();
  });
});

function openConnections(server: {
  getConnections(callback: (error: Error | null, count: number) => void): unknown;
}): Promise<number> {
  return new Promise((resolve, reject) => {
    server.getConnections((error, count) => (error ? reject(error) : resolve(count)));
  });
}

const tokenOf = (streamUrl: string): string => new URL(streamUrl).searchParams.get('t')!;
