import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import restify from 'restify';
import { buildOriginPolicy } from '../../../bot/channel/direct-line/origin-policy';
import { refuseUnreadableAddresses } from '../../../bot/channel/unreadable-address';
import { mountWebChatPage } from '../../../bot/channel/web-chat-page';
import type { Config } from '../../../bot/config';
import { testConfig } from '../../support/test-config';

const PAGE = '<!doctype html><title>page</title>';
const FRAME = '<html data-keep-minutes="{{keepMinutes}}">';
const SCRIPT = 'export {};'.repeat(100);

let dir: string;
let server: restify.Server;
let port: number;

async function serve(assetsDir: string, changes: Partial<Config> = {}): Promise<void> {
  server = restify.createServer();
  refuseUnreadableAddresses(server);
  server.pre((_request, response, next) => {
    response.setHeader('X-Frame-Options', 'SAMEORIGIN');
    next();
  });
  const config = testConfig(changes);
  mountWebChatPage(server, { assetsDir, origins: buildOriginPolicy(config), config });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  port = (server.server.address() as AddressInfo).port;
}

beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'page-'));
  const files = {
    'index.html': PAGE,
    'frame.html': FRAME,
    'widget-demo.html': PAGE,
    'widget.js': SCRIPT,
    'page.js': SCRIPT,
    'icon.svg': '<svg/>',
    'notes.bin': 'no',
  };
  for (const [name, text] of Object.entries(files)) {
    await writeFile(path.join(dir, name), text);
    await writeFile(path.join(dir, `${name}.gz`), gzipSync(text));
    await writeFile(path.join(dir, `${name}.br`), brotliCompressSync(text));
  }
  await serve(dir);
});
async function close(): Promise<void> {
  server.server.closeAllConnections();
  await new Promise<void>((resolve) => void server.close(() => resolve()));
}

async function serveAgain(changes: Partial<Config>): Promise<void> {
  await close();
  await serve(dir, changes);
}

afterEach(async () => {
  await close();
  await rm(dir, { recursive: true, force: true });
});

/** Plain HTTP: fetch would unpack the body and tidy up the path. */
function request(target: string, headers: http.OutgoingHttpHeaders = {}, method = 'GET') {
  return new Promise<{ status: number; headers: http.IncomingHttpHeaders; body: Buffer }>((resolve, reject) => {
    const sent = http.request({ port, host: '127.0.0.1', path: target, method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode!, headers: response.headers, body: Buffer.concat(chunks) }),
      );
    });
    sent.on('error', reject);
    sent.end();
  });
}

describe('the page', () => {
  test('is at /, strict about what it may load', async () => {
    const { status, headers, body } = await request('/', { host: 'localhost:81' });
    expect(status).toBe(200);
    expect(body.toString()).toBe(PAGE);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    const policy = headers['content-security-policy'];
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("connect-src 'self' ws://localhost:81 wss://localhost:81;");
    expect(headers['x-content-type-options']).toBe('nosniff');
  });

  test('names its public address as where its sockets are', async () => {
    await serveAgain({ publicUrl: 'https://help.example' });
    const { headers } = await request('/', { host: 'help.example' });
    expect(headers['content-security-policy']).toContain("connect-src 'self' ws://help.example wss://help.example;");
  });

  test('may talk to Azure’s Direct Line where the conversations are held there', async () => {
    await serveAgain({ azureDirectLine: { secret: 'topsecret', url: 'https://directline.example' } });
    const policy = (await request('/', { host: 'localhost:81' })).headers['content-security-policy'];
    expect(policy).toContain(' https://directline.example wss://directline.example;');
    expect(policy).not.toContain('topsecret');
  });

  test.each(['x;script-src *', "'unsafe-inline'"])('a Host like %s is refused', async (host) => {
    await serveAgain({ credentials: { kind: 'managed-identity', appId: '', tenantId: '' } });
    expect([400, 403]).toContain((await request('/', { host })).status);
  });

  test('is not there under a name that is not ours, whatever a proxy is said to be', async () => {
    expect((await request('/', { host: 'rebound.example', 'x-forwarded-host': 'localhost' })).status).toBe(403);
    expect((await request('/web-chat/page.js', { host: 'rebound.example' })).status).toBe(403);
    const { headers } = await request('/', { 'x-forwarded-host': 'rebound.example', 'x-forwarded-proto': 'https' });
    expect(headers['content-security-policy']).not.toContain('rebound');
  });

  test.each([
    ['br, gzip', 'br'],
    ['gzip, deflate', 'gzip'],
    ['GZIP;q=0.5', 'gzip'],
    ['*', 'gzip'],
    ['br;q=0, gzip', 'gzip'],
    ['br;q=0.000, gzip;q=0', undefined],
    ['identity', undefined],
    ['', undefined],
  ])('comes packed for whoever accepts "%s": %s', async (accepted, encoding) => {
    const { headers, body } = await request('/web-chat/page.js', { 'accept-encoding': accepted });
    expect(headers['content-encoding']).toBe(encoding);
    expect(headers.vary).toContain('Accept-Encoding');
    expect(headers['content-length']).toBe(String(body.length));
    const plain = encoding === 'br' ? brotliDecompressSync(body) : encoding === 'gzip' ? gunzipSync(body) : body;
    expect(plain.toString()).toBe(SCRIPT);
  });

  test('is not sent again to whoever has it, unless in another form', async () => {
    const { headers } = await request('/', { 'accept-encoding': 'br' });
    const again = await request('/', { 'accept-encoding': 'br', 'if-none-match': `"other", W/${headers.etag}` });
    expect(again.status).toBe(304);
    expect(again.body).toHaveLength(0);
    expect((await request('/', { 'accept-encoding': 'gzip', 'if-none-match': headers.etag })).status).toBe(200);
  });

  test('has a HEAD like its GET', async () => {
    const get = await request('/web-chat/page.js', { 'accept-encoding': 'br' });
    const head = await request('/web-chat/page.js', { 'accept-encoding': 'br' }, 'HEAD');
    expect(head.status).toBe(200);
    expect(head.body).toHaveLength(0);
    for (const name of ['content-length', 'content-type', 'content-encoding', 'etag'])
      expect(head.headers[name]).toBe(get.headers[name]);
  });

  test.each([
    '/web-chat/../../package.json',
    '/web-chat/..%2f..%2fpackage.json',
    '/web-chat/%2e%2e%2fpackage.json',
    '/web-chat/page.js%00',
    '/web-chat/page.js.gz',
    '/web-chat/notes.bin',
    '/web-chat/',
    '/web-chat/constructor',
    '/web-chat/%',
    '/web-chat/%E0%A4%A',
  ])('%s is not among its files', async (target) => {
    expect((await request(target)).status).toBeGreaterThanOrEqual(400);
    expect((await request(target)).status).toBeLessThan(500);
  });
});

describe('the widget', () => {
  test('may be loaded by pages of other sites, and is kept for an hour', async () => {
    const { status, headers } = await request('/widget.js');
    expect(status).toBe(200);
    expect(headers['cross-origin-resource-policy']).toBe('cross-origin');
    expect(headers['cache-control']).toContain('max-age=3600');
    expect(headers.etag).toBeDefined();
    expect((await request('/web-chat/icon.svg')).headers['cross-origin-resource-policy']).toBe('cross-origin');
    expect((await request('/web-chat/page.js')).headers).toMatchObject({ 'cache-control': 'no-cache' });
  });

  test('has a frame for the sites that are named, and for no others', async () => {
    await serveAgain({ webChatOrigins: ['https://shop.example', 'https://www.example.com'] });
    const { headers } = await request('/web-chat/frame.html');
    expect(headers['content-security-policy']).toMatch(
      /frame-ancestors 'self' https:\/\/shop\.example https:\/\/www\.example\.com$/,
    );
    expect(headers['content-security-policy']).toContain("script-src 'self';");
    expect(headers['x-frame-options']).toBeUndefined();
    for (const target of ['/', '/widget-demo']) {
      const page = await request(target);
      expect(page.headers['content-security-policy']).toMatch(/frame-ancestors 'self'$/);
      expect(page.headers['x-frame-options']).toBe('SAMEORIGIN');
    }
  });

  test('says in its frame how long a conversation is kept', async () => {
    await serveAgain({ conversationIdleMs: 90 * 60_000 });
    const { body } = await request('/web-chat/frame.html', { 'accept-encoding': 'br' });
    expect(brotliDecompressSync(body).toString()).toBe('<html data-keep-minutes="90">');
  });
});

test('a page that is not built says so', async () => {
  server.server.closeAllConnections();
  await new Promise<void>((resolve) => void server.close(() => resolve()));
  await serve(path.join(dir, 'nowhere'));
  const { status, body } = await request('/');
  expect(status).toBe(404);
  expect(body.toString()).toContain('npm run build');
});
