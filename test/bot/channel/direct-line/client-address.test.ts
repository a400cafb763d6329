import fc from 'fast-check';
import { clientAddress } from '../../../../bot/channel/direct-line/client-address';

const address = (remoteAddress: string | undefined, forwarded?: string, trustedProxies = 0): string =>
  clientAddress(
    { headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded }, socket: { remoteAddress } },
    trustedProxies,
  );

describe('the address that limits count', () => {
  test('is that of the connection, whatever a header says', () => {
    expect(address('10.0.0.1')).toBe('10.0.0.1');
    expect(address('10.0.0.1', '203.0.113.9')).toBe('10.0.0.1');
  });

  test('is what the trusted proxies saw, not what the client told them', () => {
    expect(address('10.0.0.1', '1.1.1.1, 203.0.113.9', 1)).toBe('203.0.113.9');
    expect(address('10.0.0.1', '1.1.1.1, 203.0.113.9, 10.0.0.2', 2)).toBe('203.0.113.9');
  });

  test.each(['', 'unknown', '_hidden', ',,,'])('is that of the connection where the header is "%s"', (forwarded) => {
    expect(address('10.0.0.1', forwarded, 1)).toBe('10.0.0.1');
    expect(address('10.0.0.1', '203.0.113.9', 2)).toBe('10.0.0.1');
  });

  test('is one for a home with IPv6, and for IPv4 in either form', () => {
    expect(address('2001:db8:1:2::1')).toBe(address('2001:db8:1:2:ffff::2'));
    expect(address('2001:db8:1:2::1')).not.toBe(address('2001:db8:1:3::1'));
    expect(address('::ffff:10.0.0.1')).toBe('10.0.0.1');
  });

  test('is a text, whatever comes', () => {
    fc.assert(
      fc.property(fc.option(fc.string(), { nil: undefined }), fc.string(), fc.nat(10), (remote, forwarded, proxies) => {
        expect(typeof address(remote, forwarded, proxies)).toBe('string');
      }),
    );
  });
});
