import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { buildLocalBackplane } from '../../../../bot/channel/backplane/local-backplane';
import { createTokens } from '../../../../bot/channel/direct-line/tokens';
import { buildMemoryStorage } from '../../../../bot/channel/storage/memory-storage';
import { until } from '../../../support/until';
import { openStream, SECRET, startDirectLine, type TestServer, textsOf } from '../direct-line/direct-line-client';

const WWW = 'https://www.example.com';
let server: TestServer;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'sessions-'));
  server = await startDirectLine({ config: { webChatOrigins: [WWW] } });
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

const session = (body?: unknown, headers?: Record<string, string>, at = server) =>
  at.request('POST', '/web-chat/session', { body, ...(headers ? { headers } : {}) });
/** A session whose conversation has begun. */
async function begin(at = server) {
  const { body } = await session({}, undefined, at);
  await at.request('POST', '/conversations', { token: body.token });
  await until(async () => (await at.activities(body)).activities.length > 0);
  return body;
}

describe('a session', () => {
  test('brings everything that a page needs', async () => {
    const { status, body, headers } = await session({});
    expect(status).toBe(200);
    expect(body).toEqual({
      domain: '/v3/directline',
      token: expect.any(String),
      conversationId: expect.any(String),
      userId: expect.stringMatching(/^dl_/),
      expiresIn: 3_600,
      resume: expect.any(String),
      resumed: false,
    });
    expect(headers.get('cache-control')).toBe('no-store');
    expect((await server.request('POST', '/conversations', { token: body.token })).body.conversationId).toBe(
      body.conversationId,
    );
  });

  test('is begun without a body, too', async () => {
    expect((await session()).status).toBe(200);
    expect((await session({ resume: null })).body.resumed).toBe(false);
  });

  test('is resumed as the same conversation of the same person, with fresh tokens', async () => {
    const first = await begin();
    await server.say(first, 'hi');
    await until(async () => (await server.activities(first)).activities.length === 3);
    const { status, body } = await session({ resume: first.resume });
    expect(status).toBe(200);
    expect(body).toMatchObject({ conversationId: first.conversationId, userId: first.userId, resumed: true });
    expect(textsOf((await server.activities(body)).activities)).toEqual(['welcome', 'hi', 'echo hi']);
    expect((await session({ resume: body.resume })).body.resumed).toBe(true);
  });

  test('that never began, is forged, expired or of another use is over: 410', async () => {
    const { body: unused } = await session({});
    const begun = await begin();
    const expired = createTokens({ secret: SECRET, lifeMs: 1_000, use: 'resume', now: () => 1_000_000 }).issue(begun);
    const ofAnother = createTokens({ secret: SECRET, lifeMs: 60_000, use: 'resume' }).issue({
      ...begun,
      userId: 'dl_x',
    });
    for (const resume of [unused.resume, 'nonsense', `${begun.resume}x`, expired.token, ofAnother.token, begun.token]) {
      const { status, body } = await session({ resume });
      expect([resume, status, body.error?.code]).toEqual([resume, 410, 'ConversationOver']);
    }
  });

  test('its resume token opens nothing else, and is not taken from an address', async () => {
    const { resume, conversationId } = await begin();
    expect((await server.request('GET', `/conversations/${conversationId}`, { token: resume })).status).toBe(401);
    const { body } = await server.request('POST', `/web-chat/session?resume=${resume}`);
    expect(body.resumed).toBe(false);
  });

  test.each(['no JSON', '"x"', 'null', '{"resume":1}', '{"resume":{}}'])('is not had with %s', async (body) => {
    expect((await session(body)).status).toBe(400);
  });

  test('is refused with 413 for a body that is too large', async () => {
    expect((await session({ resume: 'x'.repeat(5_000) })).status).toBe(413);
  });

  test('whatever JSON comes, the answer is below 500', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.json(),
          fc.record({ resume: fc.string() }).map((value) => JSON.stringify(value)),
        ),
        async (body) => {
          expect((await session(body)).status).toBeLessThan(500);
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe('pages of other sites', () => {
  test('that are allowed may open a session and talk, and are told so', async () => {
    const headers = { origin: WWW };
    const { status, body, headers: answered } = await session({}, headers);
    expect(status).toBe(200);
    const started = await server.request('POST', '/conversations', { token: body.token, headers });
    const refused = await server.request('GET', '/conversations/x', { headers });
    expect(refused.status).toBe(401);
    for (const one of [answered, started.headers, refused.headers]) {
      expect(one.get('access-control-allow-origin')).toBe(WWW);
      expect(one.get('vary')).toContain('Origin');
      expect(one.get('access-control-allow-credentials')).toBeNull();
    }
    (await openStream(started.body.streamUrl, headers)).socket.close();
  });

  test('ask first, and hear what they may do', async () => {
    for (const target of ['/web-chat/session', '/tokens/refresh', '/conversations/x/activities']) {
      const asked = (origin: string) =>
        server.request('OPTIONS', target, {
          headers: {
            origin,
            'access-control-request-method': 'POST',
            'access-control-request-headers': 'authorization,content-type,x-ms-bot-agent',
          },
        });
      const { status, headers } = await asked(WWW);
      expect(status).toBe(204);
      expect(headers.get('access-control-allow-origin')).toBe(WWW);
      expect(headers.get('access-control-allow-methods')).toContain('POST');
      expect(headers.get('access-control-allow-headers')).toBe(
        'authorization, content-type, x-ms-bot-agent, x-requested-with',
      );
      expect(headers.get('vary')).toContain('Origin');
      const other = await asked('https://elsewhere.example');
      expect([other.status, other.headers.get('access-control-allow-origin')]).toEqual([403, null]);
    }
  });

  test('that are not are refused everywhere, with a good token too', async () => {
    const begun = await begin();
    const headers = { origin: 'https://elsewhere.example' };
    expect((await session({}, headers)).status).toBe(403);
    for (const [method, target] of [
      ['POST', '/tokens/generate'],
      ['POST', '/tokens/refresh'],
      ['POST', '/conversations'],
      ['GET', `/conversations/${begun.conversationId}`],
      ['GET', `/conversations/${begun.conversationId}/activities`],
      ['POST', `/conversations/${begun.conversationId}/activities`],
      ['POST', `/conversations/${begun.conversationId}/upload`],
    ] as const) {
      const answered = await server.request(method, target, { token: begun.token, headers });
      expect([target, answered.status, answered.headers.get('access-control-allow-origin')]).toEqual([
        target,
        403,
        null,
      ]);
    }
  });
});

describe('limits', () => {
  test('of sessions: 429 with the seconds to wait, while those who were here come back', async () => {
    const own = await startDirectLine({ config: { webChatSessionsPerMinute: 2, webChatMessagesPerMinute: 2 } });
    try {
      const begun = await begin(own);
      expect((await session({}, undefined, own)).status).toBe(200);
      const refused = await session({}, undefined, own);
      expect([refused.status, Number(refused.headers.get('retry-after'))]).toEqual([429, expect.any(Number)]);
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(20);
      expect((await own.request('POST', '/tokens/generate')).status).toBe(429);
      expect((await session({ resume: 'forged' }, { 'x-forwarded-for': '203.0.113.1' }, own)).status).toBe(429);
      expect((await session({ resume: begun.resume }, undefined, own)).status).toBe(200);
      // Messages are counted apart.
      const answers = [await own.say(begun, '1'), await own.say(begun, '2'), await own.say(begun, '3')];
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 429]);
      expect(answers[2]!.headers.get('retry-after')).toBe('30');
      expect(textsOf((await own.activities(begun)).activities)).not.toContain('3');
    } finally {
      await own.stop();
    }
  });
});

describe('a restart', () => {
  const kept = () => ({ storage: buildMemoryStorage({ maxItems: 1_000 }), backplane: buildLocalBackplane() });

  test('keeps the conversation, its history, its tokens and its watermarks', async () => {
    const options = kept();
    const before = await startDirectLine(options);
    const begun = await begin(before);
    await before.say(begun, 'hi – “there”', { channelData: { clientActivityID: 'mark' } });
    await until(async () => (await before.activities(begun)).activities.length === 3);
    const said = await before.activities(begun);
    await before.stop();

    const after = await startDirectLine(options);
    try {
      expect((await session({ resume: begun.resume }, undefined, after)).body.resumed).toBe(true);
      expect((await after.activities(begun)).activities).toEqual(said.activities);
      expect((await after.activities(begun, said.watermark)).activities).toEqual([]);
      // Sent before the stop, and once more because the answer was lost.
      await after.say(begun, 'hi – “there”', { channelData: { clientActivityID: 'mark' } });
      await after.say(begun, 'again');
      await until(async () => (await after.activities(begun, said.watermark)).activities.length === 2);
      const { activities } = await after.activities(begun, said.watermark);
      expect(textsOf(activities)).toEqual(['again', 'echo again']);
      const ids = [...said.activities, ...activities].map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      expect(textsOf((await after.activities(begun)).activities).filter((text) => text === 'welcome')).toHaveLength(1);
    } finally {
      await after.stop();
    }
  });

  test('does not bring back what was deleted, be it right after', async () => {
    const options = kept();
    const before = await startDirectLine(options);
    const begun = await begin(before);
    const stream = await openStream(
      (await before.request('GET', `/conversations/${begun.conversationId}`, begun)).body.streamUrl,
    );
    await before.say(begun, 'my name is Ada');
    await before.say(begun, 'forget me');
    expect(await stream.closed).toBe(1000);
    expect(stream.activities.at(-1)).toMatchObject({ type: 'event', name: 'conversation-deleted' });
    const refused = async (at: TestServer) => {
      const path = `/conversations/${begun.conversationId}`;
      expect((await session({ resume: begun.resume }, undefined, at)).status).toBe(410);
      expect((await at.request('POST', '/conversations', begun)).status).toBe(404);
      expect((await at.request('POST', '/tokens/refresh', begun)).status).toBe(404);
      expect((await at.request('GET', path, begun)).status).toBe(404);
      expect((await at.request('GET', `${path}/activities`, begun)).status).toBe(404);
      expect((await at.say(begun, 'hi')).status).toBe(404);
    };
    await refused(before);
    await before.stop();
    const after = await startDirectLine(options);
    await refused(after);
    await after.stop();
    // Not a word of it is left.
    expect(await options.storage.readLog(`chat/${begun.conversationId}`, 0)).toEqual([]);
    expect(await options.storage.readLog(`inbox/${begun.conversationId}`, 0)).toEqual([]);
  });

  test('of a bot that keeps nothing ends all conversations, and says so', async () => {
    const before = await startDirectLine();
    const begun = await begin(before);
    await before.stop();
    const after = await startDirectLine();
    expect((await session({ resume: begun.resume }, undefined, after)).status).toBe(410);
    expect((await after.say(begun, 'hi')).status).toBe(404);
    await after.stop();
  });
});
