import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Server } from 'restify';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Logger } from '../../log';
import { checkConversation, checkTokenFor, type Refusal, refuse, tryLater } from './access';
import { parseWatermark } from './activity-log';
import type { Conversations } from './conversations';
import type { Listener, Listeners } from './listeners';
import type { OriginPolicy } from './origin-policy';
import type { RequestLimits } from './request-limits';
import type { Tokens } from './tokens';

export interface SocketOptions {
  /** Those of web sockets, not the client's own. */
  readonly tokens: Tokens;
  readonly origins: Pick<OriginPolicy, 'checkSocket'>;
  readonly limits: Pick<RequestLimits, 'read'>;
  readonly conversations: Pick<Conversations, 'find'>;
  readonly listeners: Pick<Listeners, 'join' | 'purge'>;
  readonly log: Logger;
  readonly gate: { readonly open: boolean };
  /** How often sockets are asked whether they are still there; default 30 s. */
  readonly heartbeatMs?: number;
  /** Sockets that may be open at once; default: 10,000. */
  readonly maxSockets?: number;
}

const HEARTBEAT_MS = 30_000;
const MAX_SOCKETS = 10_000;
/** What may wait for one client that does not read. */
export const MAX_UNSENT_BYTES = 4_000_000;
const CLOSE_TIMEOUT_MS = 1_000;
const STREAM_PATH = /^\/v3\/directline\/conversations\/([\w-]{1,100})\/stream$/;

/** The WebSocket half of Direct Line. Any upgrade that is not for a conversation's stream is refused. */
export function mountSocket(
  server: Server,
  options: SocketOptions,
): { readonly count: () => number; close(): Promise<void> } {
  const { tokens, conversations, listeners, log, gate, origins, limits, maxSockets = MAX_SOCKETS } = options;
  // Clients send nothing but empty pings.
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 4_096, perMessageDeflate: false });
  const unheard = new WeakSet<WebSocket>();

  const onUpgrade = async (request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> => {
    // Without a listener an error on a raw socket ends the process.
    socket.on('error', () => socket.destroy());
    try {
      const stream = gate.open ? await findStream(request) : stopping();
      if (!stream.ok) reject(socket, stream.refusal);
      // The server may have begun to stop, and other sockets may have been opened meanwhile.
      else if (!gate.open) reject(socket, stopping().refusal);
      else if (sockets.clients.size >= maxSockets) reject(socket, tooMany().refusal);
      else {
        const { conversationId } = stream.claims;
        sockets.handleUpgrade(request, socket, head, (webSocket) => {
          void join(webSocket, conversationId, stream.watermark);
        });
      }
    } catch (error) {
      log.error({ err: error }, 'a web chat socket cannot be opened');
      reject(socket, tryLater().refusal);
    }
  };

  const findStream = async (request: IncomingMessage) => {
    const [path = '', query] = (request.url ?? '').split('?');
    const id = STREAM_PATH.exec(path)?.[1];
    if (id === undefined) return refuse(404, 'BadArgument', 'There is no stream here');
    const checked = origins.checkSocket(request);
    if (!checked.ok) return checked;
    const search = new URLSearchParams(query);
    const access = checkTokenFor(tokens, search.get('t') ?? undefined, id);
    if (!access.ok) return access;
    const limit = await limits.read(id);
    if (!limit.ok) return limit;
    if (sockets.clients.size >= maxSockets) return tooMany();
    const open = await checkConversation(conversations, access);
    return open.ok ? { ...open, watermark: parseWatermark(search.get('watermark')) } : open;
  };

  const join = async (webSocket: WebSocket, conversationId: string, watermark: number): Promise<void> => {
    const listener: Listener = {
      hear(message) {
        // A client that does not read is dropped; it comes back with its watermark.
        if (webSocket.bufferedAmount > MAX_UNSENT_BYTES) webSocket.terminate();
        else if (webSocket.readyState === webSocket.OPEN) webSocket.send(message);
      },
      end: () => webSocket.close(1000, 'conversation over'),
    };
    webSocket.on('error', () => webSocket.terminate());
    webSocket.on('pong', () => unheard.delete(webSocket));
    webSocket.on('message', () => unheard.delete(webSocket));
    try {
      const leave = await listeners.join(conversationId, listener, watermark);
      if (webSocket.readyState === webSocket.OPEN) webSocket.once('close', leave);
      else leave();
    } catch (error) {
      log.error({ err: error, conversation: conversationId }, 'a page cannot be told what is said');
      webSocket.close(1011, 'try again later');
    }
  };

  const heartbeat = setInterval(() => {
    void listeners.purge();
    for (const webSocket of sockets.clients) {
      if (unheard.has(webSocket)) {
        webSocket.terminate();
      } else {
        unheard.add(webSocket);
        webSocket.ping();
      }
    }
  }, options.heartbeatMs ?? HEARTBEAT_MS).unref();

  server.server.on('upgrade', (...upgrade) => void onUpgrade(...upgrade));
  return {
    count: () => sockets.clients.size,
    async close() {
      clearInterval(heartbeat);
      const open = [...sockets.clients];
      const closed = open.map(
        (webSocket) => new Promise<void>((resolve) => void webSocket.once('close', () => resolve())),
      );
      for (const webSocket of open) webSocket.close(1001, 'the bot is stopping');
      const timer = setTimeout(() => {
        for (const webSocket of open) webSocket.terminate();
      }, CLOSE_TIMEOUT_MS);
      await Promise.all(closed);
      clearTimeout(timer);
    },
  };
}

function stopping() {
  return refuse(503, 'ServiceUnavailable', 'The bot is stopping');
}

function tooMany() {
  return refuse(429, 'LimitExceeded', 'Too many pages are open');
}

function reject(socket: Duplex, { status, message }: Refusal): void {
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'Connection: close',
    'Content-Type: text/plain',
    `Content-Length: ${message.length}`,
  ];
  socket.end(`${lines.join('\r\n')}\r\n\r\n${message}`, () => socket.destroy());
}
