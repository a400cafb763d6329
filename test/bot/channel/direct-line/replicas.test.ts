import { ActivityTypes, type TurnContext } from 'botbuilder';
import fc from 'fast-check';
import { StorageFault } from '../../../../bot/channel/direct-line/storage-fault';
import type { Change } from '../../../../bot/channel/storage/storage';
import { turnTransactionOf } from '../../../../bot/channel/turn-transaction';
import { until } from '../../../support/until';
import {
  type Answered,
  echo,
  type Opened,
  openStream,
  startDirectLine,
  type TestServer,
  textsOf,
} from './direct-line-client';
import { type Mortal, mortal, type Shared, share } from './replica';

/*
 * Several servers over one storage and one backplane: replicas that live side by side, and processes that follow one another.
 */

const running: TestServer[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.stop()));
});

async function start(options: Parameters<typeof startDirectLine>[0]): Promise<TestServer> {
  const server = await startDirectLine({ config: { stopTimeoutMs: 100 }, ...options });
  running.push(server);
  return server;
}

const marked = (mark: string) => ({ channelData: { clientActivityID: mark } });
const allTexts = async (server: TestServer, opened: Opened) => textsOf((await server.activities(opened)).activities);
const at = (server: TestServer, opened: Opened): string =>
  opened.streamUrl.replace(/^ws:\/\/[^/]+/, `ws://127.0.0.1:${server.port}`);

describe('two replicas', () => {
  test('talk with one page: its socket on the one, its messages to the other', async () => {
    const shared = share();
    const [a, b] = [await start(shared), await start(shared)];
    const opened = await a.open();
    const stream = await openStream(at(a, opened));
    for (let i = 0; i < 5; i++) {
      await b.say(opened, String(i));
      await until(() => textsOf(stream.activities).includes(`echo ${i}`));
    }
    expect(textsOf(stream.activities)).toEqual([
      'welcome',
      ...[0, 1, 2, 3, 4].flatMap((i) => [String(i), `echo ${i}`]),
    ]);
    const times = stream.activities.map(({ timestamp }) => String(timestamp));
    expect([...new Set(times)].sort()).toEqual(times);
    expect((await a.activities(opened)).activities).toEqual((await b.activities(opened)).activities);
    stream.socket.close();
  });

  test('greet once, wherever a conversation is begun, be it at once', async () => {
    const shared = share();
    const [a, b] = [await start(shared), await start(shared)];
    for (let i = 0; i < 10; i++) {
      const { token } = (await a.request('POST', '/tokens/generate')).body;
      const begun = await Promise.all(
        [a, b, a, b].map((server) => server.request('POST', '/conversations', { token })),
      );
      expect(begun.map(({ status }) => status).sort()).toEqual([200, 200, 200, 201]);
      await a.say(begun[0]!.body, 'hi');
      await until(async () => (await allTexts(b, begun[0]!.body)).includes('echo hi'));
      expect(await allTexts(a, begun[0]!.body)).toEqual(['welcome', 'hi', 'echo hi']);
    }
  });

  test('answer once what comes to both, and all that comes at once, in the order in which it was taken', async () => {
    const shared = share();
    const [a, b] = [await start(shared), await start(shared)];
    const opened = await a.open();
    const twice = await Promise.all([a, b, a].map((server) => server.say(opened, 'twice', marked('same'))));
    expect(new Set(twice.map(({ body }) => body.id)).size).toBe(1);
    const said = Array.from({ length: 12 }, (_, i) => String(i));
    await Promise.all(said.map((text, i) => [a, b][i % 2]!.say(opened, text)));
    await until(async () => (await allTexts(a, opened)).length === 1 + 2 + 24);
    const texts = (await allTexts(a, opened)) as string[];
    const own = texts.filter((text) => /^\d+$/.test(text));
    expect([...own].sort((x, y) => Number(x) - Number(y))).toEqual(said);
    expect(texts.filter((text) => /^echo \d/.test(text))).toEqual(own.map((text) => `echo ${text}`));
    const { activities } = await a.activities(opened);
    expect(new Set(activities.map(({ id }) => id)).size).toBe(activities.length);
    // Each answer is later than what it answers.
    const timeOf = new Map(activities.map(({ id, timestamp }) => [id, String(timestamp)]));
    for (const { replyToId, timestamp } of activities) {
      if (replyToId && timeOf.has(replyToId)) expect(String(timestamp) > timeOf.get(replyToId)!).toBe(true);
    }
  });

  test('delete a conversation for the pages of both', async () => {
    const shared = share();
    const [a, b] = [await start(shared), await start(shared)];
    const opened = await a.open();
    const streams = [await openStream(at(a, opened)), await openStream(at(b, opened))];
    await b.say(opened, 'forget me');
    for (const stream of streams) {
      expect(await stream.closed).toBe(1000);
      expect(stream.activities.at(-1)).toMatchObject({ name: 'conversation-deleted', from: { id: 'bot' } });
      expect(textsOf(stream.activities)).toContain('echo forget me');
    }
    for (const server of [a, b]) {
      expect((await server.say(opened, 'hi')).status).toBe(404);
      expect((await server.request('POST', '/conversations', opened)).status).toBe(404);
    }
  });

  test('count together how much one conversation asks', async () => {
    const shared = share();
    const config = { webChatMessagesPerMinute: 3, stopTimeoutMs: 100 };
    const [a, b] = [await start({ ...shared, config }), await start({ ...shared, config })];
    const opened = await a.open();
    const statuses = [];
    for (const server of [a, b, a, b]) statuses.push((await server.say(opened, 'hi')).status);
    expect(statuses).toEqual([200, 200, 200, 429]);
  });
});

/** Counts in its memory, as a guide does, with the turn's commit. */
function counting(shared: Shared): (context: TurnContext) => Promise<void> {
  return async (context) => {
    const { activity } = context;
    if (activity.type !== ActivityTypes.Message) return echo(context);
    const key = `memory/${activity.conversation.id}`;
    const stored = (await shared.storage.read([key])).get(key);
    const step = Number(stored?.json ?? 0) + 1;
    await context.sendActivity(`${activity.text} is ${step}`);
    const eTag = Math.random().toString(36);
    await turnTransactionOf(context)!.commit([
      { kind: 'put', key, json: String(step), eTag, replaces: stored?.eTag ?? null, ttlMs: 60_000 },
    ]);
  };
}

describe('a process that is killed', () => {
  const isTurn = (changes: readonly Change[]): boolean => changes.some(({ kind }) => kind === 'unmark');

  test.each([
    'before',
    'after',
  ] as const)('%s the commit of a turn leaves it to the next, which makes it once', async (when) => {
    const shared = share();
    let armed = false;
    const first = mortal(shared, (changes) => (armed && isTurn(changes) ? when : undefined));
    const a = await start({ ...first, onTurn: counting(first) });
    const opened = await a.open();
    await a.say(opened, 'one');
    await until(async () => (await allTexts(a, opened)).includes('one is 1'));
    armed = true;
    const { status, body } = await a.say(opened, 'two', marked('mark'));
    expect(status).toBe(200);
    const b = await start({ ...shared, onTurn: counting(shared) });
    await until(async () => (await allTexts(b, opened)).includes('two is 2'));
    // The page did not hear that it arrived, for example.
    expect((await b.say(opened, 'two', marked('mark'))).body.id).toBe(body.id);
    await b.say(opened, 'three');
    await until(async () => (await allTexts(b, opened)).includes('three is 3'));
    expect(await allTexts(b, opened)).toEqual(['welcome', 'one', 'one is 1', 'two', 'two is 2', 'three', 'three is 3']);
    expect(await shared.storage.members('inboxes')).toEqual([]);
  });

  test('anywhere, again and again, loses nothing that was acknowledged and answers nothing twice', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 12 }), fc.boolean()), { maxLength: 5 }),
        async (lives) => {
          const shared = share();
          let server: TestServer | undefined;
          let current: Mortal | undefined;
          const next = async (): Promise<void> => {
            const life = lives.shift();
            let commits = 0;
            current = mortal(shared, () => {
              commits += 1;
              return life !== undefined && commits === life[0] ? (life[1] ? 'before' : 'after') : undefined;
            });
            server = await start({ ...current, onTurn: counting(current), sweepMs: 5 });
          };
          await next();
          const { token } = (await server!.request('POST', '/tokens/generate')).body;
          const opened = { ...(await insist(() => server!.request('POST', '/conversations', { token }), next)).body };
          const said = ['a', 'b', 'c', 'd'];
          for (const text of said) await insist(() => server!.say(opened, text, marked(text)), next);
          // Until somebody lives long enough.
          for (;;) {
            const done = await patiently(async () =>
              (await allTexts(server!, opened)).some((text) => text?.startsWith('d is')),
            );
            if (done) break;
            await next();
          }
          const texts = await allTexts(server!, opened);
          expect(texts.filter((text) => text === 'welcome')).toHaveLength(1);
          expect(texts.filter((text) => said.includes(text!))).toEqual(said);
          expect(texts.filter((text) => text?.includes(' is '))).toEqual(said.map((text, i) => `${text} is ${i + 1}`));
        },
      ),
      { numRuns: 15 },
    );
  }, 60_000);

  test('again and again by the same message apologises for it, and goes on', async () => {
    const shared = share();
    let current: Mortal;
    let deaths = 0;
    const deadly = async (context: TurnContext): Promise<void> => {
      if (context.activity.text === 'poison' && deaths < 50) {
        deaths += 1;
        current.kill();
        return new Promise(() => undefined);
      }
      return echo(context);
    };
    const next = async (): Promise<TestServer> => {
      current = mortal(shared);
      return start({ ...current, onTurn: deadly, sweepMs: 5 });
    };
    let server = await next();
    const opened = await server.open();
    await server.say(opened, 'poison');
    await until(() => deaths === 1);
    for (let life = 2; life <= 4; life++) {
      server = await next();
      await until(() => deaths === life);
    }
    server = await next();
    await until(async () => (await allTexts(server, opened)).includes('sorry'));
    await server.say(opened, 'on');
    await until(async () => (await allTexts(server, opened)).includes('echo on'));
    expect(await allTexts(server, opened)).toEqual(['welcome', 'poison', 'sorry', 'on', 'echo on']);
    expect(deaths).toBe(4);
  });

  test('as soon as it has begun a conversation leaves the greeting to whom its page asks next', async () => {
    const shared = share();
    const first = mortal(shared, () => 'after');
    const sweepMs = 600_000;
    const [a, b] = [await start({ ...first, sweepMs }), await start({ ...shared, sweepMs })];
    const { token, conversationId } = (await a.request('POST', '/tokens/generate')).body;
    void a.request('POST', '/conversations', { token }).catch(() => undefined);
    await until(async () => (await shared.storage.members('inboxes')).length === 1);
    const again = await b.request('POST', '/conversations', { token });
    expect(again).toMatchObject({ status: 200, body: { conversationId } });
    await until(async () => (await allTexts(b, again.body)).length > 0);
    expect(await allTexts(b, again.body)).toEqual(['welcome']);
  });

  test('leaves all its conversations to the next', async () => {
    const shared = share();
    const first = mortal(shared);
    const a = await start({ ...first, onTurn: () => new Promise(() => undefined) });
    for (let i = 0; i < 30; i++) {
      const { token } = (await a.request('POST', '/tokens/generate')).body;
      expect((await a.request('POST', '/conversations', { token })).status).toBe(201);
    }
    first.kill();
    const b = await start(shared);
    await until(async () => (await shared.storage.members('inboxes')).length === 0);
    expect(b.turns).toHaveLength(30);
  });
});

test('a turn that the storage fails waits, and is apologised for only where it fails again and again', async () => {
  const shared = share();
  const faults = new Map([
    ['once', 1],
    ['always', Number.POSITIVE_INFINITY],
  ]);
  const onTurn = async (context: TurnContext): Promise<void> => {
    await echo(context);
    const { text } = context.activity;
    const left = faults.get(text) ?? 0;
    faults.set(text, left - 1);
    if (left > 0) throw new StorageFault('as told');
  };
  const server = await start({ ...shared, onTurn, sweepMs: 5 });
  const opened = await server.open();
  for (const text of ['once', 'always', 'never']) await server.say(opened, text);
  await until(async () => (await allTexts(server, opened)).includes('echo never'));
  const texts = await allTexts(server, opened);
  expect(texts.filter((text) => /echo|sorry/.test(text!))).toEqual(['echo once', 'sorry', 'echo never']);
});

test('a turn that the storage fails is run again as soon as the page says more', async () => {
  const shared = share();
  let isFirst = true;
  const onTurn = async (context: TurnContext): Promise<void> => {
    await echo(context);
    if (context.activity.text !== 'one' || !isFirst) return;
    isFirst = false;
    // Taken before the turn is over.
    await server.say(opened, 'two');
    throw new StorageFault('as told');
  };
  const server = await start({ ...shared, onTurn, sweepMs: 600_000 });
  const opened = await server.open();
  await server.say(opened, 'one');
  await until(async () => (await allTexts(server, opened)).includes('echo two'));
  expect(await allTexts(server, opened)).toEqual(['welcome', 'one', 'two', 'echo one', 'echo two']);
});

/** Until a dead server would have answered long ago. */
async function patiently(condition: () => Promise<boolean>): Promise<boolean> {
  try {
    await until(
      () => Promise.race([condition(), new Promise<boolean>((resolve) => void setTimeout(resolve, 150, false))]),
      600,
    );
    return true;
  } catch {
    return false;
  }
}

/** Asks the next server where one gives no answer. */
async function insist(ask: () => Promise<Answered>, next: () => Promise<void>): Promise<Answered> {
  for (;;) {
    const silence = new Promise<undefined>((resolve) => void setTimeout(() => resolve(undefined), 200));
    const answered = await Promise.race([ask().catch(() => undefined), silence]);
    if (answered !== undefined && answered.status < 300) return answered;
    await next();
  }
}
