import { ActivityTypes } from 'botbuilder';
import restify from 'restify';
import { buildLocalBackplane } from '../../bot/channel/backplane/local-backplane';
import { mountDirectLine } from '../../bot/channel/direct-line/direct-line';
import { buildOriginPolicy } from '../../bot/channel/direct-line/origin-policy';
import { buildRequestLimits } from '../../bot/channel/direct-line/request-limits';
import { buildMemoryStorage } from '../../bot/channel/storage/memory-storage';
import { loadConfig } from '../../bot/config';
import { buildLogger } from '../../bot/log';

// The yardstick for the web chat: a bot that only echoes, behind the same Direct Line. It listens on PORT.
async function main(): Promise<void> {
  const config = loadConfig(process.env);
  const server = restify.createServer();
  const backplane = buildLocalBackplane();
  const directLine = mountDirectLine(server, {
    storage: buildMemoryStorage({ maxItems: 100_000 }),
    backplane,
    config,
    log: buildLogger(config),
    origins: buildOriginPolicy(config),
    limits: buildRequestLimits(config, backplane),
    secret: 'a secret that lives as long as the measurement',
    onTurn: async (context) => {
      if (context.activity.type === ActivityTypes.Message) await context.sendActivity(`Echo: ${context.activity.text}`);
    },
    onTurnError: async () => undefined,
  });
  server.listen(config.port, '127.0.0.1');
  process.once('SIGTERM', () => void directLine.close().then(() => process.exit(0)));
}

void main();
