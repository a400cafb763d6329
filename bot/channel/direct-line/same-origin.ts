import type { IncomingMessage } from 'node:http';

const HOST = /^[\w.-]+(:\d{1,5})?$|^\[[\da-f:.]+\](:\d{1,5})?$/i;

/**
 * The host and port by which the client knows this server, behind a proxy too; `undefined` where there is none or it is not
 * one. A page of another site cannot set these headers.
 */
export function requestHost(request: IncomingMessage): string | undefined {
  const forwarded = request.headers['x-forwarded-host'];
  const host = (typeof forwarded === 'string' ? forwarded.split(',')[0]!.trim() : undefined) || request.headers.host;
  return host && HOST.test(host) ? host.toLowerCase() : undefined;
}

/** Whether the client reached this server, or the proxy before it, over TLS. */
export function isSecure(request: IncomingMessage): boolean {
  const forwarded = request.headers['x-forwarded-proto'];
  if (typeof forwarded === 'string') return forwarded.split(',')[0]!.trim() === 'https';
  return 'encrypted' in request.socket && request.socket.encrypted === true;
}

/** Whether a request comes from a page of this server, or from no page at all. */
export function isSameOrigin(request: IncomingMessage): boolean {
  const origin = request.headers.origin;
  if (origin === undefined) return true;
  const host = requestHost(request);
  if (host === undefined || !URL.canParse(origin)) return false;
  const { protocol, host: originHost } = new URL(origin);
  // URL leaves out a protocol's own port; a Host header may name it.
  return URL.canParse(`${protocol}//${host}`) && new URL(`${protocol}//${host}`).host === originHost;
}
