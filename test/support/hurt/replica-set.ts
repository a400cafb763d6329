import { AnswerLedger } from './answer-ledger';
import { BotUnderLoad } from './bot-under-load';
import { RedisProcess, type RedisSync } from './redis-process';
import { type RoundRobinProxy, startRoundRobinProxy } from './round-robin-proxy';
import { talkContent } from './talk-script';

/** Several processes of the bot on one Redis, behind a load balancer that sends every request to another one. */
export interface ReplicaSet {
  readonly replicas: readonly BotUnderLoad[];
  readonly redis: RedisProcess;
  readonly proxy: RoundRobinProxy;
  readonly connector: AnswerLedger;
  /** When any of the processes was killed (`performance.now()`). */
  kills(): readonly number[];
  stop(): Promise<void>;
}

/** Starts `count` replicas, and everything around them. */
export async function startReplicaSet(
  count: number,
  env: Readonly<Record<string, string>> = {},
  sync?: RedisSync,
): Promise<ReplicaSet> {
  const content = talkContent();
  const [redis, connector] = await Promise.all([RedisProcess.start(sync), AnswerLedger.start()]);
  const stops: (() => Promise<unknown>)[] = [() => connector.goAway(), () => redis.stop()];
  const stop = async (): Promise<void> => {
    // The last that was started first: a bot whose Redis is gone would wait for it.
    for (const one of stops.reverse()) await one();
    content.remove();
  };
  try {
    const settings = {
      KNOWLEDGE_DIR: content.knowledgeDir,
      GUIDES_DIR: content.guidesDir,
      STORAGE: redis.url,
      MESSAGES_PER_MINUTE: '1000000',
      ...env,
    };
    const replicas = await Promise.all(Array.from({ length: count }, () => BotUnderLoad.start(settings)));
    stops.push(() => Promise.all(replicas.map((replica) => replica.stop())));
    const proxy = await startRoundRobinProxy(replicas.map(({ port }) => port));
    stops.push(() => proxy.close());
    return { replicas, redis, proxy, connector, kills: () => replicas.flatMap(({ kills }) => kills), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
