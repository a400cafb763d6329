import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** An activity as it arrived on the wire. */
export type SentActivity = Readonly<Record<string, unknown>> & {
  readonly type: string;
  readonly text?: string;
  readonly value?: unknown;
};

export interface SentRequest {
  /** PUT changes the message `replyTo`, POST sends a new one. */
  readonly method: 'POST' | 'PUT';
  readonly conversation: string;
  /** The activity that is answered; `undefined` for one sent to the conversation at large. */
  readonly replyTo: string | undefined;
  readonly activity: SentActivity;
  readonly authorization: string | undefined;
}

/** How the connector answers: as it should, after a wait, with an error, with another address, never, or with a head and never a body. */
export type Behaviour =
  | { readonly kind: 'accept' }
  | { readonly kind: 'slow'; readonly until: Promise<unknown> }
  | { readonly kind: 'fail'; readonly status: number }
  | { readonly kind: 'redirect'; readonly status: number; readonly to: string }
  | { readonly kind: 'hang' }
  | { readonly kind: 'hang-in-body' };

const ROUTE = /^\/v3\/conversations\/([^/]+)\/activities(?:\/([^/]+))?$/;

/** A channel's connector on 127.0.0.1 that speaks the Emulator's dialect, and Teams', and keeps what the bot sends. */
export class FakeConnector {
  readonly requests: SentRequest[] = [];
  behaviour: Behaviour = { kind: 'accept' };
  connections = 0;
  readonly #sockets = new Set<Socket>();
  readonly #server = createServer((request, response) => void this.#answer(request, response));
  #watchers: (() => void)[] = [];
  #ids = 0;

  static async start(): Promise<FakeConnector> {
    const connector = new FakeConnector();
    connector.#server.on('connection', (socket: Socket) => {
      connector.connections += 1;
      connector.#sockets.add(socket);
      socket.once('close', () => connector.#sockets.delete(socket));
    });
    await new Promise<void>((resolve) => connector.#server.listen(0, '127.0.0.1', resolve));
    return connector;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get messages(): readonly SentActivity[] {
    return this.requests.map(({ activity }) => activity).filter(({ type }) => type === 'message');
  }

  /** What the bot said in one conversation, in order. */
  textsOf(conversation: string): readonly string[] {
    return this.requests
      .filter((request) => request.conversation === conversation && request.activity.type === 'message')
      .map(({ activity }) => activity.text ?? '');
  }

  /** Resolves once `condition` holds; looked at whenever a request comes in. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise<void>((resolve) => this.#watchers.push(resolve));
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const [, conversation, replyTo] = ROUTE.exec(request.url ?? '') ?? [];
    const { method } = request;
    if ((method !== 'POST' && method !== 'PUT') || conversation === undefined) {
      reply(response, 404, '');
      return;
    }
    this.requests.push({
      method,
      conversation: decodeURIComponent(conversation),
      replyTo: replyTo === undefined ? undefined : decodeURIComponent(replyTo),
      activity: JSON.parse(Buffer.concat(chunks).toString('utf8')) as SentActivity,
      authorization: request.headers.authorization,
    });
    for (const wake of this.#watchers.splice(0)) wake();
    const { behaviour } = this;
    switch (behaviour.kind) {
      case 'hang':
        return;
      case 'hang-in-body':
        response.writeHead(200, { 'content-type': 'application/json' });
        response.write('{"id"');
        return;
      case 'fail':
        reply(response, behaviour.status, '{"error":{"code":"x"}}');
        return;
      case 'redirect':
        response.writeHead(behaviour.status, { location: behaviour.to });
        response.end();
        return;
      case 'slow':
        await behaviour.until;
        break;
      case 'accept':
        break;
    }
    this.#ids += 1;
    reply(response, 200, JSON.stringify({ id: `sent-${this.#ids}` }));
  }
}

// Not chained: restify patches every response of the process, and its writeHead returns nothing.
function reply(response: ServerResponse, status: number, json: string): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(json);
}
