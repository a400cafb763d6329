import type { DirectLineBackend, SessionResult } from '../web-chat/direct-line-backend';
import type { Conversations } from './conversations';
import { DIRECT_LINE_PATH } from './routes';
import { newClaims, type TokenClaims, type Tokens } from './tokens';

/**
 * Sessions of our own Direct Line. A new conversation begins when the client starts it, so an opened page that nobody looks at takes
 * no room; one is resumed as long as it is remembered.
 */
export function buildEmbeddedBackend(parts: {
  readonly tokens: Tokens;
  readonly conversations: Pick<Conversations, 'find'>;
}): DirectLineBackend {
  const sessionFor = (claims: TokenClaims): SessionResult => ({
    kind: 'session',
    session: { domain: DIRECT_LINE_PATH, ...claims, ...parts.tokens.issue(claims) },
  });
  return {
    start: async (userId) => sessionFor(newClaims(userId)),
    async resume(claims) {
      try {
        const { state } = await parts.conversations.find(claims.conversationId);
        const isTheirs = state.kind === 'open' && state.conversation.userId === claims.userId;
        return isTheirs ? sessionFor(claims) : { kind: 'gone' };
      } catch {
        return { kind: 'unavailable', reason: 'the storage does not work' };
      }
    },
  };
}
