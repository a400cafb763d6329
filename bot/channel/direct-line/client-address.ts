import type { IncomingMessage } from 'node:http';
import ipaddr from 'ipaddr.js';

/**
 * The address that a request comes from, as far as limits count it: an IPv4 address, or the first 64 bits of an IPv6 address, of
 * which one home has as many as it likes. With `trustedProxies` it is what the outermost of that many proxies saw; an
 * X-Forwarded-For header that is shorter or no list of addresses does not count, for anybody can send one.
 */
export function clientAddress(
  request: Pick<IncomingMessage, 'headers'> & { readonly socket: { readonly remoteAddress?: string | undefined } },
  trustedProxies: number,
): string {
  const direct = request.socket.remoteAddress ?? '';
  if (trustedProxies === 0) return normalise(direct) ?? '';
  const header = request.headers['x-forwarded-for'];
  const seen = (Array.isArray(header) ? header.join(',') : (header ?? '')).split(',').map((part) => part.trim());
  return normalise(seen.at(-trustedProxies) ?? '') ?? normalise(direct) ?? '';
}

function normalise(address: string): string | undefined {
  if (!ipaddr.isValid(address)) return undefined;
  const parsed = ipaddr.process(address);
  return parsed.kind() === 'ipv4' ? parsed.toString() : parsed.toByteArray().slice(0, 8).join('.');
}
