import type { TurnContext } from 'botbuilder';
import type { Server } from 'restify';
import type { Config } from '../../config';
import type { Logger } from '../../log';
import { createConversationTurns } from './conversation-turns';
import { createConversations } from './conversations';
import { DirectLineAdapter } from './direct-line-adapter';
import { mountRoutes } from './routes';
import { mountSocket } from './socket';
import { createTokens } from './tokens';

export interface DirectLineOptions {
  readonly config: Config;
  readonly log: Logger;
  /** The bot's turn. Turns of one conversation never overlap. */
  readonly onTurn: (context: TurnContext) => Promise<void>;
  readonly onTurnError: (context: TurnContext, error: Error) => Promise<void>;
}

export interface DirectLine {
  /** Refuses new messages, lets the turns in hand finish (at most `config.stopTimeoutMs`), then closes all sockets. */
  close(): Promise<void>;
}

/**
 * Serves the part of Direct Line 3.0 that Web Chat needs under `/v3/directline`, without leaving this process: a token opens
 * one conversation for one person and nothing else, and all conversations live in bounded memory.
 */
export function mountDirectLine(server: Server, { config, log, onTurn, onTurnError }: DirectLineOptions): DirectLine {
  const tokens = createTokens({ secret: config.webChatSecret, lifeMs: config.webChatTokenMs });
  const conversations = createConversations({
    maxConversations: config.maxConversations,
    idleMs: config.conversationIdleMs,
  });
  const adapter = new DirectLineAdapter(conversations);
  adapter.onTurnError = onTurnError;
  const turns = createConversationTurns((activity) => adapter.processActivity(activity, onTurn), log);
  const gate = { open: true };

  mountRoutes(server, { tokens, conversations, turns, gate, maxBodyBytes: config.maxBodyBytes, log });
  const socket = mountSocket(server, { tokens, conversations, gate });

  return {
    async close() {
      gate.open = false;
      await turns.drain(config.stopTimeoutMs);
      await socket.close();
    },
  };
}
