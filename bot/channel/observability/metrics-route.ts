import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import ipaddr from 'ipaddr.js';
import type { Request, Response, Server } from 'restify';
import type { Config } from '../../config';
import type { OriginPolicy } from '../direct-line/origin-policy';
import { sendJson } from '../json-response';
import type { Metrics } from './metrics';

export interface MetricsRouteOptions {
  readonly metrics: Pick<Metrics, 'exposition'>;
  readonly origins: Pick<OriginPolicy, 'isOurHost'>;
  readonly config: Pick<Config, 'metricsToken'>;
}

/** What proxies add: with one of them, the peer speaks for somebody else. */
const PROXY_HEADERS = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip', 'via'];

/**
 * Serves `GET /metrics` to clients on this machine, and to whoever has the token. For anybody else there is no such page.
 */
export function mountMetrics(server: Server, { metrics, origins, config }: MetricsRouteOptions): void {
  server.get('/metrics', async (request: Request, response: Response) => {
    const hasToken = config.metricsToken !== undefined && bears(request, config.metricsToken);
    // A page whose name was pointed at this machine comes from it too.
    if (!hasToken && !(isFromThisMachine(request) && origins.isOurHost(request))) {
      return sendJson(response, 404, { code: 'ResourceNotFound', message: '/metrics does not exist' });
    }
    const { contentType, text } = await metrics.exposition();
    response.writeHead(200, {
      'content-type': contentType,
      'content-length': String(Buffer.byteLength(text)),
      'cache-control': 'no-store',
    });
    response.end(text);
  });
}

/** Takes as long for a token that is nearly right as for any other. */
function bears({ headers }: IncomingMessage, token: string): boolean {
  const given = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1];
  return given !== undefined && timingSafeEqual(digest(given), digest(token));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function isFromThisMachine({ headers, socket }: IncomingMessage): boolean {
  const peer = socket.remoteAddress ?? '';
  if (!ipaddr.isValid(peer) || ipaddr.process(peer).range() !== 'loopback') return false;
  return PROXY_HEADERS.every((name) => headers[name] === undefined);
}
