import { once } from 'node:events';
import http from 'node:http';
import net from 'node:net';
import fc from 'fast-check';
import { createTokens } from '../../../../bot/channel/direct-line/tokens';
import { until } from '../../../support/until';
import { type Opened, SECRET, startDirectLine, type TestServer, textsOf } from './direct-line-client';

/*
 * Whatever is sent to any route: never a 5xx, never a crash, and whoever behaves is answered afterwards.
 */

let server: TestServer;
let opened: Opened;
beforeAll(async () => {
  server = await startDirectLine({ config: { maxBodyBytes: 5_000, webChatOrigins: ['https://www.example.com'] } });
  opened = await server.open();
});
afterAll(async () => {
  const polite = await server.open();
  await server.say(polite, 'still there?');
  await until(async () => textsOf((await server.activities(polite)).activities).includes('echo still there?'));
  await server.stop();
});

const token = fc.oneof(
  fc.constantFrom('GOOD', 'STREAM', 'RESUME', 'EXPIRED', ''),
  fc.string({ unit: fc.constantFrom(...'abcXYZ019._-=') }),
);
const tokenText = (name: string): string => {
  const claims = { conversationId: opened.conversationId, userId: 'dl_x' };
  if (name === 'GOOD') return opened.token;
  if (name === 'STREAM') return createTokens({ secret: SECRET, lifeMs: 60_000, use: 'stream' }).issue(claims).token;
  if (name === 'RESUME') return createTokens({ secret: SECRET, lifeMs: 60_000, use: 'resume' }).issue(claims).token;
  if (name === 'EXPIRED') return createTokens({ secret: SECRET, lifeMs: -60_000 }).issue(claims).token;
  return name;
};
const piece = fc.oneof(
  fc.constantFrom('ID', '%', '%00', '%E0%A4%A', '..', '', '*', 'stream', 'activities', 'upload', '__proto__'),
  fc.webPath().map((path) => path.slice(1)),
);
const path = fc.oneof(
  fc.constantFrom(
    '/web-chat/session',
    '/v3/directline/tokens/generate',
    '/v3/directline/tokens/refresh',
    '/v3/directline/conversations',
    '/v3/directline/conversations/ID',
    '/v3/directline/conversations/ID/activities',
    '/v3/directline/conversations/ID/upload',
    '/v3/directline/conversations/ID/stream',
  ),
  fc.tuple(piece, piece).map(([id, rest]) => `/v3/directline/conversations/${id}/${rest}`),
);
const query = fc.oneof(
  fc.constant(''),
  fc.webQueryParameters().map((text) => `?${text}`),
  fc.tuple(fc.webQueryParameters(), token).map(([mark, name]) => `?watermark=${mark}&t=${name}`),
);
const headerText = fc.string({
  unit: fc.integer({ min: 33, max: 126 }).map((code) => String.fromCharCode(code)),
  maxLength: 40,
});
const headers = fc.record(
  {
    host: fc.oneof(fc.constantFrom('localhost', '127.0.0.1:1', 'rebound.example', '[::1', ':::'), headerText),
    origin: fc.oneof(
      fc.constantFrom('null', 'http://localhost', 'https://www.example.com', 'https://x.example'),
      headerText,
    ),
    'content-type': fc.oneof(
      fc.constantFrom('application/json', 'multipart/form-data', 'multipart/form-data; boundary=x', 'text/plain'),
      headerText,
    ),
    'content-encoding': fc.constantFrom('gzip', 'br', 'x'),
    'x-forwarded-for': headerText,
    'accept-version': headerText,
    accept: headerText,
    'access-control-request-method': headerText,
  },
  { requiredKeys: [] },
);
const body = fc.oneof(
  fc.constant(''),
  fc.json(),
  fc
    .record({
      type: fc.constantFrom('message', 'event', 'typing', 'invoke'),
      text: fc.string(),
      channelData: fc.jsonValue(),
    })
    .map((value) => JSON.stringify(value)),
  fc.record({ resume: fc.oneof(token, fc.jsonValue()) }).map((value) => JSON.stringify(value)),
  fc
    .string({ unit: 'binary' })
    .map((text) => `--x\r\ncontent-disposition: form-data; name="file"\r\n\r\n${text}\r\n--x--`),
  fc.nat(20_000).map((size) => 'x'.repeat(size)),
);
const fill = (text: string): string =>
  text.replaceAll('ID', opened.conversationId).replace(/t=(\w*)$/, (_all, name: string) => `t=${tokenText(name)}`);

function send(method: string, target: string, headers: http.OutgoingHttpHeaders, body: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = http.request({ host: '127.0.0.1', port: server.port, method, path: target, headers, agent: false });
    request.on('response', (response) => resolve(response.resume().statusCode!));
    request.on('error', reject);
    request.end(body);
  });
}

test('no request to any route is answered with a 5xx', async () => {
  const method = fc.constantFrom('GET', 'POST', 'OPTIONS', 'PUT', 'HEAD', 'DELETE', 'PATCH');
  await fc.assert(
    fc.asyncProperty(method, path, query, token, headers, body, async (verb, where, search, name, more, text) => {
      const sent = verb === 'POST' || verb === 'PUT' ? text : '';
      const target = encodeURI(decodeSafely(fill(where + search)));
      const all = { ...more, authorization: `Bearer ${tokenText(name)}` };
      // The answer to a body that is too large may come while it is still being written.
      const status = await send(verb, target, all, sent).catch((error: NodeJS.ErrnoException) => error.code);
      if (typeof status === 'number') expect(status).toBeLessThan(500);
      else expect(['EPIPE', 'ECONNRESET']).toContain(status);
    }),
    { numRuns: 600 },
  );
}, 60_000);

test('no request to open a socket is answered with a 5xx, or ends anything', async () => {
  const key = fc.constantFrom('dGhlIHNhbXBsZSBub25jZQ==', 'short', '');
  await fc.assert(
    fc.asyncProperty(
      path,
      query,
      headers,
      key,
      fc.constantFrom('13', '8', 'x'),
      body,
      async (where, search, more, secKey, version, rest) => {
        const target = encodeURI(decodeSafely(fill(where + search)));
        const lines = Object.entries({
          host: 'localhost',
          ...more,
          connection: 'Upgrade',
          upgrade: 'websocket',
          'sec-websocket-key': secKey,
          'sec-websocket-version': version,
        }).map(([name, value]) => `${name}: ${value}`);
        const socket = net.connect(server.port, '127.0.0.1').on('error', () => undefined);
        let answer = '';
        socket.on('data', (data) => {
          answer += data.toString('latin1');
        });
        socket.end(`GET ${target} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${rest}`, 'latin1');
        await once(socket, 'close');
        expect(answer).not.toMatch(/^HTTP\/1\.1 5/);
      },
    ),
    { numRuns: 200 },
  );
}, 60_000);

/** Node's client sends no characters that a target cannot hold; what was escaped stays so. */
function decodeSafely(target: string): string {
  try {
    return decodeURI(target);
  } catch {
    return target;
  }
}
