import type { Request, Server } from 'restify';
import * as v from 'valibot';
import type { Config } from '../../config';
import { refuse } from '../direct-line/access';
import { type Answer, type AnsweringOptions, mountAnswer, ok } from '../direct-line/answer';
import { readBody } from '../direct-line/request-body';
import type { RequestLimits } from '../direct-line/request-limits';
import { tooLarge } from '../direct-line/routes';
import { createTokens, newUserId } from '../direct-line/tokens';
import { parseJson } from '../parse-json';
import type { DirectLineBackend, SessionResult } from './direct-line-backend';

export interface SessionRouteOptions extends AnsweringOptions {
  readonly config: Pick<Config, 'conversationIdleMs'>;
  readonly backend: DirectLineBackend;
  readonly limits: RequestLimits;
  /** Signs the resume tokens. */
  readonly secret: string;
}

const MAX_BODY_BYTES = 4_096;
const RETRY_SECONDS = 5;
const BodySchema = v.object({ resume: v.nullish(v.string()) });

/**
 * Serves `POST /web-chat/session`, where a page gets a conversation: a new one for `{}`, its own again for `{"resume": token}`. The
 * answer names the service, a token for it, and a fresh resume token that lives as long as an idle conversation does. 410 says that
 * the conversation is over.
 */
export function mountSessionRoute(server: Server, options: SessionRouteOptions): void {
  const { backend, limits, log } = options;
  const tokens = createTokens({
    secret: options.secret,
    lifeMs: options.config.conversationIdleMs,
    use: 'resume',
  });

  const answer = (result: SessionResult, resumed: boolean): Answer => {
    switch (result.kind) {
      case 'session': {
        const { expiresInSeconds, ...session } = result.session;
        return ok(200, { ...session, expiresIn: expiresInSeconds, resume: tokens.issue(session).token, resumed });
      }
      case 'gone':
        if (result.reason !== undefined) log.warn({ reason: result.reason }, 'a page begins a new conversation');
        return refuse(410, 'ConversationOver', 'The conversation is over');
      case 'unavailable':
        log.warn({ reason: result.reason }, 'no session for a page: the Direct Line service is not there');
        return refuse(503, 'ServiceUnavailable', 'The chat cannot be reached. Try again soon.', RETRY_SECONDS);
    }
  };

  const start = async (request: Request): Promise<Answer> => {
    const limit = await limits.session(request);
    return limit.ok ? answer(await backend.start(newUserId()), false) : limit;
  };

  const resume = async (request: Request, token: string): Promise<Answer> => {
    const check = tokens.check(token);
    // After a restart a whole company comes back at once: those who were here are counted one by one.
    const limit = await (check.kind === 'valid' ? limits.read(check.claims.conversationId) : limits.session(request));
    if (!limit.ok) return limit;
    return check.kind === 'valid' ? answer(await backend.resume(check.claims), true) : answer({ kind: 'gone' }, true);
  };

  mountAnswer(
    server,
    '/web-chat/session',
    {
      post: async (request) => {
        const body = await readBody(request, MAX_BODY_BYTES);
        if (body.kind !== 'body') return tooLarge(request, MAX_BODY_BYTES);
        const parsed = v.safeParse(BodySchema, body.bytes.length === 0 ? {} : parseJson(body.bytes));
        if (!parsed.success) return refuse(400, 'BadArgument', 'JSON such as {} or {"resume": "…"} is needed');
        const { resume: token } = parsed.output;
        return token ? resume(request, token) : start(request);
      },
    },
    options,
  );
}
