import fc from 'fast-check';
import { isLoopbackServiceUrl } from '../../../bot/channel/service-url';

describe('a serviceUrl of this machine', () => {
  test.each([
    'http://localhost:3000',
    'http://LOCALHOST',
    'https://127.0.0.1/path',
    'http://127.1.2.3',
    'http://[::1]:80/',
    // What a URL parser makes of these is 127.0.0.1, and that is what would be dialled.
    'http://2130706433/',
    'http://0x7f.1/',
    'http://127.1/',
  ])('is %s', (url) => {
    expect(isLoopbackServiceUrl(url)).toBe(true);
  });

  test.each([
    'http://127.0.0.1@evil.example',
    'http://user@127.0.0.1',
    'http://user:password@localhost',
    'http://localhost.evil.example',
    'http://127.0.0.1.evil.example',
    'http://evil.example#localhost',
    'http://evil.example?@localhost',
    'http://evil.example\\@localhost',
    'http://3232235777/',
    'http://[::ffff:8.8.8.8]/',
    'http://[::2]/',
    'http://0.0.0.0/',
    'http://0/',
    'http://10.0.0.1',
    'http://localhost.',
    'http://127.0.0.1.nip.io',
    'ftp://localhost',
    'javascript:alert(1)',
    'localhost',
    '//localhost',
    '',
    undefined,
    null,
    7,
    ['http://localhost'],
  ])('is not %p', (url) => {
    expect(isLoopbackServiceUrl(url)).toBe(false);
  });

  test('is none that a URL parser sees elsewhere, however it is written', () => {
    const host = fc.constantFrom('evil.example', '8.8.8.8', '127.0.0.1.evil.example');
    const noise = fc.constantFrom('', '@', 'localhost@', '127.0.0.1:80@', '\\', '/', '\t', '#', '?');
    fc.assert(
      fc.property(noise, host, noise, fc.constantFrom('', 'localhost', '127.0.0.1'), (before, name, after, end) => {
        const url = `http://${before}${name}${after}${end}`;
        if (isLoopbackServiceUrl(url)) expect(new URL(url).hostname).toMatch(/^(localhost|127\.)/);
      }),
    );
  });
});
