import type { TurnContext } from 'botbuilder';
import type { Server } from 'restify';
import type { Config } from '../../config';
import type { Logger } from '../../log';
import type { Backplane } from '../backplane/backplane';
import { openConversationFile } from '../conversation-file';
import type { Storage } from '../storage/storage';
import type { DirectLineBackend } from '../web-chat/direct-line-backend';
import { createConversationTurns } from './conversation-turns';
import { createConversations } from './conversations';
import { DirectLineAdapter } from './direct-line-adapter';
import { buildEmbeddedBackend } from './embedded-backend';
import type { OriginPolicy } from './origin-policy';
import type { RequestLimits } from './request-limits';
import { mountRoutes } from './routes';
import { mountSocket } from './socket';
import { createTokens } from './tokens';

export interface DirectLineOptions {
  readonly config: Config;
  readonly log: Logger;
  readonly origins: OriginPolicy;
  readonly limits: RequestLimits;
  /** Signs the tokens. */
  readonly secret: string;
  /** File that keeps what was said over a restart; `undefined`: it lives in memory only. */
  readonly file: string | undefined;
  readonly storage: Storage;
  readonly backplane: Backplane;
  /** The bot's turn. Turns of one conversation never overlap. */
  readonly onTurn: (context: TurnContext) => Promise<void>;
  readonly onTurnError: (context: TurnContext, error: Error) => Promise<void>;
}

export interface DirectLine {
  /** Opens and reopens conversations for pages. */
  readonly backend: DirectLineBackend;
  /** How many conversations are held, and how many web sockets are open. */
  readonly counts: () => { readonly conversations: number; readonly sockets: number };
  /**
   * Refuses new messages, lets the turns in hand finish (at most `config.stopTimeoutMs`), then closes all sockets and saves what
   * was said.
   */
  close(): Promise<void>;
}

/** A page opens its socket at once. */
const STREAM_TOKEN_MS = 60_000;

/**
 * Serves the part of Direct Line 3.0 that Web Chat needs under `/v3/directline`, without leaving this process: a token opens
 * one conversation for one person and nothing else, and all conversations live in bounded memory.
 */
export async function mountDirectLine(server: Server, options: DirectLineOptions): Promise<DirectLine> {
  const { config, log, origins, limits, secret, file, onTurn, onTurnError } = options;
  const tokens = createTokens({ secret, lifeMs: config.webChatTokenMs });
  const streamTokens = createTokens({ secret, lifeMs: STREAM_TOKEN_MS, use: 'stream' });
  const conversations = createConversations({
    maxConversations: config.maxConversations,
    idleMs: config.conversationIdleMs,
    deletedMs: Math.max(config.conversationIdleMs, config.webChatTokenMs),
  });
  const saved = file === undefined ? undefined : await openConversationFile({ file, store: conversations, log });
  const adapter = new DirectLineAdapter(conversations, async () => {
    // The first may be one that is under way and has passed by what is new.
    await saved?.save();
    await saved?.save();
  });
  adapter.onTurnError = onTurnError;
  const turns = createConversationTurns((activity) => adapter.processActivity(activity, onTurn), log);
  const gate = { open: true };

  mountRoutes(server, {
    tokens,
    streamTokens,
    conversations,
    turns,
    gate,
    origins,
    limits,
    maxBodyBytes: config.maxBodyBytes,
    log,
  });
  const socket = mountSocket(server, { tokens: streamTokens, conversations, gate, origins, limits });

  return {
    backend: buildEmbeddedBackend({ tokens, conversations }),
    counts: () => ({ conversations: conversations.count, sockets: socket.count() }),
    async close() {
      gate.open = false;
      await turns.drain(config.stopTimeoutMs);
      await socket.close();
      await saved?.close();
    },
  };
}
