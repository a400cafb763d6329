import { type BotName, type BotProcess, startBot } from './bot-process';
import { buildClient, type Client, type Timing } from './client';
import type { FakeConnector } from './fake-connector';
import { median } from './figures';
import type { MessageMix } from './message-mix';

/** How much is measured. */
export interface Plan {
  readonly starts: number;
  readonly warmUp: number;
  /** Blocks of messages one by one, for each bot. */
  readonly blocks: number;
  readonly blockLength: number;
  /** Blocks of messages 16 at once, for each bot. */
  readonly floods: number;
  readonly floodLength: number;
  readonly memoryMessages: number;
  readonly memoryConversations: number;
}

/** The same figure of both bots. */
export type Both<T> = Readonly<Record<BotName, T>>;

const BOTS: readonly BotName[] = ['echo', 'ours'];
/** Messages at once in a flood and while memory is filled. */
export const AT_ONCE = 16;
const LATENCY_CONVERSATIONS = 100;

interface Other {
  readonly connector: FakeConnector;
  readonly mix: MessageMix;
}

/** Milliseconds from start to first answer, one value a start, the bots taking turns. The first start of each is not counted. */
export async function measureStarts({ starts }: Plan): Promise<Both<number[]>> {
  const found: Both<number[]> = { echo: [], ours: [] };
  for (let round = 0; round <= starts; round++) {
    for (const name of BOTS) {
      const bot = await startBot(name);
      await bot.stop();
      if (round > 0) found[name].push(bot.startMs);
    }
  }
  return found;
}

/** What one bot showed while it was talked to. */
export interface Talk {
  readonly timings: readonly Timing[];
  /** Messages a second, 16 at once: the median block. */
  readonly perSecond: number;
  /** Processor time of the bot's process, in milliseconds a message one by one. */
  readonly cpuMs: number;
}

/** Talks to both bots in turns (a block to one, a block to the other) after a warm-up of each. */
export async function measureTalk(plan: Plan, other: Other): Promise<Both<Talk>> {
  return withBots(other, LATENCY_CONVERSATIONS, async (bots) => {
    const found = { echo: newTalk(), ours: newTalk() };
    for (const { client } of bots) await client.send({ from: 0, to: plan.warmUp, atOnce: 1 });
    for (let block = 0; block < plan.blocks; block++) {
      const from = plan.warmUp + block * plan.blockLength;
      for (const { bot, client } of bots) {
        const cpuBefore = bot.cpuMs();
        found[bot.name].timings.push(...(await client.send({ from, to: from + plan.blockLength, atOnce: 1 })));
        found[bot.name].cpuMs += bot.cpuMs() - cpuBefore;
      }
    }
    const talked = plan.warmUp + plan.blocks * plan.blockLength;
    for (let flood = 0; flood < plan.floods; flood++) {
      const from = talked + flood * plan.floodLength;
      for (const { bot, client } of bots) {
        const startedAt = performance.now();
        await client.send({ from, to: from + plan.floodLength, atOnce: AT_ONCE });
        found[bot.name].rates.push((plan.floodLength * 1000) / (performance.now() - startedAt));
      }
    }
    const finish = (name: BotName): Talk => ({
      timings: found[name].timings,
      perSecond: median(found[name].rates),
      cpuMs: found[name].cpuMs / (plan.blocks * plan.blockLength),
    });
    return { echo: finish('echo'), ours: finish('ours') };
  });
}

function newTalk(): { timings: Timing[]; rates: number[]; cpuMs: number } {
  return { timings: [], rates: [], cpuMs: 0 };
}

/** Resident memory, in MB, after a number of messages. */
export interface MemorySample {
  readonly messages: number;
  readonly mb: number;
}

/** Fills both bots, freshly started, with the same messages, and looks at their memory 40 times on the way. */
export async function measureMemory(plan: Plan, other: Other): Promise<Both<MemorySample[]>> {
  return withBots(other, plan.memoryConversations, async (bots) => {
    const found: Both<MemorySample[]> = { echo: [], ours: [] };
    const step = plan.memoryMessages / 40;
    for (const { bot, client } of bots) {
      found[bot.name].push({ messages: 0, mb: bot.residentMb() });
      for (let sent = step; sent <= plan.memoryMessages; sent += step) {
        await client.send({ from: sent - step, to: sent, atOnce: AT_ONCE });
        found[bot.name].push({ messages: sent, mb: bot.residentMb() });
      }
    }
    return found;
  });
}

async function withBots<T>(
  { connector, mix }: Other,
  conversations: number,
  use: (bots: readonly { readonly bot: BotProcess; readonly client: Client }[]) => Promise<T>,
): Promise<T> {
  const bots: { readonly bot: BotProcess; readonly client: Client }[] = [];
  try {
    for (const name of BOTS) {
      const bot = await startBot(name);
      bots.push({ bot, client: buildClient({ name, port: bot.port, connector, mix, conversations }) });
    }
    return await use(bots);
  } finally {
    for (const { client } of bots) client.close();
    await Promise.all(bots.map(({ bot }) => bot.stop()));
  }
}
