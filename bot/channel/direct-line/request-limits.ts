import type { IncomingMessage } from 'node:http';
import type { Config } from '../../config';
import { buildRateLimit, type RateLimit } from '../backplane/rate-limit';
import { type Refusal, refuse } from './access';
import { clientAddress } from './client-address';

export type LimitCheck = { readonly ok: true } | { readonly ok: false; readonly refusal: Refusal };

/** How much one conversation and one address may ask for. Each is counted in a bucket of its own. */
export interface RequestLimits {
  /** A new conversation, or an attempt with a token that is none. */
  session(request: IncomingMessage): LimitCheck;
  /** A message. */
  post(request: IncomingMessage, conversationId: string): LimitCheck;
  /** Anything else that is done with a token. */
  read(conversationId: string): LimitCheck;
}

/** Told of every request that is refused: what it was for, and for whom it was one too many. */
export type OnLimited = (route: keyof RequestLimits, kind: 'address' | 'conversation') => void;

/** People behind one address who may write as fast as they can. */
const PEOPLE_AN_ADDRESS = 20;
/** Twenty a second: the client that polls fastest asks five times, in each of its tabs. */
const READS_PER_MINUTE = 1_200;

export function buildRequestLimits(
  config: Pick<Config, 'trustedProxies' | 'webChatSessionsPerMinute' | 'webChatMessagesPerMinute'>,
  onLimited: OnLimited = () => undefined,
): RequestLimits {
  const sessions = buildRateLimit(config.webChatSessionsPerMinute);
  const posts = buildRateLimit(config.webChatMessagesPerMinute);
  const postsOfAddress = buildRateLimit(config.webChatMessagesPerMinute * PEOPLE_AN_ADDRESS);
  const reads = buildRateLimit(READS_PER_MINUTE);
  const addressOf = (request: IncomingMessage): string => clientAddress(request, config.trustedProxies);
  const take = (route: keyof RequestLimits, kind: 'address' | 'conversation', limit: RateLimit, key: string) => {
    const checked = verdict(limit.take(key));
    if (!checked.ok) onLimited(route, kind);
    return checked;
  };
  return {
    session: (request) => take('session', 'address', sessions, addressOf(request)),
    post(request, conversationId) {
      const checked = take('post', 'conversation', posts, conversationId);
      return checked.ok ? take('post', 'address', postsOfAddress, addressOf(request)) : checked;
    },
    read: (conversationId) => take('read', 'conversation', reads, conversationId),
  };
}

function verdict(waitSeconds: number | undefined): LimitCheck {
  if (waitSeconds === undefined) return { ok: true };
  return refuse(429, 'LimitExceeded', `Too many requests. Try again in ${waitSeconds} s.`, waitSeconds);
}
