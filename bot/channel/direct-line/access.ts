import type { Conversations, Found } from './conversations';
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

export type ConversationAccess =
  | { readonly ok: true; readonly claims: TokenClaims; readonly found: Found }
  | { readonly ok: false; readonly refusal: Refusal };

export type Access =
  | { readonly ok: true; readonly claims: TokenClaims }
  | { readonly ok: false; readonly refusal: Refusal };

/** After a storage that did not answer. */
const RETRY_SECONDS = 2;

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

/** Says whether a token is for the conversation `id`, be it there or not. */
export function checkTokenFor(tokens: Tokens, token: string | undefined, id: string | undefined): Access {
  const access = checkToken(tokens, token);
  if (!access.ok || id === access.claims.conversationId) return access;
  return refuse(403, 'BadArgument', 'The token is for another conversation');
}

/** Says whether the conversation that a token speaks for is there. Rejects where the storage does not work. */
export async function checkConversation(
  conversations: Pick<Conversations, 'find'>,
  access: Access,
): Promise<ConversationAccess> {
  if (!access.ok) return access;
  const found = await conversations.find(access.claims.conversationId);
  return found.state.kind === 'open' ? { ...access, found } : noConversation();
}

export function noConversation(): { ok: false; refusal: Refusal } {
  return refuse(404, 'BadArgument', 'The conversation does not exist or is over');
}

/** Says that the storage does not work, or that too many want the same at once. Clients try again. */
export function tryLater(): { ok: false; refusal: Refusal } {
  return refuse(503, 'ServiceUnavailable', 'The chat cannot be reached. Try again soon.', RETRY_SECONDS);
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
