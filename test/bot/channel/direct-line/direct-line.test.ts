import http from 'node:http';
import net from 'node:net';
import { ActivityTypes } from 'botbuilder';
import fc from 'fast-check';
import { createTokens } from '../../../../bot/channel/direct-line/tokens';
import { buildMemoryStorage } from '../../../../bot/channel/storage/memory-storage';
import { until } from '../../../support/until';
import { echo, type Opened, openStream, SECRET, startDirectLine, type TestServer, textsOf } from './direct-line-client';

let server: TestServer;
beforeAll(async () => {
  server = await startDirectLine({ config: { maxBodyBytes: 10_000 } });
});
afterAll(() => server.stop());

const expired = ({ conversationId }: Opened): string =>
  createTokens({ secret: SECRET, lifeMs: 60_000, now: () => 1_000_000 }).issue({ conversationId, userId: 'dl_x' })
    .token;

const hear = (of: Opened, text: string) =>
  until(async () => textsOf((await server.activities(of)).activities).includes(text));

describe('tokens/generate', () => {
  test('opens the door to a page of ours', async () => {
    const { status, body } = await server.request('POST', '/tokens/generate', { headers: { origin: server.url } });
    expect(status).toBe(200);
    expect(body).toEqual({ conversationId: expect.any(String), token: expect.any(String), expires_in: 3_600 });
  });

  test.each([
    'https://elsewhere.example',
    'null',
    'http://127.0.0.1:1',
    'not an origin',
  ])('is shut to %s', async (origin) => {
    expect((await server.request('POST', '/tokens/generate', { headers: { origin } })).status).toBe(403);
  });

  test('begins nothing yet', async () => {
    const { body } = await server.request('POST', '/tokens/generate');
    const { status } = await server.request('GET', `/conversations/${body.conversationId}`, { token: body.token });
    expect(status).toBe(404);
  });

  test('gives nobody else leave to read', async () => {
    const { headers } = await server.request('POST', '/tokens/generate');
    expect(headers.get('access-control-allow-origin')).toBeNull();
    expect(headers.get('cache-control')).toBe('no-store');
  });
});

describe('conversations', () => {
  test('begin with 201 and one greeting, and are then there with 200', async () => {
    const { body: generated } = await server.request('POST', '/tokens/generate');
    const first = await server.request('POST', '/conversations', { token: generated.token, body: { locale: 'en-US' } });
    expect(first.status).toBe(201);
    expect(first.body).toEqual({
      conversationId: generated.conversationId,
      token: expect.any(String),
      expires_in: 3_600,
      streamUrl: expect.stringContaining(`ws://127.0.0.1:${server.port}/v3/directline/conversations/`),
    });
    const again = await server.request('POST', '/conversations', { token: generated.token });
    expect(again.status).toBe(200);
    await hear(first.body, 'welcome');
    await server.say(first.body, 'hi');
    await hear(first.body, 'echo hi');
    expect(textsOf((await server.activities(first.body)).activities)).toEqual(['welcome', 'hi', 'echo hi']);
  });

  test('are joined again with a new token and a stream that goes on at the watermark', async () => {
    const opened = await server.open();
    const { status, body } = await server.request('GET', `/conversations/${opened.conversationId}?watermark=1`, opened);
    expect(status).toBe(200);
    expect(new URL(body.streamUrl).searchParams.get('watermark')).toBe('1');
    expect((await server.say({ ...opened, token: body.token }, 'hi')).status).toBe(200);
  });

  test('have their token renewed', async () => {
    const opened = await server.open();
    const { status, body } = await server.request('POST', '/tokens/refresh', opened);
    expect(status).toBe(200);
    expect(body.conversationId).toBe(opened.conversationId);
    expect((await server.say({ ...opened, token: body.token }, 'hi')).status).toBe(200);
  });
});

describe('every route but the door', () => {
  const routes: [string, string][] = [
    ['POST', '/tokens/refresh'],
    ['POST', '/conversations'],
    ['GET', '/conversations/ID'],
    ['GET', '/conversations/ID/activities'],
    ['POST', '/conversations/ID/activities'],
    ['POST', '/conversations/ID/upload'],
  ];
  const ofOneConversation = routes.filter(([, path]) => path.includes('ID'));
  const path = (template: string, { conversationId }: Opened) => template.replace('ID', conversationId);

  test.each(routes)('%s %s wants a token', async (method, template) => {
    const opened = await server.open();
    for (const authorization of [
      undefined,
      '',
      'Bearer',
      'Bearer nonsense',
      `Basic ${opened.token}`,
      `Bearer ${opened.token}x`,
    ]) {
      const headers: Record<string, string> = authorization === undefined ? {} : { authorization };
      const { status, body } = await server.request(method, path(template, opened), { headers });
      expect([authorization, status]).toEqual([authorization, 401]);
      expect(body.error).toEqual({ code: expect.any(String), message: expect.any(String) });
    }
  });

  test.each(routes)('%s %s says 403 for an expired token', async (method, template) => {
    const opened = await server.open();
    const { status, body } = await server.request(method, path(template, opened), { token: expired(opened) });
    expect(status).toBe(403);
    expect(body.error.code).toBe('TokenExpired');
  });

  test.each(ofOneConversation)('%s %s says 403 for the token of another conversation', async (method, template) => {
    const [mine, other] = [await server.open(), await server.open()];
    expect((await server.request(method, path(template, other), mine)).status).toBe(403);
  });

  test.each(ofOneConversation)('%s %s says 404 for a conversation that is not there', async (method, template) => {
    const { body } = await server.request('POST', '/tokens/generate');
    expect((await server.request(method, path(template, body), { token: body.token })).status).toBe(404);
  });

  test('a token that has no conversation yet is not renewed', async () => {
    const { body } = await server.request('POST', '/tokens/generate');
    expect((await server.request('POST', '/tokens/refresh', { token: body.token })).status).toBe(404);
  });
});

describe('posting an activity', () => {
  test('gives its id, shows it to its own page with its mark, and runs the bot', async () => {
    const opened = await server.open();
    const { watermark: seen } = await server.activities(opened);
    const { status, body } = await server.say(opened, 'hello', { channelData: { clientActivityID: 'mark' } });
    expect(status).toBe(200);
    await hear(opened, 'echo hello');
    const { activities } = await server.activities(opened, seen);
    expect(activities[0]).toMatchObject({ id: body.id, text: 'hello', channelData: { clientActivityID: 'mark' } });
    expect(activities[1]).toMatchObject({ text: 'echo hello', replyToId: body.id, from: { id: 'bot', role: 'bot' } });
  });

  test('decides itself who speaks, where and when', async () => {
    const opened = await server.open();
    const forged = {
      id: 'mine',
      timestamp: '1999-01-01T00:00:00.000Z',
      from: { id: 'admin', role: 'bot', name: 'Admin' },
      recipient: { id: 'other' },
      conversation: { id: 'other' },
      channelId: 'emulator',
      serviceUrl: 'https://elsewhere.example',
      replyToId: 'x',
      callerId: 'urn:botframework:azure',
      entities: [{ type: 'mention' }],
      membersAdded: [{ id: 'somebody' }],
    };
    const before = server.turns.length;
    const { body } = await server.say(opened, 'forged', forged);
    expect(body.id).toMatch(new RegExp(`^${opened.conversationId}\\|\\d+$`));
    await until(() => server.turns.slice(before).some(({ text }) => text === 'forged'));
    const turn = server.turns.slice(before).find(({ text }) => text === 'forged')!;
    expect(turn).toMatchObject({
      id: body.id,
      channelId: 'webchat',
      serviceUrl: 'http://localhost/v3/directline',
      conversation: { id: opened.conversationId },
      recipient: { id: 'bot' },
      from: { id: expect.stringMatching(/^dl_/), role: 'user' },
    });
    expect(Object.keys(turn)).not.toEqual(expect.arrayContaining(['callerId']));
    for (const key of ['replyToId', 'callerId', 'entities', 'membersAdded']) expect(turn).not.toHaveProperty(key);
    expect(String(turn.timestamp)).not.toContain('1999');
  });

  test('takes a button’s value along', async () => {
    const opened = await server.open();
    const value = { action: 'command:help' };
    await server.request('POST', `/conversations/${opened.conversationId}/activities`, {
      ...opened,
      body: { type: 'message', text: 'Help', value, channelData: { messageBack: { displayText: 'Help' } } },
    });
    await until(() =>
      server.turns.some((turn) => turn.conversation?.id === opened.conversationId && turn.text === 'Help'),
    );
    expect(
      server.turns.find((turn) => turn.conversation?.id === opened.conversationId && turn.text === 'Help'),
    ).toMatchObject({ value });
  });

  test.each([
    ['event', true],
    ['typing', false],
    ['conversationUpdate', false],
  ])('takes %s, and shows it again: %p', async (type, shown) => {
    const opened = await server.open();
    const { watermark: before } = await server.activities(opened);
    const { status } = await server.request('POST', `/conversations/${opened.conversationId}/activities`, {
      ...opened,
      body: { type, name: 'something' },
    });
    expect(status).toBe(200);
    await until(() =>
      server.turns.some((turn) => turn.conversation?.id === opened.conversationId && turn.type === type),
    );
    const { activities } = await server.activities(opened, before);
    expect(activities.some((activity) => activity.type === type)).toBe(shown);
  });

  test('a client cannot name who has arrived', async () => {
    const opened = await server.open();
    await server.request('POST', `/conversations/${opened.conversationId}/activities`, {
      ...opened,
      body: { type: 'conversationUpdate', membersAdded: [{ id: 'somebody' }] },
    });
    const mine = () => server.turns.filter((turn) => turn.conversation?.id === opened.conversationId);
    await until(() => mine().length === 2);
    expect(mine()[1]!.membersAdded).toEqual(mine()[0]!.membersAdded);
  });

  test.each<[string, unknown]>([
    ['nothing', ''],
    ['no JSON', '{"type":'],
    ['a list', []],
    ['null', 'null'],
    ['no type', { text: 'hi' }],
    ['a type of the bot’s', { type: 'endOfConversation' }],
    ['an invoke', { type: 'invoke', name: 'x' }],
    ['a trace', { type: 'trace' }],
    ['text that is none', { type: 'message', text: { a: 1 } }],
    ['channelData that is none', { type: 'message', channelData: 'x' }],
    ['too many attachments', { type: 'message', attachments: Array.from({ length: 21 }, () => ({})) }],
  ])('refuses %s with 400', async (_name, body) => {
    const opened = await server.open();
    const before = server.turns.length;
    const answered = await server.request('POST', `/conversations/${opened.conversationId}/activities`, {
      ...opened,
      body,
    });
    expect(answered.status).toBe(400);
    expect(answered.body.error.message).toEqual(expect.any(String));
    expect(server.turns.length).toBe(before);
  });

  test('refuses a body that is too large with 413, announced or not', async () => {
    const opened = await server.open();
    const target = `/conversations/${opened.conversationId}/activities`;
    expect(
      (await server.request('POST', target, { ...opened, body: { type: 'message', text: 'x'.repeat(11_000) } })).status,
    ).toBe(413);
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const request = http.request(`${server.url}/v3/directline${target}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${opened.token}`, 'transfer-encoding': 'chunked' },
      });
      request.on('response', (response) => resolve(response.resume().statusCode));
      request.on('error', reject);
      for (let i = 0; i < 4; i++) request.write('x'.repeat(4_000));
      request.end();
    });
    expect(status).toBe(413);
  });

  test('any JSON is taken or refused, and nothing else happens', async () => {
    const opened = await server.open();
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.json(), fc.record({ type: fc.constant('typing'), text: fc.anything(), value: fc.json() })),
        async (body) => {
          const { status } = await server.request('POST', `/conversations/${opened.conversationId}/activities`, {
            ...opened,
            body:
              typeof body === 'string'
                ? body
                : JSON.stringify(body, (_key, value) => (typeof value === 'bigint' ? String(value) : value)),
          });
          expect([200, 400, 429]).toContain(status);
        },
      ),
      { numRuns: 100 },
    );
  });

  test('is answered once, however often it is sent', async () => {
    const opened = await server.open();
    const mark = { channelData: { clientActivityID: 'sent twice' } };
    const ids = await Promise.all([1, 2, 3].map(async () => (await server.say(opened, 'once', mark)).body.id));
    expect(new Set(ids).size).toBe(1);
    await server.say(opened, 'other', { channelData: { clientActivityID: 'another' } });
    await hear(opened, 'echo other');
    const texts = textsOf((await server.activities(opened)).activities);
    expect(texts).toEqual(['welcome', 'once', 'echo once', 'other', 'echo other']);
    // Somebody else's client may choose the same mark.
    const stranger = await server.open();
    await server.say(stranger, 'mine', mark);
    await hear(stranger, 'echo mine');
  });

  test('turns run in the order of the messages', async () => {
    const opened = await server.open();
    for (let i = 0; i < 8; i++) await server.say(opened, String(i));
    await hear(opened, 'echo 7');
    const echoes = textsOf((await server.activities(opened)).activities).filter((text) => text?.startsWith('echo'));
    expect(echoes).toEqual(Array.from({ length: 8 }, (_, i) => `echo ${i}`));
  });

  test('a turn that fails says so, and the next one runs', async () => {
    const opened = await server.open();
    await server.say(opened, 'fail');
    await server.say(opened, 'on');
    await hear(opened, 'echo on');
    expect(textsOf((await server.activities(opened)).activities)).toContain('sorry');
  });
});

describe('uploading', () => {
  const upload = (opened: Opened, body: FormData | string, headers: Record<string, string> = {}) =>
    fetch(`${server.url}/v3/directline/conversations/${opened.conversationId}/upload?userId=admin`, {
      method: 'POST',
      headers: { authorization: `Bearer ${opened.token}`, ...headers },
      body,
    });

  test('tells the bot that files came, never what is in them, and ends the bubble’s "Sending"', async () => {
    const opened = await server.open();
    const { watermark } = await server.activities(opened);
    const form = new FormData();
    const activity = { type: 'message', text: 'look', channelData: { clientActivityID: 'mark' } };
    form.append('activity', new Blob([JSON.stringify(activity)], { type: 'application/vnd.microsoft.activity' }));
    form.append('file', new Blob(['a secret'], { type: 'image/png' }), 'picture.png');
    expect((await upload(opened, form)).status).toBe(200);
    await hear(opened, 'unreadable');
    const { activities } = await server.activities(opened, watermark);
    expect(activities[0]).toMatchObject({
      type: 'message',
      attachments: [{ contentType: 'image/png', name: 'picture.png' }],
      channelData: { clientActivityID: 'mark' },
      from: { id: expect.stringMatching(/^dl_/) },
    });
    expect(activities[0]).not.toHaveProperty('text');
    expect(JSON.stringify(server.turns)).not.toContain('a secret');
  });

  test.each([
    '',
    'text/plain',
    'multipart/form-data',
    'multipart/form-data; boundary=x',
  ])('makes the best of a body of type "%s"', async (type) => {
    const opened = await server.open();
    expect((await upload(opened, '--x\r\ngarbage', { 'content-type': type })).status).toBe(200);
    await hear(opened, 'unreadable');
  });

  test('is bounded', async () => {
    const opened = await server.open();
    const form = new FormData();
    form.append('file', new Blob(['x'.repeat(20_000)]), 'large.bin');
    expect((await upload(opened, form)).status).toBe(413);
  });
});

describe('reading activities', () => {
  test('goes on where the watermark says', async () => {
    const opened = await server.open();
    await server.say(opened, 'one');
    await hear(opened, 'echo one');
    const first = await server.activities(opened);
    expect(first.activities).toHaveLength(3);
    expect(await server.activities(opened, first.watermark)).toEqual({ activities: [], watermark: first.watermark });
    await server.say(opened, 'two');
    await hear(opened, 'echo two');
    expect(textsOf((await server.activities(opened, first.watermark)).activities)).toEqual(['two', 'echo two']);
  });

  test.each([
    '-1',
    'NaN',
    'null',
    '%00',
    '%E0%A4%A',
    '1e3',
    '1.5',
    '%',
    '&watermark=&&=',
  ])('takes the watermark %s for none', async (watermark) => {
    const opened = await server.open();
    expect(textsOf((await server.activities(opened, watermark)).activities)).toEqual(['welcome']);
  });

  test.each(['99', '999999999999', '9'.repeat(300)])('a huge watermark %s does no harm', async (watermark) => {
    const opened = await server.open();
    const { watermark: last } = await server.activities(opened);
    expect((await server.activities(opened, watermark)).watermark).toBe(last);
  });

  test('two conversations never see each other', async () => {
    const all = await Promise.all(Array.from({ length: 10 }, () => server.open()));
    await Promise.all(all.flatMap((opened, i) => [server.say(opened, `a${i}`), server.say(opened, `b${i}`)]));
    for (const [i, opened] of all.entries()) {
      await hear(opened, `echo a${i}`);
      await hear(opened, `echo b${i}`);
      const { activities } = await server.activities(opened);
      expect(activities).toHaveLength(5);
      for (const { text, conversation } of activities) {
        expect(conversation?.id).toBe(opened.conversationId);
        expect(text).toMatch(new RegExp(`^welcome$|[ab]${i}$`));
      }
    }
  });
});

describe('whatever is sent', () => {
  test.each([
    'GET /v3/directline/conversations/%/activities HTTP/1.1',
    'GET /v3/directline/conversations/%E0%A4%A HTTP/1.1',
    'GET /v3/directline/conversations/../../etc/passwd HTTP/1.1',
    'POST /v3/directline/conversations// HTTP/1.1',
    'GET //v3/directline HTTP/1.1',
    'POST /v3/directline/tokens/generate?%%% HTTP/1.1',
    `GET /v3/directline/conversations/${'x'.repeat(5_000)} HTTP/1.1`,
    'DELETE /v3/directline/conversations HTTP/1.1',
    'GET * HTTP/1.1',
  ])('%s does not end in a 5xx', async (line) => {
    const answer = await raw(`${line}\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 [1-4]\d\d/);
    expect((await server.request('POST', '/tokens/generate')).status).toBe(200);
  });

  test.each([
    ['a Host that is none', 'POST /v3/directline/conversations HTTP/1.1', 'a"b<script>'],
    ['a Host with a space', 'GET / HTTP/1.1', 'a b'],
    ['a port that is none', 'GET /elsewhere HTTP/1.1', 'x:99999999'],
    ['a target that is no address', 'GET http://[::bad/ HTTP/1.1', 'x'],
  ])('%s is refused on any route and does not end the process', async (_name, line, host) => {
    const answer = await raw(`${line}\r\nHost: ${host}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 400/);
    expect(answer).not.toContain('<script>');
    expect((await server.request('POST', '/tokens/generate')).status).toBe(200);
  });

  test('a client that goes away in the middle of a body does no harm', async () => {
    const opened = await server.open();
    const socket = net.connect(server.port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write(
      `POST /v3/directline/conversations/${opened.conversationId}/activities HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${opened.token}\r\nContent-Length: 100\r\n\r\n{"type"`,
      () => socket.destroy(),
    );
    await new Promise((resolve) => socket.once('close', resolve));
    expect((await server.say(opened, 'still here')).status).toBe(200);
  });

  function raw(request: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const socket = net.connect(server.port, '127.0.0.1', () => socket.write(request));
      let answer = '';
      socket.on('data', (data) => {
        answer += data;
      });
      socket.on('close', () => resolve(answer));
      socket.on('error', reject);
    });
  }
});

describe('bounds', () => {
  test('a conversation that the storage has forgotten is over, also for the pages that are open', async () => {
    const storage = buildMemoryStorage({ maxItems: 100 });
    const own = await startDirectLine({ storage });
    try {
      const [gone, other] = [await own.open(), await own.open()];
      const stream = await openStream(gone.streamUrl);
      await storage.commit([{ kind: 'delete', key: `chat/${gone.conversationId}` }]);
      expect((await own.say(gone, 'hi')).status).toBe(404);
      expect(await stream.closed).toBe(1000);
      expect((await own.say(other, 'hi')).status).toBe(200);
      // Its token begins it anew, with nothing of what was said.
      expect((await own.request('POST', '/conversations', gone)).status).toBe(201);
      await until(async () => textsOf((await own.activities(gone)).activities).includes('welcome'));
      expect(textsOf((await own.activities(gone)).activities)).toEqual(['welcome']);
    } finally {
      await own.stop();
    }
  });

  test('only the last 200 activities of a conversation are kept, under their right watermarks', async () => {
    const opened = await server.open();
    for (let i = 0; i < 110; i++) {
      await server.say(opened, String(i));
      if (i % 10 === 9) await hear(opened, `echo ${i}`);
    }
    const { activities, watermark } = await server.activities(opened);
    expect(activities).toHaveLength(200);
    expect((await server.activities(opened, Number(watermark) - 1)).activities).toEqual(activities.slice(-1));
  });

  test('whoever does not wait for answers is asked to', async () => {
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const slow = await startDirectLine({
      onTurn: async (context) => {
        await echo(context);
        if (context.activity.type === ActivityTypes.Message) await held;
      },
    });
    try {
      const opened = await slow.open();
      const statuses: number[] = [];
      for (let i = 0; i < 25; i++) statuses.push((await slow.say(opened, String(i))).status);
      expect(statuses.filter((status) => status === 200)).toHaveLength(20);
      expect(statuses.filter((status) => status === 429)).toHaveLength(5);
      release();
      await until(async () => textsOf((await slow.activities(opened)).activities).includes('echo 19'));
      expect((await slow.say(opened, 'again')).status).toBe(200);
    } finally {
      release();
      await slow.stop();
    }
  });
});

describe('what the bot does', () => {
  test('updates and deletions reach the page as activities of the same id', async () => {
    const own = await startDirectLine({
      onTurn: async (context) => {
        if (context.activity.type !== ActivityTypes.Message) return void (await context.sendActivity('welcome'));
        const sent = await context.sendActivity('first');
        await context.updateActivity({ ...context.activity, id: sent!.id, type: 'message', text: 'second' });
        await context.deleteActivity(sent!.id);
        await context.sendActivities([
          { type: 'delay', value: 1 },
          { type: 'trace', name: 'secret' },
          { type: 'typing' },
          { text: 'done' },
        ]);
      },
    });
    try {
      const opened = await own.open();
      await own.say(opened, 'go');
      await until(async () => textsOf((await own.activities(opened)).activities).includes('done'));
      const activities = (await own.activities(opened)).activities.slice(2);
      expect(activities.map(({ type, text }) => [type, text])).toEqual([
        ['message', 'first'],
        ['message', 'second'],
        ['messageDelete', undefined],
        ['message', 'done'],
      ]);
      expect(new Set(activities.slice(0, 3).map(({ id }) => id)).size).toBe(1);
    } finally {
      await own.stop();
    }
  });
});

describe('stopping', () => {
  test('lets the turn in hand finish and takes no more', async () => {
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let finished = false;
    const own = await startDirectLine({
      onTurn: async (context) => {
        await echo(context);
        if (context.activity.type !== ActivityTypes.Message) return;
        await held;
        finished = true;
      },
    });
    const opened = await own.open();
    await own.say(opened, 'hi');
    await until(() => own.turns.length === 2);
    const stopped = own.stop();
    expect((await own.say(opened, 'too late')).status).toBe(503);
    release();
    await stopped;
    expect(finished).toBe(true);
  });

  test('does not wait for ever', async () => {
    const own = await startDirectLine({
      config: { stopTimeoutMs: 50 },
      onTurn: async (context) => {
        await echo(context);
        if (context.activity.type === ActivityTypes.Message) await new Promise(() => undefined);
      },
    });
    const opened = await own.open();
    await own.say(opened, 'hi');
    await own.stop();
  });
});

describe('a storage that does not work', () => {
  test('is said with 503, ends nothing, and what is repeated afterwards is answered once', async () => {
    const storage = buildMemoryStorage({ maxItems: 100 });
    let state: 'up' | 'down' | 'silent' = 'up';
    const down = (): Promise<never> => Promise.reject(new Error('down'));
    const own = await startDirectLine({
      storage: {
        ...storage,
        read: (keys) => (state === 'down' ? down() : storage.read(keys)),
        readLog: (log, after) => (state === 'down' ? down() : storage.readLog(log, after)),
        members: (set) => (state === 'down' ? down() : storage.members(set)),
        // Where it is silent, the commit is made, but nobody hears of it.
        commit: async (changes) => {
          if (state === 'down') return down();
          const committed = await storage.commit(changes);
          return state === 'silent' ? down() : committed;
        },
      },
    });
    try {
      const opened = await own.open();
      const stream = await openStream(opened.streamUrl);
      await until(() => stream.activities.length === 1);
      const resume = createTokens({ secret: SECRET, lifeMs: 60_000, use: 'resume' }).issue({
        conversationId: opened.conversationId,
        userId: 'dl_x',
      }).token;
      const say = (mark: string) => own.say(opened, mark, { channelData: { clientActivityID: mark } });
      state = 'down';
      const refused = [
        await say('first'),
        await own.request('GET', `/conversations/${opened.conversationId}`, opened),
        await own.request('POST', '/conversations', opened),
        await own.request('POST', '/web-chat/session', { body: { resume } }),
      ];
      expect(refused.map(({ status }) => status)).toEqual([503, 503, 503, 503]);
      for (const { headers } of refused) expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
      await expect(openStream(opened.streamUrl)).rejects.toThrow('503');
      state = 'silent';
      expect((await say('first')).status).toBe(503);
      state = 'up';
      expect((await say('first')).status).toBe(200);
      await until(() => textsOf(stream.activities).includes('echo first'));
      await say('second');
      await until(() => textsOf(stream.activities).includes('echo second'));
      expect(textsOf(stream.activities)).toEqual(['welcome', 'first', 'echo first', 'second', 'echo second']);
      stream.socket.close();
    } finally {
      await own.stop();
    }
  });
});
