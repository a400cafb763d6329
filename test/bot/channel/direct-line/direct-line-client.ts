import type { AddressInfo } from 'node:net';
import { type Activity, ActivityTypes, type TurnContext } from 'botbuilder';
import pino from 'pino';
import restify from 'restify';
import WebSocket from 'ws';
import type { Backplane } from '../../../../bot/channel/backplane/backplane';
import { buildLocalBackplane } from '../../../../bot/channel/backplane/local-backplane';
import { mountDirectLine } from '../../../../bot/channel/direct-line/direct-line';
import type { DirectLineAdapter } from '../../../../bot/channel/direct-line/direct-line-adapter';
import { buildOriginPolicy } from '../../../../bot/channel/direct-line/origin-policy';
import { buildRequestLimits } from '../../../../bot/channel/direct-line/request-limits';
import { buildMemoryStorage } from '../../../../bot/channel/storage/memory-storage';
import type { Storage } from '../../../../bot/channel/storage/storage';
import { refuseUnreadableAddresses } from '../../../../bot/channel/unreadable-address';
import { mountSessionRoute } from '../../../../bot/channel/web-chat/session-route';
import type { Config } from '../../../../bot/config';
import { testConfig } from '../../../support/test-config';
import { until } from '../../../support/until';

export interface Answered {
  readonly status: number;
  // Tests look into bodies freely.
  // biome-ignore lint/suspicious/noExplicitAny: the JSON of a response
  readonly body: any;
  readonly headers: Headers;
}

export interface Opened {
  readonly conversationId: string;
  readonly token: string;
  readonly streamUrl: string;
}

export interface TestServer {
  readonly url: string;
  readonly port: number;
  /** Every activity that the bot got, in order. */
  readonly turns: Partial<Activity>[];
  request(
    method: string,
    path: string,
    options?: { token?: string; body?: unknown; headers?: Record<string, string> },
  ): Promise<Answered>;
  /** A new conversation in which the greeting has been said. */
  open(): Promise<Opened>;
  say(to: Opened, text: string, more?: object): Promise<Answered>;
  activities(of: Opened, watermark?: string | number): Promise<{ activities: Partial<Activity>[]; watermark: string }>;
  stop(): Promise<void>;
}

/** Greets whoever arrives, says every message back, and deletes the conversation for "forget me". */
export async function echo(context: TurnContext): Promise<void> {
  const { activity } = context;
  if (activity.type === ActivityTypes.ConversationUpdate) await context.sendActivity('welcome');
  if (activity.type === ActivityTypes.Message) {
    if (activity.text === 'fail') throw new Error('as told');
    await context.sendActivity(activity.text ? `echo ${activity.text}` : 'unreadable');
    if (activity.text === 'forget me') await (context.adapter as DirectLineAdapter).forget(activity.conversation.id);
  }
}

/** As many requests as a test likes. */
const UNLIMITED = { webChatSessionsPerMinute: 1_000_000, webChatMessagesPerMinute: 1_000_000 };
export const SECRET = 'a secret that all of these tests share';

/** Our Direct Line alone, with the route for sessions, on `port` or a free one; several over one storage and one backplane are replicas. */
export async function startDirectLine(
  options: {
    config?: Partial<Config>;
    storage?: Storage;
    backplane?: Backplane;
    sweepMs?: number;
    port?: number;
    onTurn?: (context: TurnContext) => Promise<void>;
  } = {},
): Promise<TestServer> {
  const turns: Partial<Activity>[] = [];
  const config = testConfig({ ...UNLIMITED, ...options.config });
  const log = pino({ level: 'silent' });
  const origins = buildOriginPolicy(config);
  const backplane = options.backplane ?? buildLocalBackplane();
  const limits = buildRequestLimits(config, backplane);
  const server = restify.createServer();
  refuseUnreadableAddresses(server);
  const directLine = mountDirectLine(server, {
    storage: options.storage ?? buildMemoryStorage({ maxItems: 100_000 }),
    backplane,
    sweepMs: options.sweepMs ?? 50,
    config,
    log,
    origins,
    limits,
    secret: SECRET,
    onTurn: async (context) => {
      turns.push(structuredClone(context.activity));
      await (options.onTurn ?? echo)(context);
    },
    onTurnError: async (context) => {
      await context.sendActivity('sorry');
    },
  });
  mountSessionRoute(server, {
    config,
    backend: directLine.backend,
    limits,
    secret: SECRET,
    origins,
    gate: { open: true },
    log,
  });
  await new Promise<void>((resolve) => void server.listen(options.port ?? 0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;

  const client: TestServer = {
    url,
    port,
    turns,
    async request(method, path, { token, body, headers } = {}) {
      const target = path.startsWith('/web-chat') ? path : `/v3/directline${path}`;
      const response = await fetch(`${url}${target}`, {
        method,
        headers: {
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      const text = await response.text();
      return { status: response.status, body: parse(text), headers: response.headers };
    },
    async open() {
      const generated = await client.request('POST', '/tokens/generate');
      const started = await client.request('POST', '/conversations', { token: generated.body.token });
      await until(async () => (await client.activities(started.body)).activities.length > 0);
      return started.body;
    },
    say: ({ conversationId, token }, text, more) =>
      client.request('POST', `/conversations/${conversationId}/activities`, {
        token,
        body: { type: 'message', text, ...more },
      }),
    async activities({ conversationId, token }, watermark = '') {
      return (
        await client.request('GET', `/conversations/${conversationId}/activities?watermark=${watermark}`, { token })
      ).body;
    },
    async stop() {
      await directLine.close();
      server.server.closeAllConnections();
      await new Promise<void>((resolve) => void server.close(() => resolve()));
    },
  };
  return client;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

export const textsOf = (activities: readonly Partial<Activity>[]): (string | undefined)[] =>
  activities.map(({ text }) => text);

export interface Stream {
  readonly socket: WebSocket;
  /** Everything that was heard, in order. */
  readonly activities: Partial<Activity>[];
  watermark(): string | undefined;
  /** Resolves to the code with which the other side closed. */
  readonly closed: Promise<number>;
}

/** Opens a WebSocket; rejects with the status where the server refuses. */
export function openStream(streamUrl: string, headers: Record<string, string> = {}): Promise<Stream> {
  const socket = new WebSocket(streamUrl, { headers });
  const activities: Partial<Activity>[] = [];
  let watermark: string | undefined;
  socket.on('message', (data) => {
    const set = JSON.parse(String(data));
    activities.push(...set.activities);
    watermark = set.watermark;
  });
  const closed = new Promise<number>((resolve) => void socket.once('close', resolve));
  return new Promise((resolve, reject) => {
    socket.once('unexpected-response', (_request, response) => {
      reject(new Error(String(response.statusCode)));
      socket.terminate();
    });
    socket.on('error', reject);
    socket.once('open', () => resolve({ socket, activities, watermark: () => watermark, closed }));
  });
}
