import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { WebSocketServer } from 'ws';
import { type AzureActivity, AzureConversation } from './azure-conversation';
import { type AzureClaims, AzureTokens } from './azure-tokens';

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

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

type Caller = { readonly kind: 'secret' } | { readonly kind: 'token'; readonly claims: AzureClaims };

const CONVERSATION = /^\/v3\/directline\/conversations\/([^/]+)(\/activities|\/stream)?$/;
const CONNECTOR = /^\/v3\/conversations\/([^/]+)\/activities(?:\/[^/]+)?$/;
const LIFE_SECONDS = 3_600;

/** Azure's Direct Line on 127.0.0.1: its paths, statuses and bodies for pages, and a connector for the bot at `botUrl`. */
export class AzureDirectLineServer {
  readonly secret = `secret-${randomUUID()}`;
  readonly calls: DirectLineCall[] = [];
  readonly conversations = new Map<string, AzureConversation>();
  behaviour: AzureBehaviour = { kind: 'answer' };
  /** Where the bot listens; nobody is told of anything without. */
  botUrl: string | undefined;
  /** When the bot hears of the person: at the start, or with the first message only. */
  arrivals: 'at-start' | 'late' = 'at-start';
  /** Azure's setting of that name: the secret alone opens no conversation again. */
  hasEnhancedAuthentication = false;
  readonly tokens = new AzureTokens();
  readonly #server = createServer((request, response) => void this.#receive(request, response));
  readonly #sockets = new WebSocketServer({ noServer: true });

  static async start(): Promise<AzureDirectLineServer> {
    const server = new AzureDirectLineServer();
    server.#server.on('upgrade', (request, socket, head) => server.#open(request, socket as Socket, head));
    await new Promise<void>((resolve) => server.#server.listen(0, '127.0.0.1', resolve));
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    for (const client of this.#sockets.clients) client.terminate();
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  async #receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString('utf8');
    const { authorization, origin } = request.headers;
    const { pathname: path, searchParams } = new URL(request.url ?? '/', this.url);
    const method = request.method ?? '';
    if (method === 'OPTIONS') return allow(request, response);
    const body: unknown = text === '' ? undefined : JSON.parse(text);
    this.calls.push({ method, path, authorization, origin, body });

    const { behaviour } = this;
    if (behaviour.kind === 'hang') return;
    if (behaviour.kind === 'fail') return send(response, fault(behaviour.status, 'Fail', 'No.'));
    if (behaviour.kind === 'say') return send(response, { status: 200, body: behaviour.text });
    if (behaviour.kind === 'redirect') {
      response.writeHead(307, { location: behaviour.to });
      response.end();
      return;
    }
    const toConnector = CONNECTOR.exec(path)?.[1];
    if (toConnector !== undefined) return send(response, this.#hearBot(decodeURIComponent(toConnector), body));

    const caller = this.#callerOf(authorization?.replace(/^Bearer /, '') ?? '', origin);
    if ('status' in caller) return send(response, caller);
    send(response, await this.#answer(caller, method, path, searchParams.get('watermark'), body));
  }

  #callerOf(credential: string, origin: string | undefined): Caller | Answer {
    if (credential === this.secret) return { kind: 'secret' };
    const claims = this.tokens.read(credential);
    if (claims === 'expired') return fault(403, 'TokenExpired', 'Token has expired');
    if (claims === undefined) return fault(403, 'BadArgument', 'Security token not valid');
    if (origin !== undefined && claims.origs.length > 0 && !claims.origs.includes(origin)) {
      return fault(403, 'BadArgument', 'The origin is not trusted');
    }
    return { kind: 'token', claims };
  }

  async #answer(
    caller: Caller,
    method: string,
    path: string,
    watermark: string | null,
    body: unknown,
  ): Promise<Answer> {
    const route = `${method} ${path.replace('/v3/directline/', '')}`;
    if (route === 'POST tokens/generate' && caller.kind === 'secret') {
      return this.#generate(body as { user?: { id?: string }; trustedOrigins?: string[] });
    }
    if (route === 'POST tokens/refresh' && caller.kind === 'token') {
      const token = this.tokens.issue(caller.claims);
      return { status: 200, body: { conversationId: caller.claims.conv, token, expires_in: LIFE_SECONDS } };
    }
    if (route === 'POST conversations' && caller.kind === 'token') return this.#begin(caller.claims);

    const [, encoded = '', part] = CONVERSATION.exec(path) ?? [];
    const id = decodeURIComponent(encoded);
    const conversation = this.conversations.get(id);
    const isTheirs = caller.kind === 'secret' || caller.claims.conv === id;
    if (conversation === undefined || !isTheirs) return fault(404, 'BadArgument', 'Unknown conversation');
    if (part === undefined && method === 'GET') {
      if (caller.kind === 'token') return this.#session(200, caller.claims, watermark);
      // The secret names nobody, and neither does the token that is had for it.
      return this.hasEnhancedAuthentication
        ? fault(400, 'MissingProperty', 'Missing user ID')
        : this.#session(200, { conv: id, origs: [] }, watermark);
    }
    if (part !== '/activities' || caller.kind === 'secret') return fault(404, 'BadArgument', 'Unknown path');
    if (method === 'POST') return this.#hearPage(conversation, caller.claims, body as AzureActivity);
    const { history } = conversation;
    return {
      status: 200,
      body: { activities: history.slice(Number(watermark) || 0), watermark: String(history.length) },
    };
  }

  #generate(body: { user?: { id?: string }; trustedOrigins?: string[] } | undefined): Answer {
    const id = `${randomUUID()}-eu`;
    const [user, trustedOrigins] = [body?.user?.id ?? '', body?.trustedOrigins ?? []];
    this.conversations.set(id, new AzureConversation({ id, user, trustedOrigins, serviceUrl: this.url }));
    const token = this.tokens.issue({ conv: id, user, origs: trustedOrigins });
    return { status: 200, body: { conversationId: id, token, expires_in: LIFE_SECONDS } };
  }

  #session(status: number, claims: AzureClaims, watermark?: string | null): Answer {
    const token = this.tokens.issue(claims);
    const stream = new URL(`/v3/directline/conversations/${encodeURIComponent(claims.conv)}/stream`, this.url);
    stream.protocol = 'ws';
    stream.searchParams.set('watermark', watermark ?? '-');
    stream.searchParams.set('t', token);
    // As documented: reconnecting does not say how long the token lives.
    const life = watermark === undefined ? { expires_in: LIFE_SECONDS } : {};
    return { status, body: { conversationId: claims.conv, token, ...life, streamUrl: stream.href } };
  }

  #begin(claims: AzureClaims): Answer {
    const conversation = this.conversations.get(claims.conv);
    if (conversation === undefined) return fault(404, 'BadArgument', 'Unknown conversation');
    const { isStarted } = conversation;
    conversation.isStarted = true;
    if (!isStarted) void this.#announce(conversation);
    return this.#session(isStarted ? 200 : 201, claims);
  }

  async #announce(conversation: AzureConversation): Promise<void> {
    if (this.botUrl === undefined) return;
    await conversation.arrive(this.botUrl, 'bot');
    if (this.arrivals !== 'late') await conversation.arrive(this.botUrl, 'user');
  }

  async #hearPage(conversation: AzureConversation, claims: AzureClaims, activity: AzureActivity): Promise<Answer> {
    const claimed = (activity.from as { id?: string } | undefined)?.id;
    const userId = claims.user ?? claimed;
    if (userId === undefined) return fault(400, 'MissingProperty', 'Missing user ID');
    // No role: who reads the history has to know people by their ids.
    const heard = { ...activity, channelId: 'directline', from: { id: userId, name: '' } };
    const isFirst = !conversation.history.some(({ from }) => (from as { id?: string }).id === userId);
    const id = conversation.add(heard);
    if (this.botUrl === undefined) return { status: 200, body: { id } };
    if (isFirst && this.arrivals !== 'at-start') await conversation.arrive(this.botUrl, 'user');
    const isTaken = await conversation.deliver(this.botUrl, { ...heard, id });
    return isTaken
      ? { status: 200, body: { id } }
      : fault(502, 'BotError', 'Failed to send activity: bot returned an error');
  }

  #hearBot(conversationId: string, activity: unknown): Answer {
    const conversation = this.conversations.get(conversationId);
    if (conversation === undefined) return fault(404, 'BadArgument', 'Unknown conversation');
    const { serviceUrl: _, recipient: __, ...said } = activity as AzureActivity;
    return { status: 200, body: { id: conversation.add({ ...said, type: said.type, channelId: 'directline' }) } };
  }

  #open(request: IncomingMessage, socket: Socket, head: Buffer): void {
    const { pathname, searchParams } = new URL(request.url ?? '/', this.url);
    const claims = this.tokens.read(searchParams.get('t') ?? '');
    const id = decodeURIComponent(CONVERSATION.exec(pathname)?.[1] ?? '');
    const conversation = this.conversations.get(id);
    if (conversation === undefined || claims === undefined || claims === 'expired' || claims.conv !== id) {
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
      return;
    }
    this.#sockets.handleUpgrade(request, socket, head, (client) =>
      conversation.join(client, Number(searchParams.get('watermark')) || 0),
    );
  }
}

function fault(status: number, code: string, message: string): Answer {
  return { status, body: { error: { code, message } } };
}

/** Pages of any origin may ask; whose tokens they hold is what counts. */
function allow(request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(200, {
    'access-control-allow-origin': '*',
    'access-control-allow-methods': 'GET, POST, OPTIONS',
    'access-control-allow-headers': request.headers['access-control-request-headers'] ?? '',
    'access-control-max-age': '86400',
  });
  response.end();
}

function send(response: ServerResponse, { status, body }: Answer): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'access-control-allow-origin': '*' });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}
