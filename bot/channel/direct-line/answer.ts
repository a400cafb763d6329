import type { Request, Response, Server } from 'restify';
import type { Logger } from '../../log';
import { type Refusal, refuse, tryLater } from './access';
import type { OriginPolicy } from './origin-policy';
import { StorageFault } from './storage-fault';

/** What a route answers. */
export type Answer =
  | { readonly ok: true; readonly status: 200 | 201; readonly json: string }
  | { readonly ok: false; readonly refusal: Refusal };

export interface AnsweringOptions {
  readonly origins: OriginPolicy;
  /** Closed while the server stops: what is under way goes on, nothing new begins. */
  readonly gate: { readonly open: boolean };
  readonly log: Logger;
}

/** How long a browser may remember what another site's page may do. */
const PREFLIGHT_SECONDS = 600;

export function ok(status: 200 | 201, value: unknown): Answer {
  return { ok: true, status, json: JSON.stringify(value) };
}

/**
 * Mounts a route for our own pages and those of the sites that are allowed, with the answer to their preflight requests. A handler
 * that rejects is logged and answered with 400, or with 503 where the storage does not work.
 */
export function mountAnswer(
  server: Server,
  path: string,
  handlers: Readonly<Partial<Record<'get' | 'post', (request: Request) => Answer | Promise<Answer>>>>,
  { origins, gate, log }: AnsweringOptions,
): void {
  for (const [method, handle] of Object.entries(handlers)) {
    server[method as 'get' | 'post'](path, async (request: Request, response: Response) => {
      const checked = origins.check(request);
      const crossOrigin = checked.ok ? checked.crossOrigin : undefined;
      try {
        if (!checked.ok) send(response, checked, crossOrigin);
        else if (!gate.open) send(response, refuse(503, 'ServiceUnavailable', 'The bot is stopping'), crossOrigin);
        else send(response, await handle(request), crossOrigin);
      } catch (error) {
        const isOurs = error instanceof StorageFault;
        // The storage has told once that it is away: each request would tell it again.
        log[isOurs ? 'debug' : 'error']({ err: error, route: path }, 'a web chat request failed');
        send(response, isOurs ? tryLater() : refuse(400, 'BadArgument', 'The request cannot be served'), crossOrigin);
      }
    });
  }
  server.opts(path, async (request: Request, response: Response) => {
    const checked = origins.check(request);
    if (!checked.ok) return send(response, checked, undefined);
    response.writeHead(204, {
      ...corsHeaders(checked.crossOrigin),
      'access-control-allow-methods': 'GET, POST',
      'access-control-allow-headers': 'authorization, content-type, x-ms-bot-agent, x-requested-with',
      'access-control-max-age': String(PREFLIGHT_SECONDS),
    });
    response.end();
  });
}

function corsHeaders(crossOrigin: string | undefined): Record<string, string> {
  if (crossOrigin === undefined) return { vary: 'Origin' };
  return {
    vary: 'Origin',
    'access-control-allow-origin': crossOrigin,
    'access-control-expose-headers': 'Retry-After',
  };
}

function send(response: Response, answer: Answer, crossOrigin: string | undefined): void {
  // Plain Node, because restify's send() picks another format for a client that does not accept JSON.
  if (response.headersSent || response.writableEnded) return;
  const [status, json] = answer.ok
    ? [answer.status, answer.json]
    : [
        answer.refusal.status,
        JSON.stringify({ error: { code: answer.refusal.code, message: answer.refusal.message } }),
      ];
  response.writeHead(status, {
    ...corsHeaders(crossOrigin),
    'content-type': 'application/json; charset=utf-8',
    'content-length': String(Buffer.byteLength(json)),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...(answer.ok || ![429, 503].includes(status)
      ? {}
      : { 'retry-after': String(answer.refusal.retryAfterSeconds ?? 1) }),
    ...(status === 413 ? { connection: 'close' } : {}),
  });
  response.end(json);
}
