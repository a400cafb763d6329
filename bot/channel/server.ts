import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import restify from 'restify';
import type { Bot } from '../bot';
import { type Config, PROJECT_ROOT } from '../config';
import type { Logger } from '../log';
import { buildCloudAdapter } from './adapter';
import { buildConversationRecords } from './conversation-records';
import { mountDirectLine } from './direct-line/direct-line';
import { buildOriginPolicy } from './direct-line/origin-policy';
import { buildRequestLimits } from './direct-line/request-limits';
import { tellFaults } from './direct-line/storage-fault';
import { Inspection } from './emulator/inspection';
import type { Titles } from './emulator/qna-trace';
import { buildFeedbackStore } from './feedback-file';
import { sendFault, sendJson } from './json-response';
import { mountMessages } from './messages-route';
import { countMessages } from './observability/count-messages';
import { buildSendCounter } from './observability/count-sends';
import { buildMetrics, type Metrics } from './observability/metrics';
import { mountMetrics } from './observability/metrics-route';
import { type ReadinessCheck, readinessOf } from './observability/readiness';
import { NO_TRACES, type Traces, traceTurns } from './observability/traces';
import { buildWatchStages } from './observability/watch-stages';
import { shareFeedback } from './shared-feedback';
import { type OpenStorage, openStorage } from './storage/open-storage';
import { buildTurnErrorHandler } from './turn-error';
import { buildTurnHandler } from './turn-handler';
import { refuseUnreadableAddresses } from './unreadable-address';
import { buildAzureDirectLine } from './web-chat/azure-direct-line';
import type { DirectLineBackend } from './web-chat/direct-line-backend';
import { openSecretFile } from './web-chat/secret-file';
import { mountSessionRoute } from './web-chat/session-route';
import { mountWebChatPage } from './web-chat-page';

export interface ServerOptions {
  readonly config: Config;
  readonly bot: Bot;
  readonly log: Logger;
  /** What has to hold before people are sent here, besides the storage; default: nothing. */
  readonly checks?: readonly ReadinessCheck[];
  /** Default: metrics of this server alone, without those of the process. */
  readonly metrics?: Metrics;
  /** Default: none. Whoever opened them closes them, after the stop. */
  readonly traces?: Traces;
  /** Titles of the FAQ entries by id as they are at the moment, for the Emulator's QnA inspector; default: the ids are shown. */
  readonly titles?: Titles;
  /** Default: the one that `config.storage` names. It is closed with the server. */
  readonly storage?: OpenStorage;
  /** OpenID metadata by which callers’ tokens are checked, in tests; default: the Bot Framework’s. */
  readonly keysUrl?: string;
  /** How long clients may take; default: 10 s for a request's head, 30 s for all of it, looked at every 5 s. */
  readonly clientTimes?: ClientTimes;
  /** Folder of the page's files; default: where the build puts them. */
  readonly assetsDir?: string;
}

/** In milliseconds. */
export interface ClientTimes {
  /** A request's head must be here after this time. */
  readonly headersMs: number;
  /** A whole request must be here after this time. */
  readonly requestMs: number;
  /** How often Node looks for requests that are over their time. */
  readonly checkMs: number;
}

export interface RunningServer {
  /** Without a slash at the end. */
  readonly url: string;
  readonly port: number;
  /** Is not ready any more but goes on for `config.drainMs`; then takes no more connections, finishes the turns in hand (at most `config.stopTimeoutMs`), closes all that is open and saves the conversations. */
  stop(): Promise<void>;
}

/** The errors of restify's router, and whatever a handler may throw. */
type HttpFault = Error & { readonly statusCode?: number; readonly body?: { readonly code?: string } };

const CLIENT_TIMES: ClientTimes = { headersMs: 10_000, requestMs: 30_000, checkMs: 5_000 };

/**
 * Listens on `config.host` and `config.port` and answers every channel: `/api/messages` for the Bot Framework, Direct Line and the
 * page for browsers, `/health` and `/ready` for whoever watches. Rejects where the port cannot be had.
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { config, log, metrics = buildMetrics({ version: '' }) } = options;
  const storage = options.storage ?? (await openStorage(config, log, metrics));
  try {
    return await startOver(storage, metrics, options);
  } catch (error) {
    // A connection that is left open would keep the process alive.
    await storage.close();
    throw error;
  }
}

async function startOver(opened: OpenStorage, metrics: Metrics, options: ServerOptions): Promise<RunningServer> {
  const {
    config,
    bot,
    log,
    checks = [],
    traces = NO_TRACES,
    titles = new Map<string, string>(),
    assetsDir = path.join(PROJECT_ROOT, 'dist/bot/web-chat/page'),
  } = options;
  const gate = { open: true };
  let isDraining = false;
  const server = buildRestifyServer(log, gate, options.clientTimes ?? CLIENT_TIMES);
  const { storage, certain, backplane } = opened;
  const onTurnError = buildTurnErrorHandler(log, metrics);
  const adapter = buildCloudAdapter(config, onTurnError, options.keysUrl);
  adapter.use(buildSendCounter(metrics));
  const records = buildConversationRecords({ storage, idleMs: config.conversationIdleMs, onDamage: () => undefined });
  adapter.use(new Inspection({ adapter, records, log }));
  const ratings = buildFeedbackStore({ file: config.feedbackFile, keepMs: config.feedbackKeepMs, log });
  const feedback = await shareFeedback(ratings, backplane);
  const turnParts = {
    bot,
    storage,
    backplane,
    isStorageUp: opened.isUp,
    whenStorageUp: opened.whenUp,
    config,
    log,
    titles,
    feedback,
    answerCounts: new Map<string, number>(),
    metrics,
    watchStages: buildWatchStages(metrics),
  };
  const onTurn = buildTurnHandler(turnParts);

  server.get('/health', async (_request: restify.Request, response: restify.Response) => {
    sendJson(response, 200, { status: 'up' });
  });
  server.get('/ready', async (_request: restify.Request, response: restify.Response) => {
    const readiness = readinessOf([...checks, { name: 'storage', isReady: opened.isUp }], isDraining);
    sendJson(response, readiness.status === 'ready' ? 200 : 503, readiness);
  });
  const origins = buildOriginPolicy(config);
  mountMessages(server, { config, adapter, backplane, metrics, origins, onTurn, traces, log });
  mountMetrics(server, { metrics, origins, config });
  const limits = buildRequestLimits(config, backplane, metrics.rateLimited);
  const secret = config.webChatSecret ?? (await openSecretFile(secretFile(config), log));
  const chats = tellFaults(certain);
  const directLine = mountDirectLine(server, {
    config,
    log,
    origins,
    limits,
    secret,
    storage: chats,
    backplane,
    // Its turns are committed together with the chat: memory has to come from the same storage.
    onTurn: traceTurns(traces, countMessages(buildTurnHandler({ ...turnParts, storage: chats }), metrics)),
    onTurnError,
  });
  metrics.readDirectLine(directLine.counts);
  mountSessionRoute(server, {
    config,
    backend: webChatBackend(config) ?? directLine.backend,
    limits,
    secret,
    origins,
    gate,
    log,
  });
  mountWebChatPage(server, { assetsDir, origins, config });

  await listen(server, config);
  const { port } = server.server.address() as AddressInfo;
  const host = config.host.includes(':') && !config.host.startsWith('[') ? `[${config.host}]` : config.host;

  let stopping: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    isDraining = true;
    if (config.drainMs > 0) await delay(config.drainMs);
    gate.open = false;
    const closed = new Promise<void>((resolve) => server.server.close(() => resolve()));
    server.server.closeIdleConnections();
    // Direct Line waits for its own turns, which no open request stands for.
    const directLineClosed = directLine.close();
    const done = Promise.all([requestsDone(server), backplane.idle(), directLineClosed]);
    await Promise.race([done, delay(config.stopTimeoutMs, undefined, { ref: false })]);
    server.server.closeAllConnections();
    await closed;
    await feedback.idle();
    // Its turns write to the storage, however long the last one takes.
    await directLineClosed;
    await opened.close();
  };
  return { url: `http://${host}:${port}`, port, stop: () => (stopping ??= stop()) };
}

/** Azure's Direct Line where it is set up; `undefined` where this process holds the conversations. */
function webChatBackend(config: Config): DirectLineBackend | undefined {
  if (config.azureDirectLine === undefined) return undefined;
  return buildAzureDirectLine({
    ...config.azureDirectLine,
    trustedOrigins: [config.publicUrl, ...config.webChatOrigins].filter((origin) => origin !== undefined),
    timeoutMs: config.connectorTimeoutMs,
  });
}

/** Where the web chat's secret is made and kept; `undefined` where no conversation outlives the process. */
function secretFile({ storage }: Config): string | undefined {
  return storage.kind === 'embedded' ? path.join(storage.folder, 'web-chat-secret') : undefined;
}

function buildRestifyServer(log: Logger, gate: { readonly open: boolean }, times: ClientTimes): restify.Server {
  // restify's types know bunyan, its code takes any logger of pino's shape; by default it would make one of its own.
  const server = restify.createServer({ name: '', log: log as unknown as restify.ServerOptions['log'] });
  server.server.headersTimeout = times.headersMs;
  server.server.requestTimeout = times.requestMs;
  (server.server as unknown as { connectionsCheckingInterval: number }).connectionsCheckingInterval = times.checkMs;
  refuseUnreadableAddresses(server);
  server.pre((_request, response, next) => {
    response.setHeader('X-Content-Type-Options', 'nosniff');
    response.setHeader('Referrer-Policy', 'no-referrer');
    response.setHeader('X-Frame-Options', 'SAMEORIGIN');
    if (gate.open) return next();
    // What came in before the stop is finished; a connection that was kept alive brings nothing new.
    response.setHeader('Connection', 'close');
    sendFault(response, { status: 503, code: 'ServiceUnavailable', message: 'The bot is stopping.' });
    next(false);
  });
  server.on(
    'restifyError',
    (request: restify.Request, response: restify.Response, error: HttpFault, done: () => void) => {
      const status = error.statusCode ?? 500;
      if (status >= 500) log.error({ err: error, method: request.method, path: request.path() }, 'request failed');
      if (response.headersSent) {
        response.destroy();
        return done();
      }
      // JSON whatever the client accepts, and nothing of what went wrong inside.
      response.setHeader('Content-Type', 'application/json');
      response.send(
        status,
        status >= 500
          ? { code: 'InternalError', message: 'The request failed.' }
          : { code: error.body?.code ?? 'BadRequest', message: error.message },
      );
      done();
    },
  );
  return server;
}

/** Resolves when no request is being answered. */
function requestsDone(server: restify.Server): Promise<void> {
  return new Promise((resolve) => {
    const check = (): void => {
      if (server.inflightRequests() > 0) return;
      server.removeListener('after', check);
      resolve();
    };
    server.on('after', check);
    check();
  });
}

function listen(server: restify.Server, { port, host }: Config): Promise<void> {
  return new Promise((resolve, reject) => {
    // restify passes the error on to itself, and an error event that nobody hears ends the process.
    server.once('error', reject);
    server.listen(port, host.replace(/^\[(.*)\]$/, '$1'), () => {
      server.removeListener('error', reject);
      resolve();
    });
  });
}
