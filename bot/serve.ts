import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { loadTrainedModel } from '../knowledge/trained-model';
import { buildMetrics } from './channel/observability/metrics';
import { openTraces } from './channel/observability/open-traces';
import { startServer } from './channel/server';
import { type Config, loadConfig, PROJECT_ROOT } from './config';
import { stampContentFiles } from './content-files';
import { logSemantics, startContentReloader } from './content-reloader';
import { buildExchangeableBot } from './exchangeable-bot';
import { formatFault } from './foundation/content-error';
import { buildMakeOnce } from './foundation/make-once';
import { buildParseOnce, type ParseOnce } from './foundation/parse-once';
import { assembleBot, MODEL_FILE } from './load-bot';
import { type ContentOnDisk, loadContent } from './load-content';
import { type CachedContent, loadContentCached } from './load-content-cached';
import { buildLogger, logConsole } from './log';
import { setupWarnings } from './setup-warnings';

/** Content as it was read last: it lies with the build, and goes when that is deleted. */
const CACHE_FILE = path.join(PROJECT_ROOT, 'dist', '.content-cache.json');
/** How often a server that npm started looks whether npm is still there. */
const PARENT_CHECK_MS = 500;

/** Reloads content as soon as it is saved. */
const RELOAD = '--reload';

/**
 * Serves the bot until the process is told to stop (SIGTERM or SIGINT), and then finishes the turns in hand; with `--reload` the
 * bot of the content as it was saved last. Resolves with exit code 0 after a clean stop, 2 for arguments there are not.
 */
export async function serve(args: readonly string[] = []): Promise<number> {
  const unknown = args.find((arg) => arg !== RELOAD);
  if (unknown !== undefined) {
    process.stderr.write(`There is no argument "${unknown}". Usage: serve [${RELOAD}]\n`);
    return 2;
  }
  // Heard from the very beginning: a signal during the start stops the server as soon as it stands.
  const told = toldToStop();
  const config = loadConfig(process.env);
  const watched = args.includes(RELOAD)
    ? { seen: stampContentFiles(config), parse: buildParseOnce(), once: buildMakeOnce() }
    : undefined;
  const [onDisk, model] = await Promise.all([readContent(config, watched?.parse), loadTrainedModel(MODEL_FILE)]);
  const log = buildLogger(config);
  logConsole(log);
  const loaded = assembleBot(onDisk, model, config, watched);
  const { content, warnings, semantics } = loaded;
  const serving = buildExchangeableBot(loaded);
  for (const warning of warnings) log.warn({ place: `${warning.file}:${warning.line}` }, formatFault(warning));
  let stopping = false;
  const version = await botVersion();
  const metrics = buildMetrics({ version, watchProcess: true });
  const traces = await openTraces(config, version, log);
  const hasContent = () => serving.current().content.entries.size + serving.current().content.guides.size > 0;
  const titles = { get: (id: string) => serving.current().content.entries.get(id)?.title };
  const server = await startServer({
    config,
    bot: serving.bot,
    log,
    titles,
    metrics,
    traces,
    checks: [{ name: 'index', isReady: hasContent }],
  });

  const counts = { entries: content.entries.size, guides: content.guides.size };
  log.info(
    { url: server.url, ...counts },
    `ready: open ${server.url}/ or connect the Emulator to ${server.url}/api/messages`,
  );
  for (const warning of setupWarnings(config)) log.warn(warning);

  void semantics?.settled.then((state) => {
    if (!stopping && serving.current().semantics === semantics) logSemantics(state, log);
  });
  const reloader =
    watched && startContentReloader({ config, model, serving, ...watched, log, onReload: metrics.contentReloaded });
  if (reloader !== undefined) log.info('content is reloaded as soon as it is saved');

  const signal = await told;
  stopping = true;
  log.info({ signal }, 'stopping: finishing the turns in hand');
  try {
    await server.stop();
    await traces.close();
    await (reloader ?? semantics)?.close();
  } catch (error) {
    log.error({ err: error }, 'the stop failed');
    return 1;
  }
  log.info('stopped');
  return 0;
}

async function botVersion(): Promise<string> {
  const { version } = JSON.parse(await readFile(path.join(PROJECT_ROOT, 'package.json'), 'utf8')) as {
    version: string;
  };
  return version;
}

/** Content for a start: a bot that reloads has to have read the files itself, the others may take them from the cache. */
function readContent(config: Config, parse: ParseOnce | undefined): Promise<ContentOnDisk & Partial<CachedContent>> {
  return parse === undefined ? loadContentCached(config, CACHE_FILE) : loadContent(config, parse);
}

/** Resolves with the first signal to stop. Later ones are ignored: the stop is under way. */
function toldToStop(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    process.on('SIGTERM', resolve);
    process.on('SIGINT', resolve);
    if (['start', 'dev'].includes(process.env.npm_lifecycle_event ?? '')) onParentGone(() => resolve('SIGTERM'));
  });
}

/**
 * `npm start` and `npm run dev` put npm and a shell before this process, and a signal to npm ends those two only. Their end is then the signal:
 * this process would otherwise live on, unseen.
 */
function onParentGone(stop: () => void): void {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    stop();
  }, PARENT_CHECK_MS).unref();
}
