import { once } from 'node:events';
import net from 'node:net';
import { type RunningServer, startServer } from '../../../../bot/channel/server';
import { buildLogger } from '../../../../bot/log';
import { scriptedBot } from '../../../support/scripted-bot';
import { testConfig } from '../../../support/test-config';

/*
 * Clients that are slow on purpose, send more than they should, or send what two servers could read in two ways.
 */

let server: RunningServer;
beforeAll(async () => {
  const config = testConfig();
  server = await startServer({
    config,
    bot: scriptedBot(),
    log: buildLogger(config),
    clientTimes: { headersMs: 150, requestMs: 250, checkMs: 25 },
  });
});
afterEach(async () => {
  expect((await fetch(`${server.url}/health`)).status).toBe(200);
});
afterAll(() => server.stop());

interface Raw {
  readonly socket: net.Socket;
  /** All that the server said until it hung up. */
  readonly said: Promise<string>;
}

function open(text: string): Raw {
  const socket = net.connect(server.port, '127.0.0.1').on('error', () => undefined);
  let heard = '';
  socket.on('data', (data) => {
    heard += data.toString('latin1');
  });
  socket.write(text, 'latin1');
  return { socket, said: once(socket, 'close').then(() => heard) };
}

const POST = (more: string): string =>
  `POST /api/messages HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n${more}\r\n`;

/** Writes a piece every 20 ms until the server hangs up. */
function trickle({ socket }: Raw, piece: string): void {
  const timer = setInterval(() => socket.write(piece), 20);
  socket.once('close', () => clearInterval(timer));
}

describe('a request that never ends is ended', () => {
  test.each<[string, string, string]>([
    ['before it begins', '', ''],
    ['in its first line', 'GET /hea', ''],
    ['in its headers', 'GET /health HTTP/1.1\r\nHost: localhost\r\nX-A: ', 'a'],
    ['in header after header', 'GET /health HTTP/1.1\r\nHost: localhost\r\n', 'X-A: b\r\n'],
    ['in a body of a known length', POST('Content-Length: 100000\r\n'), ' '],
    ['in a body without one', POST('Transfer-Encoding: chunked\r\n'), '1\r\n \r\n'],
    ['in the session of a page', 'POST /web-chat/session HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n', ''],
    [
      'in a web socket that is not opened',
      'GET /v3/directline/conversations/x/stream HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n',
      'X: y\r\n',
    ],
  ])('%s', async (_name, begin, piece) => {
    const startedAt = performance.now();
    const raw = open(begin);
    if (piece !== '') trickle(raw, piece);
    expect(await raw.said).toMatch(/^(HTTP\/1\.1 408 |$)/);
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });

  test('while others are answered', async () => {
    const slow = Array.from({ length: 200 }, () => open('GET /health HTTP/1.1\r\nX-A: '));
    expect((await fetch(`${server.url}/health`)).status).toBe(200);
    await Promise.all(slow.map(({ said }) => said));
  });
});

describe('too much is refused', () => {
  test.each([
    ['30,000 headers', `GET /health HTTP/1.1\r\nHost: localhost\r\n${'X: y\r\n'.repeat(30_000)}\r\n`, 431],
    ['a header of 100 KB', `GET /health HTTP/1.1\r\nHost: localhost\r\nX: ${'y'.repeat(100_000)}\r\n\r\n`, 431],
    ['an address of 100 KB', `GET /${'y'.repeat(100_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n`, 431],
    [
      'a chunk’s extension of 100 KB',
      `${POST('Transfer-Encoding: chunked\r\n')}1;${'y'.repeat(100_000)}\r\n{\r\n0\r\n\r\n`,
      413,
    ],
  ])('%s', async (_name, text, status) => {
    expect(await open(text).said).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  });
});

describe('what can be read in two ways is refused', () => {
  test.each([
    ['two lengths', POST('Content-Length: 2\r\nContent-Length: 3\r\n')],
    ['a length and chunks', POST('Content-Length: 2\r\nTransfer-Encoding: chunked\r\n')],
    ['a length below zero', POST('Content-Length: -1\r\n')],
    ['a length in words', POST('Content-Length: 0x10\r\n')],
    ['chunks that are not the last coding', POST('Transfer-Encoding: chunked, identity\r\n')],
    ['a header over two lines', POST('X-A: b\r\n c\r\nContent-Length : 2\r\n')],
    ['a line break alone', 'GET /health HTTP/1.1\nHost: localhost\rX: y\n\n'],
    ['two hosts', 'GET /health HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\nConnection: close\r\n\r\n'],
    ['no host', 'GET /health HTTP/1.1\r\nConnection: close\r\n\r\n'],
    ['another protocol', '\u0016\u0003\u0001\u0000\u0001\u0001'],
    ['a version that is none', 'GET /health HTTP/9.9\r\nHost: localhost\r\n\r\n'],
    ['NUL in a header', 'GET /health HTTP/1.1\r\nHost: localhost\r\nX: a\u0000b\r\n\r\n'],
  ])('%s', async (_name, text) => {
    expect(await open(text).said).toMatch(/^(HTTP\/1\.1 (400|408|417|501|505) |$)/);
  });

  test('a request behind such a one is never answered', async () => {
    const said = await open(
      `${POST('Content-Length: 2\r\nTransfer-Encoding: chunked\r\n')}0\r\n\r\nGET /health HTTP/1.1\r\nHost: localhost\r\n\r\n`,
    ).said;
    expect(said.match(/HTTP\/1\.1 /g)).toHaveLength(1);
  });
});

test('a hundred requests in one piece are answered one after the other', async () => {
  const { said } = open(
    'GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n'.repeat(99) +
      'GET /nothing HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n',
  );
  const statuses = [...(await said).matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status);
  expect(statuses).toEqual([...Array<string>(99).fill('200'), '404']);
});
