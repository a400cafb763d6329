import type { TurnContext } from 'botbuilder';
import type { Server } from 'restify';
import type { Config } from '../../config';
import type { Logger } from '../../log';
import type { Backplane } from '../backplane/backplane';
import type { Storage } from '../storage/storage';
import type { DirectLineBackend } from '../web-chat/direct-line-backend';
import { buildConversationBus } from './conversation-bus';
import { buildConversations } from './conversations';
import { DirectLineAdapter } from './direct-line-adapter';
import { buildEmbeddedBackend } from './embedded-backend';
import { createInbox } from './inbox';
import { buildListeners } from './listeners';
import type { OriginPolicy } from './origin-policy';
import type { RequestLimits } from './request-limits';
import { mountRoutes } from './routes';
import { mountSocket } from './socket';
import { tellFaults } from './storage-fault';
import { createTokens } from './tokens';

export interface DirectLineOptions {
  readonly config: Config;
  readonly log: Logger;
  readonly origins: OriginPolicy;
  readonly limits: RequestLimits;
  /** Signs the tokens. */
  readonly secret: string;
  /** Keeps what was said, and what waits for an answer. A turn that rejects with a StorageFault is run again later. */
  readonly storage: Storage;
  /** Shared with all processes that serve the same storage. */
  readonly backplane: Backplane;
  /** How often it is looked for activities that nobody answers; default: 3 s. */
  readonly sweepMs?: number;
  /** The bot's turn. Turns of one conversation never overlap. */
  readonly onTurn: (context: TurnContext) => Promise<void>;
  readonly onTurnError: (context: TurnContext, error: Error) => Promise<void>;
}

export interface DirectLine {
  /** Opens and reopens conversations for pages. */
  readonly backend: DirectLineBackend;
  /** How many conversations are open on a page, and how many web sockets, here. */
  readonly counts: () => { readonly conversations: number; readonly sockets: number };
  /**
   * Refuses new messages, lets the turns in hand finish (at most `config.stopTimeoutMs`), then closes all sockets. What waits still
   * is answered after the next start, where the storage outlives the process.
   */
  close(): Promise<void>;
}

/** A page opens its socket at once. */
const STREAM_TOKEN_MS = 60_000;

/** A page that is opened again shows no more tabs than that at once; the oldest gives way. */
export const MAX_SOCKETS_PER_CONVERSATION = 5;
const SWEEP_MS = 3_000;

/**
 * Serves the part of Direct Line 3.0 that Web Chat needs under `/v3/directline`: a token opens one conversation for one person and
 * nothing else. All that is known of a conversation is in the storage, so that any process that shares it can serve any request, and
 * whatever was acknowledged is answered once, also by a process that starts after another was killed.
 */
export function mountDirectLine(server: Server, options: DirectLineOptions): DirectLine {
  const { config, log, origins, limits, secret, backplane, onTurn, onTurnError } = options;
  const storage = tellFaults(options.storage, options.log);
  const tokens = createTokens({ secret, lifeMs: config.webChatTokenMs });
  const streamTokens = createTokens({ secret, lifeMs: STREAM_TOKEN_MS, use: 'stream' });
  const idleMs = config.conversationIdleMs;
  const deletedMs = Math.max(idleMs, config.webChatTokenMs);
  const bus = buildConversationBus(backplane);
  const conversations = buildConversations({ storage, bus, idleMs });
  const adapter = new DirectLineAdapter(conversations, bus, onTurnError);
  const inbox = createInbox({
    storage,
    backplane,
    bus,
    log,
    idleMs,
    deletedMs,
    runTurn: (turn, activity, failed) =>
      adapter.runTurn(turn, activity, failed === undefined ? onTurn : () => Promise.reject(failed)),
  });
  const listeners = buildListeners({ storage, bus, log, idleMs, maxPerConversation: MAX_SOCKETS_PER_CONVERSATION });
  const gate = { open: true };

  mountRoutes(server, {
    tokens,
    streamTokens,
    conversations,
    storage,
    inbox,
    gate,
    origins,
    limits,
    maxBodyBytes: config.maxBodyBytes,
    log,
  });
  const socket = mountSocket(server, { tokens: streamTokens, conversations, listeners, log, gate, origins, limits });
  void inbox.sweep();
  const sweeping = setInterval(() => void inbox.sweep(), options.sweepMs ?? SWEEP_MS).unref();

  return {
    backend: buildEmbeddedBackend({ tokens, conversations }),
    counts: () => ({ conversations: listeners.count(), sockets: socket.count() }),
    async close() {
      gate.open = false;
      clearInterval(sweeping);
      await inbox.drain(config.stopTimeoutMs);
      await socket.close();
      listeners.close();
    },
  };
}
