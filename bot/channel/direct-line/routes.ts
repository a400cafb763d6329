import type { Request, Server } from 'restify';
import { parseJson } from '../parse-json';
import { bearerToken, checkToken, openConversation, refuse } from './access';
import { formatActivitySet, parseWatermark } from './activity-log';
import { type Answer, type AnsweringOptions, mountAnswer, ok } from './answer';
import type { Conversation } from './conversation';
import { type ConversationTurns, MAX_TURNS_IN_HAND } from './conversation-turns';
import type { Conversations } from './conversations';
import { buildActivity, buildArrival, type IncomingActivity, parseIncomingActivity } from './incoming-activity';
import { readBody } from './request-body';
import type { RequestLimits } from './request-limits';
import { newClaims, type TokenClaims, type Tokens } from './tokens';
import { parseUpload } from './upload';

export interface RouteOptions extends AnsweringOptions {
  readonly tokens: Tokens;
  /** Those that open a web socket. */
  readonly streamTokens: Tokens;
  readonly conversations: Conversations;
  readonly turns: ConversationTurns;
  readonly limits: RequestLimits;
  readonly maxBodyBytes: number;
}

/** Where Direct Line is on this server. */
export const DIRECT_LINE_PATH = '/v3/directline';

/** A client's mark on a message that is longer is not one that clients make. */
const MAX_MARK_LENGTH = 100;

/** The HTTP half of Direct Line. Every refusal is a 4xx with Direct Line's error body; only a stopping server says 503. */
export function mountRoutes(server: Server, options: RouteOptions): void {
  const { tokens, conversations, turns, limits, maxBodyBytes } = options;

  const route = (path: string, handlers: Parameters<typeof mountAnswer>[2]): void =>
    mountAnswer(server, `${DIRECT_LINE_PATH}${path}`, handlers, options);
  const tokenOf = (request: Request): string | undefined => bearerToken(request.headers.authorization);
  const enter = (request: Request) =>
    openConversation(tokens, conversations, tokenOf(request), (request.params as { id?: string }).id);
  const enterToRead = (request: Request) => {
    const open = enter(request);
    if (!open.ok) return open;
    const limit = limits.read(open.claims.conversationId);
    return limit.ok ? open : limit;
  };
  const enterToPost = (request: Request) => {
    const open = enter(request);
    if (!open.ok) return open;
    const limit = limits.post(request, open.claims.conversationId);
    return limit.ok ? open : limit;
  };
  const withStream = (request: Request, claims: TokenClaims, watermark: number) => {
    const origin = options.origins.serverOrigin(request).replace(/^http/, 'ws');
    const path = `${DIRECT_LINE_PATH}/conversations/${encodeURIComponent(claims.conversationId)}/stream`;
    const { token } = options.streamTokens.issue(claims);
    return { ...withToken(tokens, claims), streamUrl: `${origin}${path}?watermark=${watermark}&t=${token}` };
  };

  const accept = (conversation: Conversation, incoming: IncomingActivity): Answer => {
    const mark = markOf(incoming);
    // A client that got no answer sends the same again.
    const earlier = mark === undefined ? undefined : conversation.idOf(mark);
    if (earlier !== undefined) return ok(200, { id: earlier });
    if (!turns.hasRoom(conversation)) {
      return refuse(429, 'LimitExceeded', `${MAX_TURNS_IN_HAND} messages wait for an answer already`);
    }
    const activity = buildActivity(conversation, incoming);
    if (mark !== undefined) conversation.mark(mark, activity.id!);
    // Its own activity is how a client learns that it arrived; it stands before the bot's answer.
    if (activity.type === 'message' || activity.type === 'event') conversation.append(activity);
    conversations.touch(conversation);
    turns.run(conversation, activity);
    return ok(200, { id: activity.id });
  };

  route('/tokens/generate', {
    post: (request) => {
      const limit = limits.session(request);
      return limit.ok ? ok(200, withToken(tokens, newClaims())) : limit;
    },
  });

  route('/tokens/refresh', {
    post: (request) => {
      const access = checkToken(tokens, tokenOf(request));
      if (!access.ok) return access;
      const { conversationId } = access.claims;
      const limit = limits.read(conversationId);
      if (!limit.ok) return limit;
      const open = openConversation(tokens, conversations, tokenOf(request), conversationId);
      return open.ok ? ok(200, withToken(tokens, open.claims)) : open;
    },
  });

  route('/conversations', {
    post: (request) => {
      const access = checkToken(tokens, tokenOf(request));
      if (!access.ok) return access;
      const { conversationId, userId } = access.claims;
      const limit = limits.read(conversationId);
      if (!limit.ok) return limit;
      const opened = conversations.open(conversationId, userId);
      if (opened === undefined) return refuse(404, 'BadArgument', 'The conversation is over');
      if (opened.isNew) turns.run(opened.conversation, buildArrival(opened.conversation));
      return ok(opened.isNew ? 201 : 200, withStream(request, access.claims, 0));
    },
  });

  route('/conversations/:id', {
    get: (request) => {
      const open = enterToRead(request);
      return open.ok ? ok(200, withStream(request, open.claims, watermarkOf(request))) : open;
    },
  });

  route('/conversations/:id/activities', {
    get: (request) => {
      const open = enterToRead(request);
      if (!open.ok) return open;
      return { ok: true, status: 200, json: formatActivitySet(open.conversation.since(watermarkOf(request))) };
    },
    post: async (request) => {
      const open = enterToPost(request);
      if (!open.ok) return open;
      const body = await readBody(request, maxBodyBytes);
      if (body.kind !== 'body') return tooLarge(request, maxBodyBytes);
      const incoming = parseIncomingActivity(parseJson(body.bytes));
      if (!incoming.ok) return refuse(400, 'BadArgument', incoming.message);
      return accept(open.conversation, incoming.activity);
    },
  });

  route('/conversations/:id/upload', {
    post: async (request) => {
      const open = enterToPost(request);
      if (!open.ok) return open;
      const body = await readBody(request, maxBodyBytes);
      if (body.kind !== 'body') return tooLarge(request, maxBodyBytes);
      return accept(open.conversation, await parseUpload(request.headers['content-type'], body.bytes));
    },
  });
}

function markOf({ channelData }: IncomingActivity): string | undefined {
  const mark = channelData?.clientActivityID;
  return typeof mark === 'string' && mark !== '' && mark.length <= MAX_MARK_LENGTH ? mark : undefined;
}

/** Says that a body is over the limit. */
export function tooLarge(request: Request, maxBodyBytes: number): Answer {
  // Read on and thrown away: a client that is still writing would otherwise see a reset connection, not this answer.
  request.resume();
  return refuse(413, 'MessageSizeTooBig', `At most ${maxBodyBytes} bytes are taken`);
}

function withToken(tokens: Tokens, claims: TokenClaims) {
  const { token, expiresInSeconds } = tokens.issue(claims);
  return { conversationId: claims.conversationId, token, expires_in: expiresInSeconds };
}

function watermarkOf(request: Request): number {
  return parseWatermark(new URLSearchParams(request.url?.split('?')[1]).get('watermark'));
}
