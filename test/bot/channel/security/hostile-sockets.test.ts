import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import net from 'node:net';
import { type RunningServer, startServer } from '../../../../bot/channel/server';
import { buildLogger } from '../../../../bot/log';
import { postJson } from '../../../support/emulator';
import { scriptedBot } from '../../../support/scripted-bot';
import { routesOf, type ServedRoute } from '../../../support/served-routes';
import { testConfig } from '../../../support/test-config';
import { until } from '../../../support/until';

/*
 * Web sockets on every path, and frames that no browser sends, against the real server. Tokens, origins and garbage in the
 * handshake are tried in ../direct-line/socket.test.ts.
 */

let server: RunningServer;
let routes: readonly ServedRoute[];
beforeAll(async () => {
  const config = testConfig();
  ({ server, routes } = await routesOf(() => startServer({ config, bot: scriptedBot(), log: buildLogger(config) })));
});
afterEach(async () => {
  expect((await fetch(`${server.url}/health`)).status).toBe(200);
});
afterAll(() => server.stop());

function connect(): { readonly socket: net.Socket; heard(): string; readonly closed: Promise<unknown> } {
  const socket = net.connect(server.port, '127.0.0.1').on('error', () => undefined);
  let text = '';
  socket.on('data', (data) => {
    text += data.toString('latin1');
  });
  return { socket, heard: () => text, closed: once(socket, 'close') };
}

const handshake = (target: string, version = '13', protocol = 'websocket'): string =>
  `GET ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: ${protocol}\r\n` +
  `Sec-WebSocket-Version: ${version}\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`;

async function openStream() {
  const { token } = JSON.parse((await postJson(`${server.url}/web-chat/session`, '{}')).body);
  const opened = await postJson(`${server.url}/v3/directline/conversations`, '{}', {
    authorization: `Bearer ${token}`,
  });
  const { pathname, search } = new URL(JSON.parse(opened.body).streamUrl);
  const stream = connect();
  stream.socket.write(handshake(pathname + search));
  await until(() => stream.heard().includes('101 Switching'));
  return stream;
}

test('no path but that of a stream opens one, by any protocol or version', async () => {
  const paths = [
    ...new Set(routes.map(({ path }) => path)),
    '/',
    '*',
    '//',
    '/v3/directline/conversations/x/stream/..',
  ];
  for (const path of paths) {
    for (const [version, protocol] of [
      ['13', 'websocket'],
      ['99', 'websocket'],
      ['13', 'h2c'],
    ] as const) {
      const { socket, heard, closed } = connect();
      socket.write(handshake(path, version, protocol));
      await closed;
      expect({ path, answer: heard() }).toEqual({ path, answer: expect.stringMatching(/^HTTP\/1\.1 4\d\d /) });
    }
  }
});

/** A frame as a client sends it: masked with zeros, which changes nothing. */
function frame(opcode: number, payload: Buffer, { masked = true, length = payload.length } = {}): Buffer {
  const size = length < 126 ? Buffer.from([length]) : Buffer.from([127, ...Array<number>(8).fill(0)]);
  if (length >= 126) size.writeBigUInt64BE(BigInt(length), 1);
  size[0]! |= masked ? 0x80 : 0;
  return Buffer.concat([Buffer.from([0x80 | opcode]), size, Buffer.alloc(masked ? 4 : 0), payload]);
}

test.each<[string, () => Buffer]>([
  ['that are not masked', () => frame(1, Buffer.from('hi'), { masked: false })],
  ['that are larger than what clients send', () => frame(1, Buffer.alloc(5_000, 97))],
  ['that say they are 2^62 bytes long', () => frame(2, Buffer.alloc(10), { length: 2 ** 62 })],
  ['that are no text', () => frame(1, Buffer.from([0xff, 0xfe]))],
  ['of a kind there is not', () => frame(7, Buffer.from('hi'))],
  ['that say they are packed', () => Buffer.concat([Buffer.from([0xc1, 0x80]), Buffer.alloc(4)])],
  ['that ping with too much', () => frame(9, Buffer.alloc(200))],
  ['of noise', () => Buffer.concat([Buffer.from([0xf3]), randomBytes(500)])],
])('frames %s end their own socket only', async (_name, bytes) => {
  const [attacker, other] = [await openStream(), await openStream()];
  attacker.socket.write(bytes());
  await attacker.closed;
  expect(other.socket.closed).toBe(false);
  other.socket.destroy();
});

test('a flood of frames on one socket keeps nobody else waiting', async () => {
  const { socket } = await openStream();
  const flood = Buffer.concat(Array.from({ length: 5_000 }, () => frame(1, Buffer.from('x'))));
  for (let round = 0; round < 10; round++) socket.write(flood);
  const startedAt = performance.now();
  expect((await fetch(`${server.url}/ready`)).status).toBe(200);
  expect(performance.now() - startedAt).toBeLessThan(1_000);
  socket.destroy();
});

test('a flood of handshakes that are refused leaves no socket behind', async () => {
  const sockets = Array.from({ length: 300 }, () => connect());
  for (const { socket } of sockets) socket.write(handshake('/v3/directline/conversations/x/stream?t=x'));
  await Promise.all(sockets.map(({ closed }) => closed));
  expect(new Set(sockets.map(({ heard }) => heard().split(' ')[1]))).toEqual(new Set(['401']));
});
