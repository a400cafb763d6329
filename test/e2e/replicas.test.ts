import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { buildMain } from '../support/built-main';
import { type Crowd, startCrowd } from '../support/hurt/crowd';
import { requestJson } from '../support/hurt/http-json';
import { holdsWithin, type Outage } from '../support/hurt/people';
import { hasRedis } from '../support/hurt/redis-process';
import { type ReplicaSet, startReplicaSet } from '../support/hurt/replica-set';
import { faultsOf } from '../support/hurt/tally';

/*
 * Three processes of the built bot on one real Redis, behind a load balancer that sends every request and every web socket to another of them.
 */

const isMissing = !process.env.CI && !hasRedis();
if (isMissing) process.stderr.write('Skipped "replicas": there is no redis-server on this machine.\n');
const describeWithRedis = isMissing ? describe.skip : describe;

describeWithRedis('three replicas without sticky sessions', () => {
  let set: ReplicaSet;
  let crowd: Crowd | undefined;
  beforeAll(async () => {
    buildMain();
    set = await startReplicaSet(3, { WEB_CHAT_SESSIONS_PER_MINUTE: String(SESSIONS_PER_MINUTE) });
  }, 120_000);
  afterAll(async () => {
    crowd?.abandon();
    await set?.stop();
  });

  const SESSIONS_PER_MINUTE = 240;
  const CHANNEL = 4;

  async function untilReady(url: string): Promise<void> {
    const startedAt = performance.now();
    while ((await requestJson({ method: 'GET', url: `${url}/ready` })).status !== 200) {
      if (performance.now() - startedAt > 40_000) throw new Error(`${url} is not ready again`);
      await delay(20);
    }
  }

  function activity(id: string, conversation: string, text: string): object {
    return {
      type: 'message',
      id,
      channelId: 'emulator',
      serviceUrl: set.connector.url,
      from: { id: 'user-1', role: 'user' },
      recipient: { id: 'bot-1', role: 'bot' },
      conversation: { id: conversation },
      text,
    };
  }

  test('one activity that two replicas get at the same time is answered once', async () => {
    const conversations = Array.from({ length: 20 }, () => `${randomUUID()}|livechat`);
    await Promise.all(
      conversations.map(async (conversation) => {
        const body = activity(randomUUID(), conversation, 'How heavy is a piano?');
        const deliveries = set.replicas.map(({ url }) =>
          requestJson({ method: 'POST', url: `${url}/api/messages`, body }),
        );
        const statuses = (await Promise.all(deliveries)).map(({ status }) => status);
        expect(statuses).toContain(200);
      }),
    );
    const answers = conversations.map((conversation) => set.connector.answersOf(conversation));
    expect(answers.map(({ length }) => length)).toEqual(conversations.map(() => 1));
    expect(answers.every(([answer]) => answer!.json.includes('exactly 1037 kg'))).toBe(true);
  });

  test('chats go on in order, answered once, while a replica is killed and Redis stands still, dies and comes back', async () => {
    const { connector, proxy, redis, replicas } = set;
    const outages: Outage[] = [];
    const talking = startCrowd({ botUrl: proxy.url, connector, pages: 9, channel: CHANNEL, kills: set.kills, outages });
    crowd = talking;
    const acknowledged = async (more: number): Promise<void> => {
      const before = talking.tally.acknowledged;
      expect(await holdsWithin(40_000, () => talking.tally.acknowledged >= before + more)).toBe(true);
    };
    /** While Redis is away: a question is answered, or the person is told that something is wrong. */
    const answersQuestion = async (): Promise<void> => {
      const conversation = `${randomUUID()}|livechat`;
      const body = activity(randomUUID(), conversation, 'How heavy is a violin?');
      await requestJson({ method: 'POST', url: `${proxy.url}/api/messages`, body });
      expect(connector.answersOf(conversation).map(({ json }) => json)).toEqual([
        expect.stringMatching(/exactly 1376 kg|sorry/i),
      ]);
    };
    const without = async (leave: () => unknown, work: () => Promise<void>, comeBack: () => unknown): Promise<void> => {
      const from = performance.now();
      outages.push({ from, to: Number.POSITIVE_INFINITY });
      await leave();
      await work();
      await comeBack();
      // Redis is there before everybody has noticed.
      await Promise.all(replicas.map(({ url }) => untilReady(url)));
      await acknowledged(40);
      outages.splice(-1, 1, { from, to: performance.now() });
    };
    await acknowledged(120);

    await replicas[0]!.kill();
    await acknowledged(60);
    await replicas[0]!.restart();
    const countsBefore = new Map(proxy.counts);
    await acknowledged(60);

    await without(
      () => redis.pause(),
      async () => {
        const until = performance.now() + 3_000;
        await answersQuestion();
        await holdsWithin(until - performance.now(), () => false);
      },
      () => redis.resume(),
    );
    await without(
      () => redis.kill(),
      async () => {
        await answersQuestion();
        await answersQuestion();
      },
      () => redis.restart(),
    );
    await acknowledged(60);

    const tally = await talking.stop();
    expect(faultsOf(tally)).toEqual({});
    // One message in hand of each, of which nobody can tell whether the connector took its answer.
    expect(tally.doubledOverKill.length).toBeLessThanOrEqual(CHANNEL);
    const counts = [...proxy.counts].map(([port, count]) => count - countsBefore.get(port)!);
    expect(Math.min(...counts)).toBeGreaterThan(Math.max(...counts) / 2);
    for (const { url } of replicas) {
      expect((await requestJson({ method: 'GET', url: `${url}/ready` })).status).toBe(200);
    }
  }, 120_000);

  test('what one address may ask for is counted over all replicas', async () => {
    const startedAt = performance.now();
    const url = `${set.proxy.url}/v3/directline/tokens/generate`;
    const statuses: number[] = [];
    for (let round = 0; round < 40; round++) {
      const answers = Array.from({ length: 10 }, () => requestJson({ method: 'POST', url, body: {} }));
      statuses.push(...(await Promise.all(answers)).map(({ status }) => status));
    }
    const filledUp = ((performance.now() - startedAt) / 60_000) * SESSIONS_PER_MINUTE;
    const opened = statuses.filter((status) => status === 200).length;
    expect(new Set(statuses)).toEqual(new Set([200, 429]));
    expect(opened).toBeLessThanOrEqual(SESSIONS_PER_MINUTE + filledUp + 2);
  });
});
