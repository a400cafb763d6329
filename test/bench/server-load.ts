import { loadConfig } from '../../bot/config';
import { loadContent } from '../../bot/load-content';
import { type BotProcess, startBot } from './bot-process';
import { buildClient, type Client } from './client';
import { startFakeConnector } from './fake-connector';
import { median, quantile } from './figures';
import { AT_ONCE } from './measure';
import { buildMessageMix } from './message-mix';

/** How much is measured, for each bot. */
interface LoadPlan {
  /** Messages before anything counts: so many turns it takes until the code that they run is compiled. */
  readonly warmUp: number;
  readonly rounds: number;
  readonly floodLength: number;
  readonly steadyLength: number;
}

const FULL: LoadPlan = { warmUp: 10_000, rounds: 7, floodLength: 1_000, steadyLength: 600 };
const QUICK: LoadPlan = { warmUp: 2_000, rounds: 3, floodLength: 400, steadyLength: 200 };
/** So many that none hears two messages at once, even where a bot stands still for a second: the replies could not be told apart. */
const CONVERSATIONS = 1_000;

const BOTS = ['echo', 'lexical', 'semantic'] as const;
type Name = (typeof BOTS)[number];

interface Loaded {
  readonly name: Name;
  readonly bot: BotProcess;
  readonly client: Client;
  /** By round, messages a second, and processor time of the bot's process in milliseconds a message. */
  readonly rates: number[];
  readonly cpu: number[];
  readonly p50: number[];
  readonly p95: number[];
  readonly p99: number[];
}

/**
 * Measures what the server takes: 16 messages at once, and how long replies take at half of what that came to, the messages coming
 * evenly. The echo bot, this bot by words alone and this bot with semantics take turns, and every figure is the median of the
 * rounds. Prints Markdown. They talk as on a channel such as Azure's Web Chat: the Emulator's traces, a call more in each turn, are for
 * those who develop, one at a time. `quick` measures less.
 */
export async function benchServerLoad(quick: boolean): Promise<void> {
  const plan = quick ? QUICK : FULL;
  const { knowledge, guides } = await loadContent(loadConfig({}));
  const mix = buildMessageMix({ ...knowledge, guideTitle: guides[0]?.title ?? 'help' });
  const connector = await startFakeConnector();
  const bots: Loaded[] = [];
  try {
    for (const name of BOTS) {
      const bot = await startBot(name === 'echo' ? 'echo' : 'ours', 'echo-bot.js', {
        SEMANTIC: name === 'semantic' ? 'on' : 'off',
      });
      const client = buildClient({
        name,
        port: bot.port,
        connector,
        mix,
        conversations: CONVERSATIONS,
        dialect: 'webchat',
      });
      bots.push({ name, bot, client, rates: [], cpu: [], p50: [], p95: [], p99: [] });
    }
    await measure(bots, plan);
  } finally {
    for (const { client } of bots) client.close();
    await Promise.all(bots.map(({ bot }) => bot.stop()));
    await connector.close();
  }
  process.stdout.write(`${tableOf(bots)}\n`);
}

async function measure(bots: readonly Loaded[], plan: LoadPlan): Promise<void> {
  for (const { client } of bots) await client.send({ from: 0, to: plan.warmUp, atOnce: AT_ONCE });
  let from = plan.warmUp;
  for (let round = 0; round < plan.rounds; round++) {
    const to = from + plan.floodLength;
    for (const { bot, client, rates, cpu } of bots) {
      const startedAt = performance.now();
      const cpuBefore = bot.cpuMs();
      await client.send({ from, to, atOnce: AT_ONCE });
      rates.push((plan.floodLength * 1_000) / (performance.now() - startedAt));
      cpu.push((bot.cpuMs() - cpuBefore) / plan.floodLength);
    }
    from = to;
  }
  for (let round = 0; round < plan.rounds; round++) {
    const to = from + plan.steadyLength;
    for (const { client, rates, p50, p95, p99 } of bots) {
      const timings = await client.sendEvenly({ from, to, perSecond: median(rates) / 2 });
      const times = timings.map(({ deliveredMs }) => deliveredMs);
      p50.push(quantile(times, 0.5));
      p95.push(quantile(times, 0.95));
      p99.push(quantile(times, 0.99));
    }
    from = to;
  }
}

function tableOf(bots: readonly Loaded[]): string {
  const echo = bots[0]!;
  const row = (name: string, cell: (one: Loaded) => string, target: string): string =>
    `| ${[name, ...bots.map(cell), target].join(' | ')} |`;
  const share = (one: Loaded): string => median(one.rates.map((rate, round) => rate / echo.rates[round]!)).toFixed(2);
  const tail = (one: Loaded): string => median(one.p99.map((p99, round) => p99 / one.p50[round]!)).toFixed(1);
  const ms = (values: readonly number[]): string => `${median(values).toFixed(1)} ms`;
  return [
    '| server under load | echo bot | this bot, by words | this bot, with semantics | target |',
    '| --- | --: | --: | --: | --- |',
    row(`messages a second, ${AT_ONCE} at once`, ({ rates }) => median(rates).toFixed(0), ''),
    row('share of the echo bot’s', share, 'by words ≥ 0.8, with semantics ≥ 0.5'),
    row('processor time a message', ({ cpu }) => ms(cpu), ''),
    row('reply delivered at half that load, p50', ({ p50 }) => ms(p50), ''),
    row('p95', ({ p95 }) => ms(p95), ''),
    row('p99', ({ p99 }) => ms(p99), ''),
    row('p99 / p50', tail, '≤ 3'),
  ].join('\n');
}
