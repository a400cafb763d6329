import { setTimeout as delay } from 'node:timers/promises';
import type { TurnContext } from 'botbuilder';
import type { Request, Response, Server } from 'restify';
import type { Config } from '../config';
import type { Logger } from '../log';
import type { ReportingAdapter } from './adapter';
import type { Backplane } from './backplane/backplane';
import { buildRateLimit } from './backplane/rate-limit';
import type { OriginPolicy } from './direct-line/origin-policy';
import { readBody } from './direct-line/request-body';
import { type Fault, sendFault, sendJson } from './json-response';
import { buildMessageLimits } from './message-limits';
import type { Metrics } from './observability/metrics';
import { type Traces, traceRequest, turnWithin } from './observability/traces';
import { parseActivity } from './parse-activity';
import { parseJson } from './parse-json';
import { isLoopbackServiceUrl } from './service-url';

export interface MessagesRouteOptions {
  readonly config: Pick<Config, 'credentials' | 'maxBodyBytes' | 'messagesPerMinute' | 'trustedProxies'>;
  readonly adapter: ReportingAdapter;
  readonly backplane: Pick<Backplane, 'rateLimit'>;
  readonly metrics: Pick<Metrics, 'rateLimited'>;
  readonly origins: Pick<OriginPolicy, 'isOurHost'>;
  readonly onTurn: (context: TurnContext) => Promise<void>;
  readonly traces: Traces;
  readonly log: Logger;
}

const JSON_TYPE = /^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i;

/** How many refused floods are logged a minute. */
const FLOOD_LINES_PER_MINUTE = 10;
/** How long a refusal of a flood is held back. */
const HOLD_MS = 500;
/** How many are held back at once; more are answered at once. */
const MAX_HELD = 1_000;

type Body = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly fault: Fault };

/**
 * Serves `POST /api/messages`, where channels and the Emulator deliver activities. Whatever is wrong with a request is a 4xx;
 * a 429 says when to come again; a 5xx is ours: 501 for an invoke that nobody handles, 502 where the channel did not take the reply,
 * so that it delivers the activity again, 503 where tokens cannot be checked for want of the issuer's keys.
 */
export function mountMessages(server: Server, options: MessagesRouteOptions): void {
  const { config, adapter, backplane, metrics, origins, onTurn, traces, log } = options;
  const limits = buildMessageLimits(config, backplane, (kind) => metrics.rateLimited('messages', kind));
  const floodLines = buildRateLimit(FLOOD_LINES_PER_MINUTE);
  const refuse = (response: Response, fault: Fault): void => {
    log.warn({ status: fault.status, fault: fault.message }, 'request refused');
    sendFault(response, fault);
  };
  let held = 0;
  /** Who floods the bot shall not flood the log, and who sends again as soon as he has his answer waits for it. */
  const refuseFlood = async (response: Response, retryAfterSeconds: number): Promise<void> => {
    if (held < MAX_HELD) {
      held += 1;
      await delay(HOLD_MS);
      held -= 1;
    }
    const message = `Too many requests. Try again in ${retryAfterSeconds} s.`;
    const fault: Fault = { status: 429, code: 'TooManyRequests', message, retryAfterSeconds };
    if (floodLines.take('') === undefined) refuse(response, fault);
    else sendFault(response, fault);
  };

  server.post('/api/messages', async (request: Request, response: Response) => {
    const span = traceRequest(traces, '/api/messages', request, response);
    // A page of any site can be told that its own name stands for this machine, and needs no token here.
    if (config.credentials.kind === 'none' && !origins.isOurHost(request)) {
      const message = 'Without credentials this bot hears only what is sent to its own machine by name.';
      return refuse(response, { status: 403, code: 'Forbidden', message });
    }
    const body = await readJson(request, config.maxBodyBytes);
    if (!body.ok) return refuse(response, body.fault);
    const parsed = parseActivity(body.value);
    if (!parsed.ok)
      return refuse(response, { status: 400, code: 'BadRequest', message: `Not an activity: ${parsed.fault}` });
    // Anybody may call a bot without credentials, so it must not be made to call anybody.
    if (config.credentials.kind === 'none' && !isLoopbackServiceUrl(parsed.activity.serviceUrl)) {
      const message = 'Without credentials this bot replies to a serviceUrl on its own machine only.';
      return refuse(response, { status: 403, code: 'Forbidden', message });
    }
    const received = await adapter.receive(
      request.headers.authorization ?? '',
      parsed.activity,
      turnWithin(span, onTurn),
      () => limits.activity(parsed.activity),
    );
    switch (received.kind) {
      case 'too-many':
        return refuseFlood(response, received.retryAfterSeconds);
      case 'unauthorised': {
        const waitSeconds = await limits.failedToken(request);
        if (waitSeconds !== undefined) return refuseFlood(response, waitSeconds);
        return refuse(response, {
          status: 401,
          code: 'Unauthorized',
          message: 'A valid Bot Framework token is needed.',
        });
      }
      case 'unchecked':
        log.error({ err: received.error }, 'tokens cannot be checked: the keys to check them with cannot be had');
        return sendFault(response, { status: 503, code: 'ServiceUnavailable', message: 'Try again later.' });
      case 'undelivered':
        return sendFault(response, { status: 502, code: 'BadGateway', message: 'The reply could not be delivered.' });
      case 'done':
        return sendJson(response, received.response?.status ?? 200, received.response?.body);
    }
  });
}

async function readJson(request: Request, maxBytes: number): Promise<Body> {
  const bad = (status: Fault['status'], code: string, message: string): Body => ({
    ok: false,
    fault: { status, code, message },
  });
  if (!JSON_TYPE.test(request.headers['content-type'] ?? '')) {
    return bad(415, 'UnsupportedMediaType', 'Content-Type application/json is needed.');
  }
  const encoding = request.headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity') {
    return bad(415, 'UnsupportedMediaType', 'Compressed bodies are not taken.');
  }
  const body = await readBody(request, maxBytes);
  if (body.kind === 'too-large') {
    // Read on and thrown away: a client that is still writing would otherwise see a reset connection, not this answer.
    request.resume();
    return bad(413, 'PayloadTooLarge', `At most ${maxBytes} bytes are taken.`);
  }
  if (body.kind === 'aborted') return bad(400, 'RequestAborted', 'The request ended too early.');
  const value = parseJson(body.bytes);
  return value === undefined
    ? bad(400, 'InvalidContent', 'The body is not JSON, or nested too deep.')
    : { ok: true, value };
}
