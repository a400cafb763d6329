import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** How the connector answers: as it should, late, with an error, with what is no JSON, by breaking off, or differently from one to the next. */
export type ConnectorMood =
  | { readonly kind: 'well' }
  | { readonly kind: 'slow'; readonly ms: number }
  | { readonly kind: 'fail'; readonly status: number }
  | { readonly kind: 'garbage' }
  | { readonly kind: 'break' }
  | { readonly kind: 'flap' };

/** An answer that the connector took. */
export interface LedgerEntry {
  readonly replyTo: string | undefined;
  readonly json: string;
  /** When it had come in whole (`performance.now()`). */
  readonly at: number;
}

const ROUTE = /^\/v3\/conversations\/([^/]+)\/activities(?:\/([^/]+))?$/;

/** A channel's connector on 127.0.0.1 that writes down which answers it took, can be in any mood, and go away and come back. */
export class AnswerLedger {
  mood: ConnectorMood = { kind: 'well' };
  /** How many requests came in, in whatever mood. */
  requests = 0;
  readonly #answers = new Map<string, LedgerEntry[]>();
  readonly #sockets = new Set<Socket>();
  #server: Server | undefined;
  #port = 0;

  static async start(): Promise<AnswerLedger> {
    const ledger = new AnswerLedger();
    await ledger.comeBack();
    return ledger;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** The messages that it took for a conversation. */
  answersOf(conversation: string): readonly LedgerEntry[] {
    return this.#answers.get(conversation) ?? [];
  }

  forget(conversation: string): void {
    this.#answers.delete(conversation);
  }

  /** Listens, on the same port as before. */
  async comeBack(): Promise<void> {
    const server = createServer(
      (request, response) => void this.#take(request, response).catch(() => response.destroy()),
    );
    server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.#port, '127.0.0.1', resolve);
    });
    this.#server = server;
    this.#port = (server.address() as AddressInfo).port;
  }

  /** Listens no more and breaks all connections off. */
  async goAway(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (server === undefined) return;
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    this.requests += 1;
    const { mood } = this;
    const isBad = mood.kind === 'flap' && this.requests % 2 === 0;
    if (mood.kind === 'break' || (isBad && this.requests % 4 === 0)) {
      response.destroy();
      return;
    }
    if (mood.kind === 'fail' || isBad) {
      answer(response, mood.kind === 'fail' ? mood.status : 503, '{"error":{"code":"x","message":"no"}}');
      return;
    }
    if (mood.kind === 'slow') await delay(mood.ms);
    const [, conversation, replyTo] = ROUTE.exec(request.url ?? '') ?? [];
    if (conversation === undefined) {
      answer(response, 404, '{}');
      return;
    }
    const json = Buffer.concat(chunks).toString('utf8');
    if ((JSON.parse(json) as { readonly type?: string }).type === 'message') {
      const id = decodeURIComponent(conversation);
      const taken = { replyTo: replyTo && decodeURIComponent(replyTo), json, at: performance.now() };
      const known = this.#answers.get(id);
      if (known === undefined) this.#answers.set(id, [taken]);
      else known.push(taken);
    }
    answer(response, 200, mood.kind === 'garbage' ? '<html>no JSON' : `{"id":"sent-${this.requests}"}`);
  }
}

function answer(response: ServerResponse, status: number, json: string): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(json);
}
