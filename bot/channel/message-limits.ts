import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Activity } from 'botbuilder';
import type { Config } from '../config';
import type { Backplane } from './backplane/backplane';
import { clientAddress } from './direct-line/client-address';

/** How much may come to `/api/messages`. Each says after how many seconds there is room again; `undefined` where there is room now. */
export interface MessageLimits {
  /** Counts an activity of a caller with a valid token, for its conversation and for its user. */
  activity(activity: Pick<Activity, 'channelId' | 'conversation' | 'from'>): Promise<number | undefined>;
  /** Counts a request without a valid token for its address. */
  failedToken(request: IncomingMessage): Promise<number | undefined>;
}

/** A person in several conversations at once. */
const CONVERSATIONS_A_USER = 2;
const FAILED_TOKENS_PER_MINUTE = 20;

/**
 * The limits of `/api/messages`, shared by all processes. Failed tokens are counted only after they were checked: an address that
 * sends bad ones may be a proxy's, behind which the channels are, and what comes with a valid token is never refused for that.
 * `onLimited` is told of each that is refused.
 */
export function buildMessageLimits(
  { messagesPerMinute, trustedProxies }: Pick<Config, 'messagesPerMinute' | 'trustedProxies'>,
  { rateLimit }: Pick<Backplane, 'rateLimit'>,
  onLimited: (kind: 'address' | 'conversation' | 'user') => void,
): MessageLimits {
  const conversations = rateLimit('conversation', messagesPerMinute);
  const users = rateLimit('user', messagesPerMinute * CONVERSATIONS_A_USER);
  const failedTokens = rateLimit('failed-token', FAILED_TOKENS_PER_MINUTE);
  return {
    async activity({ channelId, conversation, from }) {
      const user = from?.id;
      const [conversationSeconds = 0, userSeconds = 0] = await Promise.all([
        conversations.take(keyOf(channelId, conversation.id)),
        user ? users.take(keyOf(channelId, user)) : undefined,
      ]);
      if (conversationSeconds > 0) onLimited('conversation');
      else if (userSeconds > 0) onLimited('user');
      return Math.max(conversationSeconds, userSeconds) || undefined;
    },
    async failedToken(request) {
      const seconds = await failedTokens.take(clientAddress(request, trustedProxies));
      if (seconds !== undefined) onLimited('address');
      return seconds;
    },
  };
}

/** Short however long the ids are, and not telling who it is. */
function keyOf(channelId: string, id: string): string {
  return createHash('sha256')
    .update(JSON.stringify([channelId, id]))
    .digest('base64url');
}
