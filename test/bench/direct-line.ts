import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { loadConfig } from '../../bot/config';
import { loadContent } from '../../bot/load-content';
import { type BotName, type BotProcess, startBot } from './bot-process';
import type { ConversationCost } from './conversation-memory';
import { median, quantile, toMarkdown } from './figures';
import { buildMessageMix, type MessageMix } from './message-mix';
import { openWebChatClient, type WebChatClient } from './web-chat-client';

const CLIENTS = 50;
const ACTIVITIES = 20;

interface Talk {
  readonly rates: number[];
  readonly latencies: number[];
}

/**
 * Measures the embedded Direct Line: 50 pages that talk at once to this bot and to one that only echoes behind the same Direct
 * Line, and what 10,000 conversations take. Prints Markdown. `quick` measures less.
 */
export async function benchDirectLine(quick: boolean): Promise<void> {
  const { knowledge, guides } = await loadContent(loadConfig({}));
  const mix = buildMessageMix({ ...knowledge, guideTitle: guides[0]?.title ?? 'help' });
  const { echo, ours } = await measureTalk(mix, quick ? { rounds: 4, each: 5 } : { rounds: 10, each: 20 });
  const line = (name: string, unit: string, pick: (talk: Talk) => number) =>
    ({ name, unit, echo: pick(echo), ours: pick(ours), by: 'ratio' }) as const;
  print(
    toMarkdown([
      line(`round trips a second, ${CLIENTS} pages`, '', ({ rates }) => median(rates)),
      line('message to reply on the socket, p50', 'ms', ({ latencies }) => median(latencies)),
      line('message to reply on the socket, p95', 'ms', ({ latencies }) => quantile(latencies, 0.95)),
    ]),
  );
  print('');
  const cost = measureConversations(await listen(mix));
  const [empty, full, replaced] = cost.residentMb.map((mb) => mb.toFixed(0));
  print(
    `Conversations of ${ACTIVITIES} activities: ${Math.round(cost.bytesEach).toLocaleString('en')} bytes of heap each when idle; ` +
      `resident memory ${empty} MB empty, ${full} MB after 10,000, ${replaced} MB after 20,000, of which the storage holds 10,000.`,
  );
}

async function measureTalk(mix: MessageMix, plan: { readonly rounds: number; readonly each: number }) {
  const agent = new http.Agent({ keepAlive: true });
  const found: Record<BotName, Talk> = { echo: { rates: [], latencies: [] }, ours: { rates: [], latencies: [] } };
  const bots: { readonly bot: BotProcess; readonly clients: readonly WebChatClient[] }[] = [];
  try {
    for (const name of ['echo', 'ours'] as const) {
      const bot = await startBot(name, 'echo-direct-line.js');
      bots.push({
        bot,
        clients: await Promise.all(Array.from({ length: CLIENTS }, () => openWebChatClient(bot.port, agent))),
      });
    }
    // The first two rounds warm up.
    for (let round = -2; round < plan.rounds; round++) {
      for (const { bot, clients } of bots) {
        const startedAt = performance.now();
        const latencies = await Promise.all(
          clients.map((client, index) => talk(client, mix, index, round + 2, plan.each)),
        );
        if (round < 0) continue;
        found[bot.name].rates.push((CLIENTS * plan.each * 1_000) / (performance.now() - startedAt));
        found[bot.name].latencies.push(...latencies.flat());
      }
    }
    return found;
  } finally {
    for (const { clients } of bots) for (const client of clients) client.close();
    agent.destroy();
    await Promise.all(bots.map(({ bot }) => bot.stop()));
  }
}

async function talk(
  client: WebChatClient,
  mix: MessageMix,
  index: number,
  round: number,
  each: number,
): Promise<number[]> {
  const latencies: number[] = [];
  for (let turn = 0; turn < each; turn++) {
    const { text } = mix((round * each + turn) * CLIENTS + index, CLIENTS);
    latencies.push(await client.ask(text));
  }
  return latencies;
}

/** What one page hears in a real conversation. */
async function listen(mix: MessageMix): Promise<readonly object[]> {
  const bot = await startBot('ours');
  const agent = new http.Agent();
  const client = await openWebChatClient(bot.port, agent);
  try {
    for (let turn = 0; client.heard.length < ACTIVITIES + 2; turn++) await client.ask(mix(turn, 1).text);
    return client.heard.filter((one) => (one as { type: string }).type !== 'typing').slice(0, ACTIVITIES);
  } finally {
    client.close();
    agent.destroy();
    await bot.stop();
  }
}

function measureConversations(activities: readonly object[]): ConversationCost {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'bench-'));
  try {
    const file = path.join(folder, 'activities.json');
    writeFileSync(file, JSON.stringify(activities));
    const script = path.join(__dirname, 'conversation-memory.js');
    return JSON.parse(execFileSync(process.execPath, ['--expose-gc', script, file], { encoding: 'utf8' }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
