import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A call as it came in. */
export interface DirectLineCall {
  readonly method: string;
  readonly path: string;
  readonly authorization: string | undefined;
  readonly origin: string | undefined;
  readonly body: unknown;
}

/** How the server answers the next calls: as it should, with a status, with no JSON, by sending the caller elsewhere, or not at all. */
export type AzureBehaviour =
  | { readonly kind: 'answer' }
  | { readonly kind: 'fail'; readonly status: number }
  | { readonly kind: 'say'; readonly text: string }
  | { readonly kind: 'redirect'; readonly to: string }
  | { readonly kind: 'hang' };

interface Conversation {
  readonly user: string;
  readonly trustedOrigins: readonly string[];
}

/** Azure's Direct Line on 127.0.0.1, as far as tokens and conversations go: its paths, statuses and bodies. */
export class AzureDirectLineServer {
  readonly secret = `secret-${randomUUID()}`;
  readonly calls: DirectLineCall[] = [];
  readonly conversations = new Map<string, Conversation>();
  behaviour: AzureBehaviour = { kind: 'answer' };
  readonly #tokens = new Map<string, string>();
  readonly #server = createServer((request, response) => void this.#answer(request, response));

  static async start(): Promise<AzureDirectLineServer> {
    const server = new AzureDirectLineServer();
    await new Promise<void>((resolve) => server.#server.listen(0, '127.0.0.1', resolve));
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString('utf8');
    const { authorization, origin } = request.headers;
    const path = (request.url ?? '').split('?')[0]!;
    const body = text === '' ? undefined : (JSON.parse(text) as { user?: { id?: string }; trustedOrigins?: string[] });
    this.calls.push({ method: request.method ?? '', path, authorization, origin, body });

    const { behaviour } = this;
    if (behaviour.kind === 'hang') return;
    if (behaviour.kind === 'fail') return send(response, behaviour.status, { error: { code: 'Fail', message: 'No.' } });
    if (behaviour.kind === 'say') return send(response, 200, behaviour.text);
    if (behaviour.kind === 'redirect') {
      response.writeHead(307, { location: behaviour.to });
      response.end();
      return;
    }

    const credential = authorization?.replace(/^Bearer /, '') ?? '';
    const bound = this.#tokens.get(credential);
    const isSecret = credential === this.secret;
    if (!isSecret && bound === undefined) {
      return send(response, 403, { error: { code: 'BadArgument', message: 'Security token not valid' } });
    }
    if (request.method === 'POST' && path === '/v3/directline/tokens/generate' && isSecret) {
      const conversationId = `${randomUUID()}-eu`;
      this.conversations.set(conversationId, {
        user: body?.user?.id ?? '',
        trustedOrigins: body?.trustedOrigins ?? [],
      });
      return send(response, 200, { conversationId, token: this.#issue(conversationId), expires_in: 3_600 });
    }
    if (request.method === 'POST' && path === '/v3/directline/tokens/refresh' && bound !== undefined) {
      return send(response, 200, { conversationId: bound, token: this.#issue(bound), expires_in: 3_600 });
    }
    const id = decodeURIComponent(/^\/v3\/directline\/conversations\/([^/]+)$/.exec(path)?.[1] ?? '');
    if (request.method === 'GET' && this.conversations.has(id) && (isSecret || bound === id)) {
      return send(response, 200, { conversationId: id, token: this.#issue(id), streamUrl: `${this.url}/stream` });
    }
    return send(response, 404, { error: { code: 'BadArgument', message: 'Unknown conversation' } });
  }

  #issue(conversationId: string): string {
    const token = `token-${randomUUID()}`;
    this.#tokens.set(token, conversationId);
    return token;
  }
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}
