import type { IncomingMessage } from 'node:http';
import fc from 'fast-check';
import { buildOriginPolicy } from '../../../../bot/channel/direct-line/origin-policy';
import type { Config } from '../../../../bot/config';
import { testConfig } from '../../../support/test-config';

const credentials = { kind: 'managed-identity', appId: '', tenantId: '' } as const;
const PUBLIC = { publicUrl: 'https://help.example' };

const from = (headers: Record<string, string>): IncomingMessage =>
  ({ headers, socket: {} }) as unknown as IncomingMessage;
const policy = (changes: Partial<Config> = {}) => buildOriginPolicy(testConfig(changes));

describe('without credentials, by the name in the Host header', () => {
  test.each([
    'localhost',
    'LOCALHOST:3978',
    '127.0.0.1:3978',
    '127.1.2.3',
    '[::1]:3978',
    '[0:0::1]',
  ])('%s is ours', (host) => {
    expect(policy().isOurHost(from({ host }))).toBe(true);
  });

  test.each([
    'rebound.example',
    'rebound.example:3978',
    'localhost.rebound.example',
    '127.0.0.1.rebound.example',
    '10.0.0.1',
    '[::2]',
    'localhost@rebound.example',
    'localhost/',
    'localhost:99999',
    '',
  ])('"%s" is not, nor with our public address', (host) => {
    expect(policy().isOurHost(from({ host }))).toBe(false);
    expect(policy(PUBLIC).check(from({ host })).ok).toBe(false);
  });

  test('the public address is ours, on its own port only', () => {
    expect(policy(PUBLIC).isOurHost(from({ host: 'help.example' }))).toBe(true);
    expect(policy(PUBLIC).isOurHost(from({ host: 'help.example:443' }))).toBe(true);
    expect(policy(PUBLIC).isOurHost(from({ host: 'help.example:8443' }))).toBe(false);
  });

  test('no Host at all is not ours', () => {
    expect(policy().isOurHost(from({}))).toBe(false);
  });
});

test('with credentials the Host header is taken', () => {
  expect(policy({ credentials }).check(from({ host: 'bot.example', origin: 'https://bot.example' })).ok).toBe(true);
  expect(policy({ credentials }).check(from({ host: 'bot.example', origin: 'https://other.example' })).ok).toBe(false);
});

describe('a page', () => {
  test.each<[string, Partial<Config>, string, string, boolean]>([
    ['of our own', {}, 'localhost:3978', 'http://localhost:3978', true],
    ['of our own on the usual port', {}, 'localhost:80', 'http://localhost', true],
    ['of another port', {}, 'localhost:3978', 'http://localhost:3979', false],
    ['of the public address', PUBLIC, 'help.example', 'https://help.example', true],
    ['of the public address behind a proxy that names itself', PUBLIC, '127.0.0.1:3978', 'https://help.example', true],
    ['of the public address without TLS', { ...PUBLIC, credentials }, 'help.example', 'http://help.example', false],
    ['of this machine beside the public address', PUBLIC, '127.0.0.1:3978', 'http://127.0.0.1:3978', true],
    ['of a Host that is not the public address', { ...PUBLIC, credentials }, 'x.example', 'https://x.example', false],
    ['without an origin of its own', {}, 'localhost', 'null', false],
    ['of an extension', { credentials }, 'abc', 'chrome-extension://abc', false],
    ['whose origin is none', {}, 'localhost', 'localhost', false],
  ])('%s: %s %s %s %p', (_name, changes, host, origin, allowed) => {
    expect(policy(changes).check(from({ host, origin })).ok).toBe(allowed);
  });

  test('of a site that is allowed is told apart from ours', () => {
    const checked = policy({ webChatOrigins: ['https://www.example.com'] });
    const request = (origin: string) => checked.check(from({ host: 'localhost', origin }));
    expect(request('https://www.example.com')).toEqual({ ok: true, crossOrigin: 'https://www.example.com' });
    expect(request('http://localhost')).toEqual({ ok: true, crossOrigin: undefined });
    for (const other of [
      'http://www.example.com',
      'https://www.example.com:8443',
      'https://example.com',
      'https://www.example.com.evil.example',
    ]) {
      expect([other, request(other).ok]).toEqual([other, false]);
    }
  });

  test('of this machine may open a socket at the public address, and do nothing else there', () => {
    const request = from({ host: 'help.example', origin: 'http://localhost:3978' });
    expect(policy(PUBLIC).checkSocket(request).ok).toBe(true);
    expect(policy(PUBLIC).check(request).ok).toBe(false);
    expect(policy(PUBLIC).checkSocket(from({ host: 'help.example', origin: 'https://evil.example' })).ok).toBe(false);
  });
});

test('where the server is comes from the public address, else from the Host, never from a proxy’s headers', () => {
  const forwarded = { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' };
  expect(policy(PUBLIC).serverOrigin(from({ host: 'localhost', ...forwarded }))).toBe('https://help.example');
  expect(policy().serverOrigin(from({ host: 'localhost:1', ...forwarded }))).toBe('http://localhost:1');
});

test('whatever the headers, nobody but ours and the allowed gets in, and nothing is thrown', () => {
  const checked = policy({ ...PUBLIC, webChatOrigins: ['https://www.example.com'] });
  fc.assert(
    fc.property(fc.string(), fc.oneof(fc.string(), fc.webUrl()), (host, origin) => {
      fc.pre(!/localhost|127|::|help\.example/.test(host) && origin !== '');
      expect(checked.check(from({ host, origin })).ok).toBe(false);
    }),
  );
});
