import { buildBot } from '../../../bot/build-bot';
import { type RunningServer, startServer } from '../../../bot/channel/server';
import { openStorage } from '../../../bot/channel/storage/open-storage';
import type { Change, Storage } from '../../../bot/channel/storage/storage';
import { buildLogger } from '../../../bot/log';
import { phrases } from '../../../bot/phrases';
import { testConfig } from '../../support/test-config';
import { tinyContent, understandTiny } from '../../support/tiny-content';
import { until } from '../../support/until';

/*
 * The whole server with its own web chat, over a storage that fails in the middle of a turn.
 */

const QUESTION = 'How long does a tyre last?';

/** What fails, once: the reading of a turn's memory, or its commit, which is made not at all, in whole, or but for the memory. */
type Fault = 'read' | 'commit' | 'commit, which was made' | 'commit, of which the memory was kept';

const isMemory = (name: string): boolean => name.startsWith('state/');
const keepsMemory = (change: Change): boolean => change.kind === 'put' && isMemory(change.key);

function failingOnce(storage: Storage, fault: Fault | undefined) {
  let hasFailed = false;
  const fail = (): never => {
    hasFailed = true;
    throw new Error('connection lost');
  };
  const failing: Storage = {
    ...storage,
    async read(keys) {
      if (fault === 'read' && !hasFailed && keys.some(isMemory)) fail();
      return storage.read(keys);
    },
    async commit(changes) {
      if (fault === undefined || fault === 'read' || hasFailed || !changes.some(keepsMemory)) {
        return storage.commit(changes);
      }
      if (fault === 'commit, which was made') await storage.commit(changes);
      if (fault === 'commit, of which the memory was kept') await storage.commit(changes.filter(keepsMemory));
      return fail();
    },
  };
  return { failing, hasFailed: () => hasFailed };
}

let server: RunningServer;
afterEach(() => server.stop());

async function start(fault?: Fault): Promise<{ hasFailed(): boolean }> {
  const config = testConfig({ stopTimeoutMs: 2_000 });
  const log = buildLogger(config);
  const opened = await openStorage(config, log);
  const { failing, hasFailed } = failingOnce(opened.certain, fault);
  const bot = buildBot(understandTiny, tinyContent());
  server = await startServer({ config, bot, log, storage: { ...opened, certain: failing } });
  return { hasFailed };
}

async function request(method: string, path: string, token = '', body?: object) {
  const response = await fetch(`http://127.0.0.1:${server.port}/v3/directline${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  // Tests look into bodies freely.
  // biome-ignore lint/suspicious/noExplicitAny: the JSON of a response
  return { status: response.status, body: (await response.json()) as any };
}

/** A page that has not begun its conversation yet. */
async function page() {
  const { token, conversationId } = (await request('POST', '/tokens/generate', '', {})).body;
  const path = `/conversations/${conversationId}/activities`;
  const texts = async (): Promise<string[]> =>
    (await request('GET', path, token)).body.activities.map(({ text }: { readonly text: string }) => text);
  return {
    texts,
    begin: async () => (await request('POST', '/conversations', token, {})).status,
    /** Says something under a mark, and waits until so many activities are there. */
    async say(text: string, clientActivityID: string, count: number) {
      const { status } = await request('POST', path, token, {
        type: 'message',
        text,
        channelData: { clientActivityID },
      });
      await until(async () => (await texts()).length >= count);
      return status;
    },
  };
}

test.each<Fault>([
  'read',
  'commit',
  'commit, which was made',
  'commit, of which the memory was kept',
])('a greeting whose storage fails (%s) comes once, as soon as the page asks again, and no apology', async (fault) => {
  const { hasFailed } = await start(fault);
  const { begin, texts, say } = await page();
  expect(await begin()).toBe(201);
  await until(hasFailed);
  expect(await begin()).toBe(200);
  await until(async () => (await texts()).length > 0);
  expect(await say(QUESTION, '1', 3)).toBe(200);
  expect(await texts()).toEqual([phrases.welcome, QUESTION, expect.stringContaining('5000 km')]);
});

test('a question that is asked twice is answered twice, and once where it is only sent again', async () => {
  await start();
  const { begin, texts, say } = await page();
  await begin();
  await say(QUESTION, '1', 3);
  await say(QUESTION, '1', 3);
  await say(QUESTION, '2', 5);
  const answer = expect.stringContaining('5000 km');
  expect(await texts()).toEqual([phrases.welcome, QUESTION, answer, QUESTION, answer]);
});
