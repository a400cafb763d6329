import { randomUUID } from 'node:crypto';
import http from 'node:http';
import { cpus } from 'node:os';
import type { AnswerLedger } from '../support/hurt/answer-ledger';
import { requestJson } from '../support/hurt/http-json';
import { hasRedis } from '../support/hurt/redis-process';
import { type ReplicaSet, startReplicaSet } from '../support/hurt/replica-set';
import { type Line, talkScript } from '../support/hurt/talk-script';
import { cpuMs } from './process-figures';
import { openWebChatClient } from './web-chat-client';

/** What a load cost. */
interface Cost {
  readonly replicas: number;
  readonly way: 'channel' | 'web chat';
  readonly messages: number;
  readonly perSecond: number;
  /** Processor milliseconds a message of the bots together, of Redis, and of this process (clients and connector). */
  readonly botMs: number;
  readonly redisMs: number;
  readonly clientMs: number;
  /** Processors that were busy on average, of all that is named above. */
  readonly busy: number;
  /** What Redis keeps of one conversation, in bytes. */
  readonly redisBytes: number;
  /** Between the bots and Redis, both ways, in bytes a message. */
  readonly redisTraffic: number;
  /** Between clients and the load balancer, both ways, in bytes a message; `undefined` where they go past it. */
  readonly clientTraffic: number | undefined;
}

const AT_ONCE = 24;
/** Of a conversation, with questions and a walk through a guide. */
const MESSAGES_EACH = 10;

/**
 * Measures one replica and three of them on one Redis, on this machine: messages a second, the processor time of each part, and what Redis
 * keeps of a conversation. Every request goes to the next replica, whichever conversation it belongs to. `quick` measures less.
 */
export async function benchReplicas(quick: boolean): Promise<void> {
  if (!hasRedis()) {
    print('There is no redis-server on this machine.');
    return;
  }
  const talks = quick ? 100 : 600;
  const costs: Cost[] = [];
  for (const replicas of [1, 3]) {
    process.stderr.write(`measuring: ${replicas} on Redis\n`);
    const set = await startReplicaSet(replicas, { LOG_LEVEL: 'warn', MAX_CONVERSATIONS: '100000' }, 'everysec');
    try {
      // Each process has to run warm by itself: code that is new takes twice as long.
      await talkByChannel(set, Math.ceil(talks / 2) * replicas);
      costs.push(await measure(set, 'channel', () => talkByChannel(set, talks)));
      await talkByWebChat(set, AT_ONCE * replicas);
      costs.push(await measure(set, 'web chat', () => talkByWebChat(set, Math.max(AT_ONCE, talks / 2))));
    } finally {
      await set.stop();
    }
  }
  print(
    '| replicas | way | messages | a second | bots, ms each | Redis, ms each | clients, ms each | processors busy | Redis, bytes a conversation | Redis traffic, bytes each | client traffic, bytes each |',
  );
  print('| --: | --- | --: | --: | --: | --: | --: | --: | --: | --: | --: |');
  for (const cost of costs) {
    const { replicas, way, messages, perSecond, botMs, redisMs, clientMs, busy, redisBytes } = cost;
    const figures = [perSecond.toFixed(0), botMs.toFixed(2), redisMs.toFixed(2), clientMs.toFixed(2), busy.toFixed(2)];
    const bytes = [redisBytes, cost.redisTraffic, cost.clientTraffic].map((one) => one?.toFixed(0) ?? '');
    print(`| ${[replicas, way, messages, ...figures, ...bytes].join(' | ')} |`);
  }
  print('');
  for (const way of ['channel', 'web chat'] as const) {
    const [one, three] = costs.filter((cost) => cost.way === way) as [Cost, Cost];
    // As many processors as the whole work would need at three times the pace of one replica.
    const needed = 3 * one.busy;
    print(
      `${way}: three replicas carry ${(three.perSecond / one.perSecond).toFixed(2)} times what one does on ${cpus().length} processors, ` +
        `of which one replica with Redis and the clients keeps ${one.busy.toFixed(2)} busy and three keep ${three.busy.toFixed(2)} busy; ` +
        `three times as much would need ${needed.toFixed(1)}.`,
    );
  }
}

/** Runs a load and divides what it took by its messages. `load` resolves with how many talks and messages there were. */
async function measure(
  set: ReplicaSet,
  way: Cost['way'],
  load: () => Promise<{ readonly talks: number; readonly messages: number }>,
): Promise<Cost> {
  const { replicas, redis } = set;
  const botCpu = (): number => replicas.reduce((sum, { pid }) => sum + cpuMs(pid), 0);
  const before = { bot: botCpu(), redis: cpuMs(redis.pid), own: process.cpuUsage() };
  const redisBefore = { bytes: await usedBytes(set), traffic: await redisTraffic(set), clients: set.proxy.bytes() };
  const startedAt = performance.now();
  const { talks, messages } = await load();
  const ms = performance.now() - startedAt;
  const { user, system } = process.cpuUsage(before.own);
  const [bot, store, own] = [botCpu() - before.bot, cpuMs(redis.pid) - before.redis, (user + system) / 1_000];
  return {
    replicas: replicas.length,
    way,
    messages,
    perSecond: (messages * 1_000) / ms,
    botMs: bot / messages,
    redisMs: store / messages,
    clientMs: own / messages,
    busy: (bot + store + own) / ms,
    redisBytes: ((await usedBytes(set)) - redisBefore.bytes) / talks,
    redisTraffic: ((await redisTraffic(set)) - redisBefore.traffic) / messages,
    clientTraffic: way === 'channel' ? undefined : (set.proxy.bytes() - redisBefore.clients) / messages,
  };
}

/** What one person says in one conversation. */
function scriptOf(talk: number): readonly Line[] {
  return talkScript(talk).slice(0, MESSAGES_EACH);
}

async function redisTraffic({ redis }: ReplicaSet): Promise<number> {
  const text = await redis.ask('INFO stats');
  const read = (name: string): number => Number(new RegExp(`${name}:(\\d+)`).exec(text)?.[1]);
  return read('total_net_input_bytes') + read('total_net_output_bytes');
}

async function usedBytes({ redis }: ReplicaSet): Promise<number> {
  return Number(/used_memory_dataset:(\d+)/.exec(await redis.ask('INFO memory'))?.[1]);
}

/** Whole talks by `POST /api/messages`, some at once; the next message goes to the next replica. */
async function talkByChannel({ replicas, connector }: ReplicaSet, talks: number) {
  const agent = new http.Agent({ keepAlive: true });
  let begun = 0;
  let sent = 0;
  const work = async (): Promise<void> => {
    while (begun < talks) {
      begun += 1;
      const conversation = randomUUID();
      for (const { text } of scriptOf(begun)) {
        sent += 1;
        const url = `${replicas[sent % replicas.length]!.url}/api/messages`;
        const body = channelMessage(conversation, text, connector);
        const { status } = await requestJson({ method: 'POST', url, body, agent });
        if (status !== 200) throw new Error(`"${text}" was answered with status ${status}.`);
      }
      const answers = connector.answersOf(conversation).length;
      if (answers < MESSAGES_EACH) throw new Error(`${MESSAGES_EACH} messages got ${answers} answers.`);
      connector.forget(conversation);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  agent.destroy();
  return { talks, messages: sent };
}

/** Whole talks by our Direct Line, heard on web sockets; requests and sockets go through the load balancer. */
async function talkByWebChat({ proxy }: ReplicaSet, talks: number) {
  const agent = new http.Agent({ keepAlive: true });
  const port = Number(new URL(proxy.url).port);
  let begun = 0;
  let messages = 0;
  const work = async (): Promise<void> => {
    while (begun < talks) {
      begun += 1;
      const script = scriptOf(begun);
      const client = await openWebChatClient(port, agent);
      for (const { text } of script) {
        await client.ask(text);
        messages += 1;
      }
      client.close();
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  agent.destroy();
  return { talks, messages };
}

function channelMessage(conversation: string, text: string, connector: AnswerLedger): object {
  return {
    type: 'message',
    id: randomUUID(),
    timestamp: new Date().toISOString(),
    // Not the Emulator's, whose turns send a trace besides, nor Teams', whose cards are larger.
    channelId: 'webchat',
    serviceUrl: connector.url,
    from: { id: 'user-1', name: 'User', role: 'user' },
    recipient: { id: 'bot-1', name: 'Bot', role: 'bot' },
    conversation: { id: conversation },
    text,
    textFormat: 'plain',
    locale: 'en-US',
  };
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
