import * as v from 'valibot';
import { parseJson } from '../parse-json';
import type { DirectLineBackend, SessionResult } from './direct-line-backend';

export interface AzureDirectLineOptions {
  /** Direct Line's secret. It goes to `url` and nowhere else. */
  readonly secret: string;
  /** Where Azure's Direct Line is, without a slash at the end, for example `https://directline.botframework.com`. */
  readonly url: string;
  /** Origins of the pages that may use the tokens; Azure refuses all others. */
  readonly trustedOrigins: readonly string[];
  /** How long one call may take. */
  readonly timeoutMs: number;
}

const text = v.pipe(v.string(), v.minLength(1));
/** `tokens/generate` and `conversations/:id` answer with these; reconnecting does not always say how long the token lives. */
const TokenSchema = v.object({
  conversationId: text,
  token: text,
  expires_in: v.optional(v.pipe(v.number(), v.minValue(1)), 1_800),
});

/** Known of Azure: the secret names no person, and with that setting it wants one. */
const REFUSES_TO_RESUME =
  'Direct Line opens no conversation again with DIRECT_LINE_SECRET: switch Enhanced authentication off in the settings of its site';

/** Longest answer of Direct Line that is read, in UTF-16 code units. */
const MAX_ANSWER = 100_000;

/**
 * Conversations on Azure's Direct Line: the secret stays on this server, and a browser gets a token for one conversation. Protocol:
 * https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-direct-line-3-0-authentication
 */
export function buildAzureDirectLine(options: AzureDirectLineOptions): DirectLineBackend {
  const domain = `${options.url}/v3/directline`;

  async function call(method: 'GET' | 'POST', path: string, userId: string, body?: unknown): Promise<SessionResult> {
    let response: Response;
    let answer: string;
    try {
      response = await fetch(domain + path, {
        method,
        headers: {
          authorization: `Bearer ${options.secret}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        // A redirect would carry the secret to somebody else.
        redirect: 'error',
        signal: AbortSignal.timeout(options.timeoutMs),
      });
      answer = await response.text();
    } catch (error) {
      return unavailable(`Direct Line cannot be reached (${nameOf(error)})`);
    }
    if (response.status === 404 || response.status === 410) return { kind: 'gone' };
    if (method === 'GET' && response.status === 400) return { kind: 'gone', reason: REFUSES_TO_RESUME };
    if (response.status === 401 || response.status === 403) {
      return unavailable(`Direct Line refused DIRECT_LINE_SECRET with ${response.status}`);
    }
    if (!response.ok) return unavailable(`Direct Line answered ${response.status}`);
    const session = v.safeParse(TokenSchema, answer.length > MAX_ANSWER ? undefined : parseJson(answer));
    if (!session.success) return unavailable('Direct Line answered with something else than a token');
    const { conversationId, token, expires_in } = session.output;
    return {
      kind: 'session',
      session: { domain, token, conversationId, userId, expiresInSeconds: expires_in },
    };
  }

  return {
    async start(userId) {
      const result = await call('POST', '/tokens/generate', userId, {
        user: { id: userId },
        trustedOrigins: options.trustedOrigins,
      });
      // There is nothing yet that could be over.
      return result.kind === 'gone' ? unavailable('Direct Line is not at this address') : result;
    },
    async resume({ conversationId, userId }) {
      return call('GET', `/conversations/${encodeURIComponent(conversationId)}`, userId);
    },
  };
}

function unavailable(reason: string): SessionResult {
  return { kind: 'unavailable', reason };
}

/** The code of what went wrong, or the error's name: its message may hold the address with what is in it. */
function nameOf(error: unknown): string {
  const { name, cause } = error as { readonly name?: unknown; readonly cause?: { readonly code?: unknown } };
  return [cause?.code, name].find((one) => typeof one === 'string') ?? 'unknown error';
}
