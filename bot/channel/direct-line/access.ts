import type { Conversation } from './conversation';
import type { Conversations } from './conversations';
import type { TokenClaims, Tokens } from './tokens';

/** Why a client may not do what it asked for. */
export interface Refusal {
  readonly status: 400 | 401 | 403 | 404 | 410 | 413 | 429 | 503;
  /** Direct Line's own word for it. */
  readonly code: string;
  readonly message: string;
  /** For 429 and 503: after how many seconds it is worth trying again; default: 1. */
  readonly retryAfterSeconds?: number;
}

export type Access =
  | { readonly ok: true; readonly claims: TokenClaims }
  | { readonly ok: false; readonly refusal: Refusal };

export type ConversationAccess =
  | { readonly ok: true; readonly claims: TokenClaims; readonly conversation: Conversation }
  | { readonly ok: false; readonly refusal: Refusal };

/** Says whom a token speaks for. */
export function checkToken(tokens: Tokens, token: string | undefined): Access {
  const check = token ? tokens.check(token) : ({ kind: 'invalid' } as const);
  switch (check.kind) {
    case 'valid':
      return { ok: true, claims: check.claims };
    case 'expired':
      return refuse(403, 'TokenExpired', 'The token has expired');
    case 'invalid':
      return refuse(401, 'Unauthorized', 'A valid token is needed');
  }
}

/** Says whether a token opens the conversation `id`, which must exist. */
export function openConversation(
  tokens: Tokens,
  conversations: Conversations,
  token: string | undefined,
  id: string | undefined,
): ConversationAccess {
  const access = checkToken(tokens, token);
  if (!access.ok) return access;
  if (id !== access.claims.conversationId) return refuse(403, 'BadArgument', 'The token is for another conversation');
  const conversation = conversations.get(id);
  if (!conversation) return refuse(404, 'BadArgument', 'The conversation does not exist or is over');
  return { ok: true, claims: access.claims, conversation };
}

/** The token of an Authorization header; `undefined` for any other scheme. */
export function bearerToken(header: string | undefined): string | undefined {
  return header?.match(/^Bearer +(\S+)$/i)?.[1];
}

export function refuse(
  status: Refusal['status'],
  code: string,
  message: string,
  retryAfterSeconds?: number,
): { ok: false; refusal: Refusal } {
  return {
    ok: false,
    refusal: { status, code, message, ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }) },
  };
}
