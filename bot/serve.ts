import { startServer } from './channel/server';
import { loadConfig } from './config';
import { formatFault } from './foundation/content-error';
import { loadBot } from './load-bot';
import { buildLogger } from './log';

/**
 * Serves the bot until the process is told to stop (SIGTERM or SIGINT), then finishes the turns in hand. Resolves with exit
 * code 0 after a clean stop.
 */
export async function serve(): Promise<number> {
  const config = loadConfig(process.env);
  const log = buildLogger(config);
  const { bot, content, warnings } = await loadBot(config);
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

  return new Promise((resolve) => {
    const stop = (signal: NodeJS.Signals): void => {
      if (stopping) return;
      stopping = true;
      log.info({ signal }, 'stopping: finishing the turns in hand');
      server.stop().then(
        () => {
          log.info('stopped');
          resolve(0);
        },
        (error: unknown) => {
          log.error({ err: error }, 'the stop failed');
          resolve(1);
        },
      );
    };
    process.on('SIGTERM', stop);
    process.on('SIGINT', stop);
  });
}
