import path from 'node:path';
import { loadTrainedModel } from '../knowledge/trained-model';
import { startServer } from './channel/server';
import { loadConfig, PROJECT_ROOT } from './config';
import { formatFault } from './foundation/content-error';
import { assembleBot, MODEL_FILE } from './load-bot';
import { loadContentCached } from './load-content-cached';
import { buildLogger } from './log';

/** Content as it was read last: it lies with the build, and goes when that is deleted. */
const CACHE_FILE = path.join(PROJECT_ROOT, 'dist', '.content-cache.json');
/** How often a server that npm started looks whether npm is still there. */
const PARENT_CHECK_MS = 500;

/**
 * Serves the bot until the process is told to stop (SIGTERM or SIGINT), and then finishes the turns in hand. Resolves with exit
 * code 0 after a clean stop.
 */
export async function serve(): Promise<number> {
  // Heard from the very beginning: a signal during the start stops the server as soon as it stands.
  const told = toldToStop();
  const config = loadConfig(process.env);
  const [onDisk, model] = await Promise.all([loadContentCached(config, CACHE_FILE), loadTrainedModel(MODEL_FILE)]);
  const log = buildLogger(config);
  const { bot, content, warnings, semantics } = assembleBot(onDisk, model, config);
  for (const warning of warnings) log.warn({ place: `${warning.file}:${warning.line}` }, formatFault(warning));
  let stopping = false;
  const titles = new Map([...content.entries.values()].map(({ id, title }) => [id, title]));
  const server = await startServer({ config, bot, log, titles, isReady: () => !stopping });

  const counts = { entries: content.entries.size, guides: content.guides.size };
  log.info(
    { url: server.url, ...counts },
    `ready: open ${server.url}/ or connect the Emulator to ${server.url}/api/messages`,
  );
  if (config.credentials.kind === 'none') {
    log.warn('no credentials are set: only this machine can reach the bot, and it replies only to this machine');
  }
  if (config.contact === undefined) {
    log.warn('nobody is named for people who want a human: set CONTACT_MAIL or CONTACT_PAGE');
  }

  void semantics?.settled.then((state) => {
    if (state.kind === 'ready')
      log.info({ sentences: state.sentences, tookMs: state.tookMs }, 'questions are now found by their sense too');
    else if (!stopping)
      log.warn({ state }, 'questions are found by their words alone: the sentence encoder cannot be used');
  });

  const signal = await told;
  stopping = true;
  log.info({ signal }, 'stopping: finishing the turns in hand');
  try {
    await server.stop();
    await semantics?.close();
  } catch (error) {
    log.error({ err: error }, 'the stop failed');
    return 1;
  }
  log.info('stopped');
  return 0;
}

/** Resolves with the first signal to stop. Later ones are ignored: the stop is under way. */
function toldToStop(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    process.on('SIGTERM', resolve);
    process.on('SIGINT', resolve);
    if (process.env.npm_lifecycle_event === 'start') onParentGone(() => resolve('SIGTERM'));
  });
}

/**
 * `npm start` puts npm and a shell before this process, and a signal to npm ends those two only. Their end is then the signal:
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
