import type { Request, Response, Server } from 'restify';
import type { Logger } from '../../log';
import { bearerToken, checkToken, openConversation, type Refusal, refuse } from './access';
import { formatActivitySet, parseWatermark } from './activity-log';
import { type ConversationTurns, MAX_TURNS_IN_HAND } from './conversation-turns';
import type { Conversation, Conversations } from './conversations';
import { buildActivity, buildArrival, type IncomingActivity, parseIncomingActivity } from './incoming-activity';
import { readBody } from './request-body';
import { isSameOrigin, isSecure, requestHost } from './same-origin';
import { newClaims, type TokenClaims, type Tokens } from './tokens';
import { parseUpload } from './upload';

export interface RouteOptions {
  readonly tokens: Tokens;
  readonly conversations: Conversations;
  readonly turns: ConversationTurns;
  /** Closed while the server stops: what is under way goes on, nothing new begins. */
  readonly gate: { readonly open: boolean };
  readonly maxBodyBytes: number;
  readonly log: Logger;
}

type Answer =
  | { readonly ok: true; readonly status: 200 | 201; readonly json: string }
  | { readonly ok: false; readonly refusal: Refusal };

/** The HTTP half of Direct Line. Every refusal is a 4xx with Direct Line's error body; only a stopping server says 503. */
export function mountRoutes(server: Server, options: RouteOptions): void {
  const { tokens, conversations, turns, gate, maxBodyBytes, log } = options;
  const base = '/v3/directline';

  const route = (
    method: 'get' | 'post',
    path: string,
    handle: (request: Request) => Answer | Promise<Answer>,
  ): void => {
    server[method](`${base}${path}`, async (request: Request, response: Response) => {
      try {
        send(response, gate.open ? await handle(request) : refuse(503, 'ServiceUnavailable', 'The bot is stopping'));
      } catch (error) {
        log.error({ err: error, route: path }, 'a web chat request failed');
        send(response, refuse(400, 'BadArgument', 'The request cannot be served'));
      }
    });
  };
  const tokenOf = (request: Request): string | undefined => bearerToken(request.headers.authorization);
  const enter = (request: Request) =>
    openConversation(tokens, conversations, tokenOf(request), (request.params as { id?: string }).id);

  const accept = (conversation: Conversation, incoming: IncomingActivity): Answer => {
    if (!turns.hasRoom(conversation)) {
      return refuse(429, 'LimitExceeded', `${MAX_TURNS_IN_HAND} messages wait for an answer already`);
    }
    const activity = buildActivity(conversation, incoming);
    // Its own activity is how a client learns that it arrived; it stands before the bot's answer.
    if (activity.type === 'message' || activity.type === 'event') conversation.append(activity);
    conversations.touch(conversation);
    turns.run(conversation, activity);
    return ok(200, { id: activity.id });
  };

  route('post', '/tokens/generate', (request) => {
    if (!isSameOrigin(request)) return refuse(403, 'BadArgument', 'Only pages of this server may open a conversation');
    return ok(200, withToken(tokens, newClaims()));
  });

  route('post', '/tokens/refresh', (request) => {
    const access = checkToken(tokens, tokenOf(request));
    if (!access.ok) return access;
    const open = openConversation(tokens, conversations, tokenOf(request), access.claims.conversationId);
    return open.ok ? ok(200, withToken(tokens, open.claims)) : open;
  });

  route('post', '/conversations', (request) => {
    const access = checkToken(tokens, tokenOf(request));
    if (!access.ok) return access;
    const { conversationId, userId } = access.claims;
    const { conversation, isNew } = conversations.open(conversationId, userId);
    if (isNew) turns.run(conversation, buildArrival(conversation));
    return ok(isNew ? 201 : 200, withStream(request, tokens, access.claims, 0));
  });

  route('get', '/conversations/:id', (request) => {
    const open = enter(request);
    if (!open.ok) return open;
    return ok(200, withStream(request, tokens, open.claims, watermarkOf(request)));
  });

  route('get', '/conversations/:id/activities', (request) => {
    const open = enter(request);
    if (!open.ok) return open;
    return { ok: true, status: 200, json: formatActivitySet(open.conversation.since(watermarkOf(request))) };
  });

  route('post', '/conversations/:id/activities', async (request) => {
    const open = enter(request);
    if (!open.ok) return open;
    const body = await readBody(request, maxBodyBytes);
    if (body.kind !== 'body') return tooLarge(request, maxBodyBytes);
    const incoming = parseIncomingActivity(parseJson(body.bytes));
    if (!incoming.ok) return refuse(400, 'BadArgument', incoming.message);
    return accept(open.conversation, incoming.activity);
  });

  route('post', '/conversations/:id/upload', async (request) => {
    const open = enter(request);
    if (!open.ok) return open;
    const body = await readBody(request, maxBodyBytes);
    if (body.kind !== 'body') return tooLarge(request, maxBodyBytes);
    return accept(open.conversation, await parseUpload(request.headers['content-type'], body.bytes));
  });
}

function ok(status: 200 | 201, value: unknown): Answer {
  return { ok: true, status, json: JSON.stringify(value) };
}

function tooLarge(request: Request, maxBodyBytes: number): Answer {
  // Read on and thrown away: a client that is still writing would otherwise see a reset connection, not this answer.
  request.resume();
  return refuse(413, 'MessageSizeTooBig', `At most ${maxBodyBytes} bytes are taken`);
}

function withToken(tokens: Tokens, claims: TokenClaims) {
  const { token, expiresInSeconds } = tokens.issue(claims);
  return { conversationId: claims.conversationId, token, expires_in: expiresInSeconds };
}

function withStream(request: Request, tokens: Tokens, claims: TokenClaims, watermark: number) {
  const answer = withToken(tokens, claims);
  const origin = `${isSecure(request) ? 'wss' : 'ws'}://${requestHost(request) ?? 'localhost'}`;
  const path = `/v3/directline/conversations/${encodeURIComponent(claims.conversationId)}/stream`;
  return { ...answer, streamUrl: `${origin}${path}?watermark=${watermark}&t=${answer.token}` };
}

function watermarkOf(request: Request): number {
  return parseWatermark(new URLSearchParams(request.url?.split('?')[1]).get('watermark'));
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}

function send(response: Response, answer: Answer): void {
  // Plain Node, because restify's send() picks another format for a client that does not accept JSON.
  if (response.headersSent || response.writableEnded) return;
  const [status, json] = answer.ok
    ? [answer.status, answer.json]
    : [
        answer.refusal.status,
        JSON.stringify({ error: { code: answer.refusal.code, message: answer.refusal.message } }),
      ];
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': String(Buffer.byteLength(json)),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...(status === 429 ? { 'retry-after': '1' } : {}),
    ...(status === 413 ? { connection: 'close' } : {}),
  });
  response.end(json);
}
