import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { loadConfig } from '../../bot/config';
import { loadContent } from '../../bot/load-content';
import { startBot } from './bot-process';
import { buildClient, type Timing } from './client';
import { startFakeConnector } from './fake-connector';
import { quantile } from './figures';
import { buildMessageMix } from './message-mix';

/** Each person stays below what a conversation may send. */
const PEOPLE = 60;

/**
 * Measures how long people wait for their replies while nothing else happens and while somebody floods the bot with as many
 * messages as it takes, in turns. The flood comes from a process of its own. Prints Markdown. `quick` measures less.
 */
export async function benchFlood(quick: boolean): Promise<void> {
  const { knowledge, guides } = await loadContent(loadConfig({}));
  const mix = buildMessageMix({ ...knowledge, guideTitle: guides[0]?.title ?? 'help' });
  const connector = await startFakeConnector();
  const bot = await startBot('ours', undefined, { MESSAGES_PER_MINUTE: '60' });
  const rounds = quick ? 4 : 10;
  const block = PEOPLE * 2;
  const quiet: Timing[] = [];
  const flooded: Timing[] = [];
  const refused: number[] = [];
  try {
    const warmUp = buildClient({ name: 'warm-up', port: bot.port, connector, mix, conversations: PEOPLE });
    await warmUp.send({ from: 0, to: block * 5, atOnce: 1 });
    warmUp.close();
    const client = buildClient({ name: 'honest', port: bot.port, connector, mix, conversations: PEOPLE });
    for (let round = 0; round < rounds; round++) {
      const from = round * 2 * block;
      quiet.push(...(await client.send({ from, to: from + block, atOnce: 1 })));
      const flood = spawn(
        process.execPath,
        [path.join(__dirname, 'flooder.js'), String(bot.port), connector.serviceUrl],
        {
          stdio: ['ignore', 'pipe', 'inherit'],
        },
      );
      const said: Buffer[] = [];
      flood.stdout.on('data', (chunk: Buffer) => said.push(chunk));
      await once(flood.stdout, 'data');
      const startedAt = performance.now();
      flooded.push(...(await client.send({ from: from + block, to: from + 2 * block, atOnce: 1 })));
      const seconds = (performance.now() - startedAt) / 1_000;
      flood.kill('SIGTERM');
      await once(flood, 'exit');
      refused.push(Number(Buffer.concat(said).toString('utf8').trim().split('\n').at(-1)) / seconds);
    }
    client.close();
  } finally {
    await bot.stop();
    await connector.close();
  }
  const at = (timings: readonly Timing[], share: number): number =>
    quantile(
      timings.map(({ deliveredMs }) => deliveredMs),
      share,
    );
  const row = (name: string, share: number): string =>
    `| reply delivered, ${name} | ${at(quiet, share).toFixed(2)} ms | ${at(flooded, share).toFixed(2)} ms | ${(at(flooded, share) / at(quiet, share)).toFixed(2)} × |`;
  const lines = [
    '| the honest user | alone | beside the flood | |',
    '| --- | --: | --: | --: |',
    row('p50', 0.5),
    row('p95', 0.95),
    '',
    `${quiet.length} messages each; the flood got about ${Math.round(refused.reduce((sum, one) => sum + one, 0) / refused.length)} refusals a second.`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}
