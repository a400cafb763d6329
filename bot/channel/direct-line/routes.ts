import type { Request, Server } from 'restify';
import { parseJson } from '../parse-json';
import type { Storage } from '../storage/storage';
import { bearerToken, checkConversation, checkToken, checkTokenFor, noConversation, refuse, tryLater } from './access';
import { formatActivitySet, parseWatermark, readActivities } from './activity-log';
import { type Answer, type AnsweringOptions, mountAnswer, ok } from './answer';
import { MAX_TURNS_IN_HAND } from './conversation';
import type { Conversations, Found } from './conversations';
import type { Inbox } from './inbox';
import { type IncomingActivity, parseIncomingActivity } from './incoming-activity';
import { readBody } from './request-body';
import type { LimitCheck, RequestLimits } from './request-limits';
import { newClaims, type TokenClaims, type Tokens } from './tokens';
import { parseUpload } from './upload';

export interface RouteOptions extends AnsweringOptions {
  readonly tokens: Tokens;
  /** Those that open a web socket. */
  readonly streamTokens: Tokens;
  readonly conversations: Conversations;
  readonly storage: Pick<Storage, 'readLog'>;
  readonly inbox: Pick<Inbox, 'wake'>;
  readonly limits: RequestLimits;
  readonly maxBodyBytes: number;
}

/** Where Direct Line is on this server. */
export const DIRECT_LINE_PATH = '/v3/directline';

/** A client's mark on a message that is longer is not one that clients make. */
const MAX_MARK_LENGTH = 100;

/** The HTTP half of Direct Line. Every refusal is a 4xx with Direct Line's error body; a server that stops, or whose storage does not work, says 503. */
export function mountRoutes(server: Server, options: RouteOptions): void {
  const { tokens, conversations, inbox, limits, maxBodyBytes } = options;

  const route = (path: string, handlers: Parameters<typeof mountAnswer>[2]): void =>
    mountAnswer(server, `${DIRECT_LINE_PATH}${path}`, handlers, options);
  const tokenOf = (request: Request): string | undefined => bearerToken(request.headers.authorization);
  const enter = async (request: Request, limit: (conversationId: string) => Promise<LimitCheck>) => {
    const access = checkTokenFor(tokens, tokenOf(request), (request.params as { id?: string }).id);
    if (!access.ok) return access;
    const limited = await limit(access.claims.conversationId);
    return limited.ok ? checkConversation(conversations, access) : limited;
  };
  const enterToRead = (request: Request) => enter(request, (id) => limits.read(id));
  const enterToPost = (request: Request) => enter(request, (id) => limits.post(request, id));
  const withStream = (request: Request, claims: TokenClaims, watermark: number) => {
    const origin = options.origins.serverOrigin(request).replace(/^http/, 'ws');
    const path = `${DIRECT_LINE_PATH}/conversations/${encodeURIComponent(claims.conversationId)}/stream`;
    const { token } = options.streamTokens.issue(claims);
    return { ...withToken(tokens, claims), streamUrl: `${origin}${path}?watermark=${watermark}&t=${token}` };
  };

  const accept = async (conversationId: string, found: Found, incoming: IncomingActivity): Promise<Answer> => {
    const taken = await conversations.take(conversationId, found, incoming, markOf(incoming));
    switch (taken.kind) {
      case 'taken':
        inbox.wake(conversationId, taken.activityId);
        return ok(200, { id: taken.activityId });
      case 'known':
        // Whoever took it may have come no further.
        inbox.wake(conversationId);
        return ok(200, { id: taken.activityId });
      case 'full':
        return refuse(429, 'LimitExceeded', `${MAX_TURNS_IN_HAND} messages wait for an answer already`);
      case 'gone':
        return noConversation();
      case 'busy':
        return tryLater();
    }
  };

  route('/tokens/generate', {
    post: async (request) => {
      const limit = await limits.session(request);
      return limit.ok ? ok(200, withToken(tokens, newClaims())) : limit;
    },
  });

  route('/tokens/refresh', {
    post: async (request) => {
      const access = checkToken(tokens, tokenOf(request));
      if (!access.ok) return access;
      const limit = await limits.read(access.claims.conversationId);
      if (!limit.ok) return limit;
      const open = await checkConversation(conversations, access);
      return open.ok ? ok(200, withToken(tokens, open.claims)) : open;
    },
  });

  route('/conversations', {
    post: async (request) => {
      const access = checkToken(tokens, tokenOf(request));
      if (!access.ok) return access;
      const { conversationId, userId } = access.claims;
      const limit = await limits.read(conversationId);
      if (!limit.ok) return limit;
      const opened = await conversations.open(conversationId, userId);
      if (opened.kind === 'deleted') return refuse(404, 'BadArgument', 'The conversation is over');
      if (opened.kind === 'busy') return tryLater();
      if (opened.kind === 'begun') inbox.wake(conversationId, opened.activityId);
      // Whoever began it may have come no further.
      if (opened.kind === 'open' && opened.waits) inbox.wake(conversationId);
      return ok(opened.kind === 'begun' ? 201 : 200, withStream(request, access.claims, 0));
    },
  });

  route('/conversations/:id', {
    get: async (request) => {
      const open = await enterToRead(request);
      return open.ok ? ok(200, withStream(request, open.claims, watermarkOf(request))) : open;
    },
  });

  route('/conversations/:id/activities', {
    get: async (request) => {
      const open = await enterToRead(request);
      if (!open.ok) return open;
      const set = await readActivities(options.storage, open.claims.conversationId, watermarkOf(request));
      return { ok: true, status: 200, json: formatActivitySet(set) };
    },
    post: async (request) => {
      const open = await enterToPost(request);
      if (!open.ok) return open;
      const body = await readBody(request, maxBodyBytes);
      if (body.kind !== 'body') return tooLarge(request, maxBodyBytes);
      const incoming = parseIncomingActivity(parseJson(body.bytes));
      if (!incoming.ok) return refuse(400, 'BadArgument', incoming.message);
      return accept(open.claims.conversationId, open.found, incoming.activity);
    },
  });

  route('/conversations/:id/upload', {
    post: async (request) => {
      const open = await enterToPost(request);
      if (!open.ok) return open;
      const body = await readBody(request, maxBodyBytes);
      if (body.kind !== 'body') return tooLarge(request, maxBodyBytes);
      return accept(
        open.claims.conversationId,
        open.found,
        await parseUpload(request.headers['content-type'], body.bytes),
      );
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
