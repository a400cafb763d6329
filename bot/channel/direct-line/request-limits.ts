import type { IncomingMessage } from 'node:http';
import type { Config } from '../../config';
import type { Backplane, SharedRateLimit } from '../backplane/backplane';
import { type Refusal, refuse } from './access';
import { clientAddress } from './client-address';

export type LimitCheck = { readonly ok: true } | { readonly ok: false; readonly refusal: Refusal };

/** How much one conversation and one address may ask for, of all processes together. Each is counted in a bucket of its own. Never rejects. */
export interface RequestLimits {
  /** A new conversation, or an attempt with a token that is none. */
  session(request: IncomingMessage): Promise<LimitCheck>;
  /** A message. */
  post(request: IncomingMessage, conversationId: string): Promise<LimitCheck>;
  /** Anything else that is done with a token. */
  read(conversationId: string): Promise<LimitCheck>;
}

/** Told of every request that is refused: what it was for, and for whom it was one too many. */
export type OnLimited = (route: keyof RequestLimits, kind: 'address' | 'conversation') => void;

/** People behind one address who may write as fast as they can. */
const PEOPLE_AN_ADDRESS = 20;
/** Twenty a second: the client that polls fastest asks five times, in each of its tabs. */
const READS_PER_MINUTE = 1_200;

export function buildRequestLimits(
  config: Pick<Config, 'trustedProxies' | 'webChatSessionsPerMinute' | 'webChatMessagesPerMinute'>,
  backplane: Pick<Backplane, 'rateLimit'>,
  onLimited: OnLimited = () => undefined,
): RequestLimits {
  const sessions = backplane.rateLimit('web-chat-sessions', config.webChatSessionsPerMinute);
  const posts = backplane.rateLimit('web-chat-posts', config.webChatMessagesPerMinute);
  const postsOfAddress = backplane.rateLimit(
    'web-chat-posts-of-address',
    config.webChatMessagesPerMinute * PEOPLE_AN_ADDRESS,
  );
  const reads = backplane.rateLimit('web-chat-reads', READS_PER_MINUTE);
  const addressOf = (request: IncomingMessage): string => clientAddress(request, config.trustedProxies);
  const take = async (
    route: keyof RequestLimits,
    kind: 'address' | 'conversation',
    limit: SharedRateLimit,
    key: string,
  ): Promise<LimitCheck> => {
    const checked = verdict(await limit.take(key));
    if (!checked.ok) onLimited(route, kind);
    return checked;
  };
  return {
    session: (request) => take('session', 'address', sessions, addressOf(request)),
    // One after the other: who asks too much is not counted against all behind the same address.
    async post(request, conversationId) {
      const checked = await take('post', 'conversation', posts, conversationId);
      return checked.ok ? take('post', 'address', postsOfAddress, addressOf(request)) : checked;
    },
    read: (conversationId) => take('read', 'conversation', reads, conversationId),
  };
}

function verdict(waitSeconds: number | undefined): LimitCheck {
  if (waitSeconds === undefined) return { ok: true };
  return refuse(429, 'LimitExceeded', `Too many requests. Try again in ${waitSeconds} s.`, waitSeconds);
}
