import type { ServerResponse } from 'node:http';

/** What a caller did wrong, or what we cannot do at the moment, as restify's own errors look on the wire. */
export interface Fault {
  readonly status: 400 | 401 | 403 | 408 | 413 | 415 | 429 | 502 | 503;
  readonly code: string;
  readonly message: string;
  /** For 429: after how many seconds it is worth trying again. */
  readonly retryAfterSeconds?: number;
}

/**
 * Answers with JSON, or with nothing but the status where there is no body. Plain Node, because restify's `send` picks another
 * format for a client that does not accept JSON. Does nothing where the client is gone or has its answer.
 */
export function sendJson(response: ServerResponse, status: number, body?: unknown): void {
  if (response.headersSent || response.writableEnded || response.destroyed) return;
  // Not chained: restify's own writeHead returns nothing.
  if (body === undefined) {
    response.writeHead(status, { 'content-length': '0' });
    response.end();
    return;
  }
  const json = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': String(Buffer.byteLength(json)),
    'cache-control': 'no-store',
  });
  response.end(json);
}

export function sendFault(response: ServerResponse, { status, code, message, retryAfterSeconds }: Fault): void {
  if (retryAfterSeconds !== undefined && !response.headersSent) {
    response.setHeader('Retry-After', String(retryAfterSeconds));
  }
  sendJson(response, status, { code, message });
}
