import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import fc from 'fast-check';
import type { Bot } from '../../../bot/bot';
import { type RunningServer, type ServerOptions, startServer } from '../../../bot/channel/server';
import { openStorage } from '../../../bot/channel/storage/open-storage';
import type { Config } from '../../../bot/config';
import type { Explanation } from '../../../bot/explanation';
import { buildLogger } from '../../../bot/log';
import { phrases } from '../../../bot/phrases';
import { EmulatorConversation, postJson } from '../../support/emulator';
import { FakeConnector } from '../../support/fake-connector';
import { sampleEvidence } from '../../support/sample-model';
import { say, scriptedBot, turn } from '../../support/scripted-bot';
import { testConfig } from '../../support/test-config';

let connector: FakeConnector;
/** Serves all tests that need nothing of their own. */
let usual: RunningServer;
const usualBot = scriptedBot();
let servers: RunningServer[];
let logLines: string[];
let consoleNoise: jest.SpyInstance[];

beforeAll(async () => {
  usual = await launch(usualBot);
});
afterAll(() => usual?.stop());
beforeEach(async () => {
  consoleNoise = (['log', 'info', 'warn', 'error'] as const).map((name) => jest.spyOn(console, name));
  connector = await FakeConnector.start();
  servers = [];
  logLines = [];
});

afterEach(async () => {
  await Promise.all(servers.map((server) => server.stop()));
  await connector.stop();
  for (const spy of consoleNoise) {
    expect(spy).not.toHaveBeenCalled();
    spy.mockRestore();
  }
});

function launch(bot: Bot, changes: Partial<Config> = {}, more: Partial<ServerOptions> = {}): Promise<RunningServer> {
  const config = testConfig({ logLevel: 'info', stopTimeoutMs: 2_000, ...changes });
  const log = buildLogger(config, { write: (line) => void logLines.push(line) });
  return startServer({ config, bot, log, ...more });
}

/** A server that stops after the test. */
async function start(...options: Parameters<typeof launch>): Promise<RunningServer> {
  const server = await launch(...options);
  servers.push(server);
  return server;
}

function emulator(server: RunningServer): EmulatorConversation {
  return new EmulatorConversation(server.url, connector.url);
}

async function answerOf(url: string): Promise<readonly [number, unknown]> {
  const response = await fetch(url);
  return [response.status, await response.json()];
}

describe('the process as seen from outside', () => {
  test('is up, and ready once its content is loaded', async () => {
    let ready = false;
    const checks = [{ name: 'index', isReady: () => ready }];
    const server = await start(scriptedBot(), {}, { checks });
    const health = await fetch(`${server.url}/health`);
    expect([health.status, await health.json()]).toEqual([200, { status: 'up' }]);
    expect(await answerOf(`${server.url}/ready`)).toEqual([503, { status: 'not ready', waitsFor: ['index'] }]);
    ready = true;
    expect(await answerOf(`${server.url}/ready`)).toEqual([200, { status: 'ready' }]);
  });

  test('is not ready while the storage is down, and is up and answers all the same', async () => {
    const opened = await openStorage(testConfig(), buildLogger(testConfig()));
    const server = await start(scriptedBot(), {}, { storage: { ...opened, isUp: () => false } });
    expect(await answerOf(`${server.url}/ready`)).toEqual([503, { status: 'not ready', waitsFor: ['storage'] }]);
    expect((await fetch(`${server.url}/health`)).status).toBe(200);
    expect((await emulator(server).say('hi')).status).toBe(200);
  });

  test('goes on answering for a while when it stops, and says first that it is not ready any more', async () => {
    const server = await start(scriptedBot(), { drainMs: 300 });
    const stopped = server.stop();
    expect(await answerOf(`${server.url}/ready`)).toEqual([503, { status: 'stopping' }]);
    expect((await emulator(server).say('hi')).status).toBe(200);
    await stopped;
    await expect(fetch(`${server.url}/health`)).rejects.toThrow('fetch failed');
  });

  test('sends its security headers with every answer', async () => {
    const server = usual;
    for (const path of ['/health', '/nothing-here', '/api/messages']) {
      const { headers } = await fetch(`${server.url}${path}`);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('x-frame-options')).toBe('SAMEORIGIN');
      expect(headers.get('server')).toBeNull();
    }
  });

  test('lets go of the storage where it cannot start', async () => {
    const server = await start(scriptedBot());
    const opened = await openStorage(testConfig(), buildLogger(testConfig()));
    const close = jest.fn(opened.close);
    const storage = { ...opened, close };
    await expect(start(scriptedBot(), { port: server.port }, { storage })).rejects.toThrow('EADDRINUSE');
    expect(close).toHaveBeenCalledTimes(1);
  });

  test('rejects a start on a port that is taken', async () => {
    const server = await start(scriptedBot());
    await expect(start(scriptedBot(), { port: server.port })).rejects.toThrow('EADDRINUSE');
  });
});

describe('a conversation in the Emulator', () => {
  test('is greeted once, however often it opens', async () => {
    const conversation = emulator(usual);
    expect((await conversation.open()).status).toBe(200);
    await conversation.open();
    expect(connector.textsOf(conversation.id)).toEqual(['hello']);
  });

  test('gets the reply to the message that it answers', async () => {
    const conversation = emulator(usual);
    const answer = await conversation.post({ type: 'message', id: 'm|1', text: 'hi' });
    expect([answer.status, answer.body]).toEqual([200, '']);
    expect(connector.requests).toEqual([
      expect.objectContaining({ conversation: conversation.id, replyTo: 'm|1', authorization: undefined }),
    ]);
    expect(connector.messages[0]).toMatchObject({ text: '1: hi', textFormat: 'markdown', inputHint: 'acceptingInput' });
  });

  test('brings the action of a pressed button', async () => {
    const conversation = emulator(usual);
    await conversation.press('Yes', 'choice:g/q/yes');
    expect(connector.textsOf(conversation.id)).toEqual(['pressed choice:g/q/yes (Yes)']);
  });

  test('loses nothing of ten messages at once and answers them in the order of arrival', async () => {
    const conversation = emulator(usual);
    const answers = await Promise.all(Array.from({ length: 10 }, (_, index) => conversation.say(`m${index}`)));
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200));
    const texts = connector.textsOf(conversation.id);
    expect(texts.map((text) => text.split(':')[0])).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '9', '10']);
    expect(new Set(texts.map((text) => text.split(': ')[1])).size).toBe(10);
  });

  test('does not wait for another conversation', async () => {
    let release = (): void => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    const server = await start(
      scriptedBot({
        wait: async (memory) => {
          await released;
          return turn(memory, [say('waited')]);
        },
      }),
    );
    const [slow, quick] = [emulator(server), emulator(server)];
    const waiting = slow.say('wait');
    await quick.say('now');
    expect(connector.textsOf(quick.id)).toEqual(['1: now']);
    release();
    await waiting;
    expect(connector.textsOf(slow.id)).toEqual(['waited']);
  });

  test('is told sorry once when the bot fails, and goes on where it was', async () => {
    const server = await start(
      scriptedBot({
        explode: () => {
          throw new Error('boom');
        },
      }),
    );
    const conversation = emulator(server);
    await conversation.say('one');
    expect((await conversation.say('explode')).status).toBe(200);
    await conversation.say('two');
    expect(connector.textsOf(conversation.id)).toEqual(['1: one', phrases.apology, '2: two']);
    const failure = logLines.map((line) => JSON.parse(line)).find(({ level }) => level === 'error');
    expect(failure).toMatchObject({ conversation: conversation.id, channel: 'emulator', err: { message: 'boom' } });
  });

  test('announces a handover with the transcript', async () => {
    const handover = scriptedBot({
      human: (memory) =>
        turn(memory, [{ kind: 'handover', text: 'Ask Ann.', contact: undefined, buttons: [] }], { effect: 'handover' }),
    });
    const conversation = emulator(await start(handover));
    await conversation.say('hi');
    await conversation.say('human');
    const event = connector.requests.at(-1)?.activity;
    expect(event).toMatchObject({ type: 'event', name: 'handoff.initiate' });
    const [attachment] = event?.attachments as [{ content: { activities: { text: string }[] } }];
    expect(attachment.content.activities.map(({ text }) => text)).toEqual(['hi', '1: hi', 'human', 'Ask Ann.']);
  });

  test('shows the QnA inspector what was considered', async () => {
    const reply = {
      kind: 'answer',
      entryId: 'a',
      lead: '',
      title: 'A?',
      body: 'Yes.',
      asOf: undefined,
      source: undefined,
      buttons: [],
    } as const;
    const answers = [{ id: 'a', confidence: 0.87654 }];
    const server = await start(
      scriptedBot({
        q: (memory) =>
          turn(memory, [reply], {
            outcome: {
              kind: 'answer',
              answers,
              guide: undefined,
              guidesOffered: [],
              guideMoves: undefined,
              confidence: 0.9,
              miss: undefined,
              explanation: undefined,
            },
          }),
      }),
    );
    await emulator(server).say('q');
    expect(connector.requests.map(({ activity }) => activity).find(({ type }) => type === 'trace')).toMatchObject({
      valueType: 'https://www.qnamaker.ai/schemas/trace',
      value: {
        message: { text: 'q' },
        knowledgeBaseId: 'faq',
        queryResults: [{ questions: ['a'], answer: 'Yes.', score: 87.7, metadata: [], source: 'faq', id: 'a' }],
      },
    });
    connector.requests.length = 0;
    await new EmulatorConversation(server.url, connector.url, 'directline').say('q');
    expect(connector.requests.map(({ activity }) => activity.type)).toEqual(['message']);
  });

  describe('the trace of an explained turn', () => {
    const evidence = sampleEvidence({ tokens: 0.123456, margin: -0.5, matched: ['tyre', 'km'], sameWords: true });
    const explanation: Explanation = {
      rule: 'the best is sure enough',
      reading: { text: 'read so', tokens: ['tyre'], expansions: [], repairs: [], mode: 'lexical' },
      candidates: [{ kind: 'entry', id: 'a', title: 'A?', score: 1, confidence: 0.9, evidence }],
      uncovered: undefined,
    };
    const bot = scriptedBot({
      q: (memory) =>
        turn(memory, [say('fine')], {
          outcome: {
            kind: 'clarify',
            answers: [
              { id: 'a', confidence: 0.9 },
              { id: 'b', confidence: 0.1 },
            ],
            guide: undefined,
            guidesOffered: [],
            guideMoves: undefined,
            confidence: 0.9,
            miss: undefined,
            explanation,
          },
        }),
    });

    test('has the evidence of each entry by name, and the whole explanation', async () => {
      await emulator(await start(bot)).say('q');
      const trace = connector.requests.map(({ activity }) => activity).find(({ type }) => type === 'trace');
      const { queryResults, explanation: sent } = trace!.value as {
        queryResults: { id: string; metadata: { name: string; value: string }[] }[];
        explanation: unknown;
      };
      expect(sent).toEqual(JSON.parse(JSON.stringify(explanation)));
      const [a, b] = queryResults;
      expect(a!.metadata.map(({ name }) => name)).toEqual(Object.keys(evidence));
      const shown = (name: string) => a!.metadata.find((one) => one.name === name)?.value;
      expect(['tokens', 'margin', 'matched', 'sameWords'].map(shown)).toEqual(['0.123', '-0.500', 'tyre km', 'true']);
      // Not among the explained: the inspector has nothing to show.
      expect(b).toMatchObject({ id: 'b', metadata: [] });
    });

    test.each([
      'directline',
      'webchat',
      'msteams',
      'slack',
    ])('is not sent to %s, nor anything of it', async (channel) => {
      const server = await start(bot);
      await new EmulatorConversation(server.url, connector.url, channel).say('q');
      expect(connector.requests.map(({ activity }) => activity.type)).toContain('message');
      expect(connector.requests.map(({ activity }) => activity.type)).not.toContain('trace');
      expect(JSON.stringify(connector.requests)).not.toContain(explanation.rule);
      expect(logLines.join()).not.toContain(explanation.rule);
    });
  });

  test('logs one line a turn, without the words', async () => {
    const conversation = emulator(usual);
    await conversation.say('my secret question');
    expect(logLines.map((line) => JSON.parse(line))).toEqual([
      expect.objectContaining({
        level: 'info',
        conversation: conversation.id,
        channel: 'emulator',
        outcome: 'smalltalk',
        confidence: 1,
        ms: expect.any(Number),
      }),
    ]);
    expect(logLines.join()).not.toContain('secret');
  });

  test('logs what was missed on a line of its own, with the question only where words are logged', async () => {
    const miss = { question: 'my secret question', candidates: ['a', 'b'] };
    const outcome = {
      kind: 'fallback',
      answers: [],
      guide: undefined,
      guidesOffered: [],
      guideMoves: undefined,
      confidence: 0,
      miss,
      explanation: undefined,
    } as const;
    const bot = scriptedBot({ no: (memory) => turn(memory, [say('sorry')], { outcome }) });
    const missed = (): unknown[] => logLines.map((line) => JSON.parse(line)).filter(({ msg }) => msg === 'miss');
    const conversation = emulator(await start(bot));
    await conversation.say('no');
    expect(missed()).toEqual([
      {
        level: 'info',
        time: expect.anything(),
        conversation: conversation.id,
        channel: 'emulator',
        candidates: ['a', 'b'],
        msg: 'miss',
      },
    ]);
    logLines.length = 0;
    await emulator(await start(bot, { logMessages: true })).say('no');
    expect(missed()).toMatchObject([{ question: 'my secret question', candidates: ['a', 'b'] }]);
  });

  test('logs the words where that is switched on', async () => {
    const conversation = emulator(await start(scriptedBot(), { logMessages: true }));
    await conversation.say('my secret question');
    expect(logLines.join()).toContain('my secret question');
  });
});

describe('activities without a turn', () => {
  test.each([
    'typing',
    'messageReaction',
    'endOfConversation',
    'event',
    'installationUpdate',
    'somethingNew',
  ])('%s is accepted and not answered', async (type) => {
    const before = usualBot.heard.length;
    expect((await emulator(usual).post({ type })).status).toBe(200);
    expect(usualBot.heard).toHaveLength(before);
    expect(connector.requests).toEqual([]);
  });

  test('an invoke that nobody handles is 501', async () => {
    expect((await emulator(usual).post({ type: 'invoke', name: 'x' })).status).toBe(501);
  });

  test('expectReplies brings the replies in the response', async () => {
    const conversation = emulator(usual);
    const answer = await conversation.post({ type: 'message', text: 'hi', deliveryMode: 'expectReplies' });
    expect(JSON.parse(answer.body).activities).toEqual([expect.objectContaining({ text: '1: hi' })]);
    expect(connector.requests).toEqual([]);
  });
});

describe('requests that are at fault', () => {
  test('a body over the limit is 413, with or without a declared length', async () => {
    const server = await start(scriptedBot(), { maxBodyBytes: 1_024 });
    const big = JSON.stringify({ text: 'x'.repeat(300_000) });
    const declared = await postJson(`${server.url}/api/messages`, big);
    expect([declared.status, JSON.parse(declared.body).code]).toEqual([413, 'PayloadTooLarge']);
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const request = httpRequest(
        `${server.url}/api/messages`,
        { method: 'POST', headers: { 'content-type': 'application/json' } },
        (response) => resolve(response.resume().statusCode),
      ).on('error', reject);
      request.write(big.slice(0, 150_000));
      request.end(big.slice(150_000));
    });
    expect(status).toBe(413);
  });

  test.each([
    ['no JSON', '{"type":', {}, 400],
    ['an empty body', '', {}, 400],
    ['text', 'hello', { 'content-type': 'text/plain' }, 415],
    ['a form', 'type=message', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
    ['a body that says it is compressed', 'not gzip', { 'content-encoding': 'gzip' }, 415],
  ])('%s is refused with JSON', async (_name, body, headers, status) => {
    const server = usual;
    const answer = await postJson(`${server.url}/api/messages`, body, { accept: 'text/html', ...headers });
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.body)).toEqual({ code: expect.any(String), message: expect.any(String) });
  });

  test.each([
    ['GET', '/api/messages', 405],
    ['GET', '/nothing-here', 404],
    ['GET', '/%E0%A4%A', 404],
    ['POST', '//', 404],
  ])('%s %s is %i with JSON', async (method, path, status) => {
    const server = usual;
    const response = await fetch(`${server.url}${path}`, { method, headers: { accept: 'text/html' } });
    expect([response.status, response.headers.get('content-type')]).toEqual([status, expect.stringContaining('json')]);
    expect(await response.json()).toEqual({ code: expect.any(String), message: expect.any(String) });
  });

  test('whatever JSON comes, the answer is below 500 and the bot lives', async () => {
    const bot = scriptedBot();
    const server = await start(bot, { connectorTimeoutMs: 500, logLevel: 'silent' });
    const field = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom('', 'message', 'conversationUpdate', 'expectReplies', 'msteams'),
    );
    const activity = fc.record(
      {
        type: fc.constantFrom('message', 'conversationUpdate', 'typing', 'event', 7, null),
        channelId: fc.oneof(fc.constantFrom('emulator', 'msteams', 'AseChannel'), field),
        serviceUrl: fc.constantFrom(connector.url, connector.url, 'http://127.0.0.1:1', 'x', 1),
        conversation: fc.oneof(fc.record({ id: fc.constantFrom('c', 'd|livechat', '__proto__') }), field),
        ...Object.fromEntries(
          [
            'id',
            'from',
            'recipient',
            'text',
            'value',
            'entities',
            'attachments',
            'membersAdded',
            'channelData',
            'locale',
            'deliveryMode',
            'timestamp',
            'expiration',
            'localTimestamp',
            '__proto__',
            'constructor',
            'replyToId',
            'callerId',
          ].map((name) => [name, field]),
        ),
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.jsonValue(), activity), async (body) => {
        const answer = await postJson(`${server.url}/api/messages`, JSON.stringify(body));
        expect(answer.status).toBeLessThan(500);
      }),
      { numRuns: 120 },
    );
    const conversation = emulator(server);
    await conversation.say('still there?');
    expect(connector.textsOf(conversation.id)).toEqual(['1: still there?']);
  });

  test('an upgrade that nobody asked for is refused and the process lives', async () => {
    const server = usual;
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(server.port, '127.0.0.1').on('error', reject);
      let text = '';
      socket.on('data', (data) => {
        text += data.toString();
      });
      socket.on('close', () => resolve(text));
      socket.write(
        'GET /api/messages HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n' +
          'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n',
      );
    });
    expect(answer).toMatch(/^HTTP\/1.1 404 /);
    expect((await fetch(`${server.url}/health`)).status).toBe(200);
  });
});

describe('without credentials', () => {
  test.each([
    'http://evil.example',
    'http://127.0.0.1@evil.example/',
    'http://localhost.evil.example',
    'http://127.0.0.1.evil.example',
    'http://169.254.169.254/latest',
    'http://0.0.0.0:80',
    'http://[::ffff:10.0.0.1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[64:ff9b::7f00:1]/',
    'http://0251.0376.0251.0376/',
    'http://2852039166/',
    'http://user@127.0.0.1/',
    'http://localhost:80@evil.example/',
    'gopher://127.0.0.1/',
    'ftp://127.0.0.1/',
    'file:///etc/passwd',
    '//127.0.0.1',
    '',
    null,
    undefined,
  ])('a serviceUrl of %p is refused before anything happens', async (serviceUrl) => {
    const before = usualBot.heard.length;
    const answer = await emulator(usual).post({ type: 'message', text: 'hi', serviceUrl });
    expect(answer.status).toBe(403);
    expect(usualBot.heard).toHaveLength(before);
  });
});

describe('with credentials', () => {
  const credentials = {
    kind: 'single-tenant',
    appId: '00000000-0000-0000-0000-000000000001',
    password: 'secret',
    tenantId: '00000000-0000-0000-0000-000000000002',
  } as const;
  const jwt = (claims: object): string =>
    [{ alg: 'RS256', typ: 'JWT' }, claims]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.');

  test.each([
    ['none', {}],
    ['an empty one', { authorization: '' }],
    ['another scheme', { authorization: 'Basic dXNlcjpwYXNz' }],
    ['nonsense', { authorization: 'Bearer nonsense' }],
    ['three parts of nonsense', { authorization: 'Bearer a.b.c' }],
    ['a token of another issuer', { authorization: `Bearer ${jwt({ iss: 'me', aud: credentials.appId })}.AAAA` }],
    ['a token without a signature', { authorization: `Bearer ${jwt({})}.` }],
  ])('a request with a token like %s is 401', async (_name, headers) => {
    const bot = scriptedBot();
    const server = await start(bot, { credentials });
    const { id, ...rest } = emulator(server).activity({ type: 'message', text: 'hi' });
    for (const channelId of ['emulator', 'msteams', 'AseChannel']) {
      const answer = await postJson(`${server.url}/api/messages`, JSON.stringify({ ...rest, id, channelId }), headers);
      expect([answer.status, JSON.parse(answer.body).code]).toEqual([401, 'Unauthorized']);
    }
    expect(bot.heard).toEqual([]);
  });
});

describe('a channel in trouble', () => {
  test('that refuses connections costs the turn, not the bot', async () => {
    const server = usual;
    const conversation = new EmulatorConversation(server.url, 'http://127.0.0.1:1');
    expect((await conversation.say('hi')).status).toBe(502);
    expect((await fetch(`${server.url}/health`)).status).toBe(200);
  });

  test('that answers 500 or 429 is not sent the same again, and memory stays as it was', async () => {
    const conversation = emulator(usual);
    for (const status of [500, 429]) {
      connector.behaviour = { kind: 'fail', status };
      // The channel then delivers it again.
      expect((await conversation.say('one')).status).toBe(502);
    }
    expect(connector.requests).toHaveLength(2);
    connector.behaviour = { kind: 'accept' };
    await conversation.say('two');
    expect(connector.textsOf(conversation.id)).toEqual(['1: one', '1: one', '1: two']);
  });

  test('that refuses a reply is sent one apology', async () => {
    const conversation = emulator(usual);
    connector.behaviour = { kind: 'fail', status: 400 };
    await conversation.say('one');
    expect(connector.textsOf(conversation.id)).toEqual(['1: one', phrases.apology]);
  });

  test.each(['hang', 'hang-in-body'] as const)('that does %s is given up after the time limit', async (kind) => {
    const conversation = emulator(await start(scriptedBot(), { connectorTimeoutMs: 200 }));
    connector.behaviour = { kind };
    const startedAt = performance.now();
    expect((await conversation.say('one')).status).toBe(502);
    expect(performance.now() - startedAt).toBeLessThan(2_000);
    expect(connector.requests).toHaveLength(1);
  });

  test('gets all replies over one connection', async () => {
    const conversation = emulator(usual);
    for (const text of ['a', 'b', 'c']) await conversation.say(text);
    expect(connector.connections).toBe(1);
  });
});

describe('a stop', () => {
  test('finishes the turn in hand, then takes no more', async () => {
    const server = await start(scriptedBot());
    const conversation = emulator(server);
    let release = (): void => {};
    connector.behaviour = {
      kind: 'slow',
      until: new Promise<void>((resolve) => {
        release = resolve;
      }),
    };
    const answer = conversation.say('last words');
    await connector.until(() => connector.requests.length === 1);
    const stopped = server.stop();
    release();
    expect((await answer).status).toBe(200);
    await stopped;
    expect(connector.textsOf(conversation.id)).toEqual(['1: last words']);
    await expect(fetch(`${server.url}/health`)).rejects.toThrow();
  });

  test('does not wait longer than it may, and can be asked for twice', async () => {
    const server = await start(scriptedBot(), { stopTimeoutMs: 100 });
    connector.behaviour = { kind: 'hang' };
    const answer = emulator(server)
      .say('hi')
      .catch(() => 'cut off');
    await connector.until(() => connector.requests.length === 1);
    await Promise.all([server.stop(), server.stop()]);
    expect(await answer).toBe('cut off');
  });

  test('is not held up by idle connections or a request that never ends', async () => {
    const server = await start(scriptedBot(), { stopTimeoutMs: 100 });
    const sockets = [connect(server.port, '127.0.0.1'), connect(server.port, '127.0.0.1')];
    await Promise.all(sockets.map((socket) => new Promise((resolve) => socket.once('connect', resolve))));
    for (const socket of sockets) socket.on('error', () => {});
    sockets[1]!.write(
      'POST /api/messages HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{',
    );
    await server.stop();
    await Promise.all(
      sockets.map((socket) => socket.closed || new Promise((resolve) => socket.once('close', resolve))),
    );
  });
});
