import { createRequire } from 'node:module';
import { type Activity, ConnectionStatus, DirectLine } from 'botframework-directlinejs';
import WebSocket from 'ws';
import { buildMemoryStorage } from '../../../../bot/channel/storage/memory-storage';
import type { Storage } from '../../../../bot/channel/storage/storage';
import { until } from '../../../support/until';
import { startDirectLine, type TestServer } from './direct-line-client';

/*
 * Web Chat's own client against our Direct Line, over restarts.
 */

// It finds what browsers have in the global scope.
Object.assign(globalThis, { WebSocket, XMLHttpRequest: createRequire(__filename)('xhr2') });

let storage: Storage;
let server: TestServer;
let clients: DirectLine[];
beforeEach(async () => {
  storage = buildMemoryStorage({ maxItems: 1_000 });
  server = await startDirectLine({ storage });
  clients = [];
});
afterEach(async () => {
  for (const client of clients) client.end();
  await server.stop();
});

interface Page {
  readonly client: DirectLine;
  /** What was heard, in order: texts, or names of events. */
  readonly heard: string[];
  readonly ids: string[];
  readonly statuses: ConnectionStatus[];
}

function openPage(options: Partial<ConstructorParameters<typeof DirectLine>[0]>): Page {
  const client = new DirectLine({
    domain: `${server.url}/v3/directline`,
    // A lost socket is opened again at once instead of in 3 to 15 s, and what fails is tried again soon.
    random: () => -0.25,
    timeout: 200,
    pollingInterval: 200,
    ...options,
  } as ConstructorParameters<typeof DirectLine>[0]);
  clients.push(client);
  const page: Page = { client, heard: [], ids: [], statuses: [] };
  client.activity$.subscribe(
    (activity) => {
      page.heard.push(nameOf(activity));
      page.ids.push(activity.id!);
    },
    () => undefined,
  );
  client.connectionStatus$.subscribe((status) => page.statuses.push(status));
  return page;
}

function nameOf(activity: Activity): string {
  if (activity.type === 'message') return activity.text ?? '';
  return 'name' in activity ? String(activity.name) : activity.type;
}

async function session(resume?: string) {
  return (await server.request('POST', '/web-chat/session', { body: resume === undefined ? {} : { resume } })).body;
}

const post = (client: DirectLine, text: string, mark = text): Promise<string> =>
  new Promise((resolve, reject) => {
    const activity = { type: 'message', text, from: { id: 'x' }, channelData: { clientActivityID: mark } } as Activity;
    client.postActivity(activity).subscribe(resolve, reject);
  });

const says = (page: Page, text: string): Promise<void> => until(() => page.heard.includes(text), 10_000);

async function restart(): Promise<void> {
  const { port } = server;
  await server.stop();
  server = await startDirectLine({ storage, port });
  // A connection of before may be found dead only once it is used.
  await until(() =>
    server.request('GET', '/').then(
      () => true,
      () => false,
    ),
  );
}

const seenOnce = ({ ids }: Page): void => expect(new Set(ids).size).toBe(ids.length);

describe.each([
  ['by web socket', true],
  ['by polling', false],
])('Direct Line’s client, %s,', (_name, webSocket) => {
  test('talks, renews its token, and hears everything once', async () => {
    const { token } = await session();
    const page = openPage({ token, webSocket });
    await says(page, 'welcome');
    const id = await post(page.client, 'hi');
    await says(page, 'echo hi');
    expect(await post(page.client, 'hi')).toBe(id);
    const renewed = await new Promise<string>((resolve, reject) => {
      (page.client as unknown as { refreshToken(): { subscribe(...on: unknown[]): void } })
        .refreshToken()
        .subscribe(resolve, reject);
    });
    (page.client as unknown as { token: string }).token = renewed;
    await post(page.client, 'on');
    await says(page, 'echo on');
    expect(page.heard).toEqual(['welcome', 'hi', 'echo hi', 'on', 'echo on']);
    seenOnce(page);
  });

  test('goes on after restarts on a page that is opened again, wherever its watermark was', async () => {
    const first = await session();
    const page = openPage({ token: first.token, webSocket });
    await says(page, 'welcome');
    await post(page.client, 'one');
    await says(page, 'echo one');
    const { watermark } = page.client as unknown as { watermark: string };
    page.client.end();
    await restart();
    await restart();

    const resumed = await session(first.resume);
    expect(resumed).toMatchObject({ resumed: true, conversationId: first.conversationId });
    const { token, conversationId } = resumed;
    const goesOn = openPage({ token, conversationId, watermark, webSocket });
    const anew = openPage({ token, conversationId, watermark: '0', webSocket });
    await says(anew, 'echo one');
    await post(goesOn.client, 'two');
    await Promise.all([says(goesOn, 'echo two'), says(anew, 'echo two')]);
    expect(goesOn.heard).toEqual(['two', 'echo two']);
    expect(anew.heard).toEqual(['welcome', 'one', 'echo one', 'two', 'echo two']);
    seenOnce(anew);
  });

  test('is told when its conversation is over', async () => {
    const { token, conversationId } = await session();
    const page = openPage({ token, webSocket });
    await says(page, 'welcome');
    await post(page.client, 'forget me');
    await until(
      async () => (await server.request('GET', `/conversations/${conversationId}`, { token })).status === 404,
    );
    await until(() => page.statuses.includes(ConnectionStatus.Ended) || page.heard.includes('conversation-deleted'));
    if (webSocket) expect(page.heard.slice(-2)).toEqual(['echo forget me', 'conversation-deleted']);
  });
});

describe('Direct Line’s client, on one page that stays open,', () => {
  test('hears everything once, in order, while the server restarts', async () => {
    const { token } = await session();
    const page = openPage({ token });
    await says(page, 'welcome');
    const said: string[] = [];
    for (const text of ['one', 'two', 'three']) {
      await post(page.client, text);
      await says(page, `echo ${text}`);
      said.push(text, `echo ${text}`);
      await restart();
    }
    await post(page.client, 'four');
    await says(page, 'echo four');
    expect(page.heard).toEqual(['welcome', ...said, 'four', 'echo four']);
    seenOnce(page);
  });
});
