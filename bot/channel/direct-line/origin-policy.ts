import type { IncomingMessage } from 'node:http';
import { type Config, isLoopback } from '../../config';
import { type Refusal, refuse } from './access';

export type OriginCheck =
  /** `crossOrigin` is the other site whose page asks; `undefined` for our own pages and for whoever is no page at all. */
  { readonly ok: true; readonly crossOrigin: string | undefined } | { readonly ok: false; readonly refusal: Refusal };

/** Who may talk to this server, by the names that browsers put into every request and that pages cannot change. */
export interface OriginPolicy {
  /** The origin by which a client reaches this server, such as `https://help.example`. */
  serverOrigin(request: IncomingMessage): string;
  /** Whether the Host header is a name of ours; without that, any site could point a name of its own at this machine. */
  isOurHost(request: IncomingMessage): boolean;
  /** Whether a request may be answered. */
  check(request: IncomingMessage): OriginCheck;
  /** Whether a web socket may be opened. */
  checkSocket(request: IncomingMessage): OriginCheck;
}

const HOST = /^[\w.-]+(:\d{1,5})?$|^\[[\da-f:.]+\](:\d{1,5})?$/i;

/**
 * Our own pages, those of `config.webChatOrigins`, and whoever is no page may talk to this server. Our own origin is
 * `config.publicUrl`; without one it is what the Host header says, which has to be this machine's own name where there are no
 * credentials. No X-Forwarded header counts.
 */
export function buildOriginPolicy(config: Pick<Config, 'credentials' | 'publicUrl' | 'webChatOrigins'>): OriginPolicy {
  const { publicUrl } = config;
  const allowed = new Set(config.webChatOrigins);

  const isOurHost = (request: IncomingMessage): boolean => {
    const host = hostOf(request);
    if (host === undefined) return false;
    return config.credentials.kind !== 'none' || isLocal(host) || (publicUrl !== undefined && isAt(publicUrl, host));
  };

  const isOwn = (request: IncomingMessage, origin: string): boolean => {
    if (origin === publicUrl) return true;
    const host = hostOf(request);
    return host !== undefined && (publicUrl === undefined || isLocal(host)) && isAt(origin, host);
  };

  const check = (request: IncomingMessage): OriginCheck => {
    if (!isOurHost(request)) return refuse(403, 'BadArgument', 'This server is not known by that name: see PUBLIC_URL');
    const { origin } = request.headers;
    if (origin === undefined || isOwn(request, origin)) return { ok: true, crossOrigin: undefined };
    if (allowed.has(origin)) return { ok: true, crossOrigin: origin };
    return refuse(403, 'BadArgument', 'Pages of this origin may not use the bot');
  };

  return {
    isOurHost,
    check,
    checkSocket(request) {
      const checked = check(request);
      const { origin } = request.headers;
      // A page on this machine hears of the public address too, and a socket opens with a token of its own only.
      if (!checked.ok && isOurHost(request) && publicUrl !== undefined && origin !== undefined && isLocalPage(origin)) {
        return { ok: true, crossOrigin: undefined };
      }
      return checked;
    },
    serverOrigin: (request) => publicUrl ?? `${isEncrypted(request) ? 'https' : 'http'}://${hostOf(request)}`,
  };
}

/** The host and port by which the client knows this server; `undefined` where there is none or it is not one. */
function hostOf(request: IncomingMessage): string | undefined {
  const { host } = request.headers;
  return host && HOST.test(host) && URL.canParse(`http://${host}`) ? host.toLowerCase() : undefined;
}

function isLocal(host: string): boolean {
  return isLoopback(new URL(`http://${host}`).hostname);
}

function isLocalPage(origin: string): boolean {
  return URL.canParse(origin) && isLoopback(new URL(origin).hostname);
}

/** Whether an origin is at a host. URL leaves out a protocol's own port; a Host header may name it. */
function isAt(origin: string, host: string): boolean {
  if (!URL.canParse(origin)) return false;
  const { protocol, host: originHost } = new URL(origin);
  if (protocol !== 'https:' && protocol !== 'http:') return false;
  return URL.canParse(`${protocol}//${host}`) && new URL(`${protocol}//${host}`).host === originHost;
}

function isEncrypted(request: IncomingMessage): boolean {
  return 'encrypted' in request.socket && request.socket.encrypted === true;
}
