import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import * as v from 'valibot';

/** Whom a token speaks for: one person in one conversation. */
export interface TokenClaims {
  readonly conversationId: string;
  readonly userId: string;
}

/** What a token is good for: it is worth nothing anywhere else. */
export type TokenUse =
  /** The client's own, for every request. */
  | 'access'
  /** One web socket, for it stands in an address. */
  | 'stream'
  /** Getting a new access token when a page is opened again. */
  | 'resume';

export type TokenCheck =
  | { readonly kind: 'valid'; readonly claims: TokenClaims }
  | { readonly kind: 'expired' }
  | { readonly kind: 'invalid' };

export interface Tokens {
  /** A token for `claims` that lives for the configured time from now on. */
  issue(claims: TokenClaims): { readonly token: string; readonly expiresInSeconds: number };
  /** Says whether a text is a token of ours, and of this use. Never throws, whatever the text. */
  check(token: string): TokenCheck;
}

// Web Chat reads the `user` claim of a token with three parts and then knows which bubbles are the person's own.
const HEADER = Buffer.from('{"alg":"HS256","typ":"JWT"}').toString('base64url');
const MAX_TOKEN_LENGTH = 1_000;

const PayloadSchema = v.object({ use: v.string(), conv: v.string(), user: v.string(), exp: v.number() });

/**
 * Issues and checks tokens of one use (default: `access`), signed with HMAC-SHA256. `now` is the time in milliseconds since 1970.
 */
export function createTokens(options: {
  readonly secret: string;
  readonly lifeMs: number;
  readonly use?: TokenUse;
  readonly now?: () => number;
}): Tokens {
  const { secret, use = 'access', now = Date.now } = options;
  const sign = (signed: string): string => createHmac('sha256', secret).update(signed).digest('base64url');

  return {
    issue({ conversationId, userId }) {
      const claims = { use, conv: conversationId, user: userId, exp: Math.floor((now() + options.lifeMs) / 1_000) };
      const signed = `${HEADER}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}`;
      return { token: `${signed}.${sign(signed)}`, expiresInSeconds: Math.floor(options.lifeMs / 1_000) };
    },

    check(token) {
      if (token.length > MAX_TOKEN_LENGTH) return { kind: 'invalid' };
      const [header, payload, signature, ...rest] = token.split('.');
      if (header !== HEADER || !payload || !signature || rest.length > 0) return { kind: 'invalid' };
      // The texts are compared, not the bytes they stand for: several base64url texts stand for the same bytes.
      const given = Buffer.from(signature);
      const expected = Buffer.from(sign(`${header}.${payload}`));
      if (given.length !== expected.length || !timingSafeEqual(given, expected)) return { kind: 'invalid' };
      const claims = readPayload(payload);
      if (claims?.use !== use) return { kind: 'invalid' };
      if (claims.exp * 1_000 <= now()) return { kind: 'expired' };
      return { kind: 'valid', claims: { conversationId: claims.conv, userId: claims.user } };
    },
  };
}

/** `undefined` for what somebody else has signed with the same secret. */
function readPayload(payload: string): v.InferOutput<typeof PayloadSchema> | undefined {
  try {
    return v.parse(PayloadSchema, JSON.parse(Buffer.from(payload, 'base64url').toString()));
  } catch {
    return undefined;
  }
}

/** Claims for a conversation that nobody can guess. */
export function newClaims(userId = newUserId()): TokenClaims {
  return { conversationId: randomBytes(16).toString('base64url'), userId };
}

/** The id of a person, which nobody can guess. */
export function newUserId(): string {
  // Direct Line's prefix for ids that only a token can carry.
  return `dl_${randomBytes(16).toString('base64url')}`;
}
