import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** Whom a token speaks for: one person in one conversation. */
export interface TokenClaims {
  readonly conversationId: string;
  readonly userId: string;
}

export type TokenCheck =
  | { readonly kind: 'valid'; readonly claims: TokenClaims }
  | { readonly kind: 'expired' }
  | { readonly kind: 'invalid' };

export interface Tokens {
  /** A token for `claims` that lives for the configured time from now on. */
  issue(claims: TokenClaims): { readonly token: string; readonly expiresInSeconds: number };
  /** Says whether a text is a token of ours. Never throws, whatever the text. */
  check(token: string): TokenCheck;
}

// Web Chat reads the `user` claim of a token with three parts and then knows which bubbles are the person's own.
const HEADER = Buffer.from('{"alg":"HS256","typ":"JWT"}').toString('base64url');
const MAX_TOKEN_LENGTH = 1_000;

/**
 * Issues and checks tokens signed with HMAC-SHA256. Without a secret a random one is made, so that all tokens end with the
 * process. `now` is the time in milliseconds since 1970.
 */
export function createTokens(options: {
  readonly secret: string | undefined;
  readonly lifeMs: number;
  readonly now?: () => number;
}): Tokens {
  const secret = options.secret ?? randomBytes(32);
  const now = options.now ?? Date.now;
  const sign = (signed: string): string => createHmac('sha256', secret).update(signed).digest('base64url');

  return {
    issue({ conversationId, userId }) {
      const claims = { conv: conversationId, user: userId, exp: Math.floor((now() + options.lifeMs) / 1_000) };
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
      const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as {
        conv: string;
        user: string;
        exp: number;
      };
      if (claims.exp * 1_000 <= now()) return { kind: 'expired' };
      return { kind: 'valid', claims: { conversationId: claims.conv, userId: claims.user } };
    },
  };
}

/** Claims for a conversation and a person that nobody can guess. */
export function newClaims(): TokenClaims {
  return {
    conversationId: randomBytes(16).toString('base64url'),
    // Direct Line's prefix for ids that only a token can carry.
    userId: `dl_${randomBytes(16).toString('base64url')}`,
  };
}
