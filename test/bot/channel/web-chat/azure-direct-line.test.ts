import { buildAzureDirectLine } from '../../../../bot/channel/web-chat/azure-direct-line';
import type {
  ChatSession,
  DirectLineBackend,
  SessionResult,
} from '../../../../bot/channel/web-chat/direct-line-backend';
import { AzureDirectLineServer } from '../../../support/azure-direct-line';

const TRUSTED = ['https://support.example.com', 'https://shop.example.com'];
const USER = 'dl_somebody';
let azure: AzureDirectLineServer;
let backend: DirectLineBackend;

beforeEach(async () => {
  azure = await AzureDirectLineServer.start();
  backend = build();
});
afterEach(() => azure.stop());

const build = (secret = azure.secret, timeoutMs = 5_000): DirectLineBackend =>
  buildAzureDirectLine({ secret, url: azure.url, trustedOrigins: TRUSTED, timeoutMs });

function sessionOf(result: SessionResult): ChatSession {
  if (result.kind !== 'session') throw new Error(`no session but ${JSON.stringify(result)}`);
  return result.session;
}

describe('a conversation on Azure’s Direct Line', () => {
  test('begins with a token for one person, good on the trusted pages alone', async () => {
    const session = sessionOf(await backend.start(USER));
    expect(session).toEqual({
      domain: `${azure.url}/v3/directline`,
      token: expect.stringMatching(/^token-/),
      conversationId: expect.stringMatching(/-eu$/),
      userId: USER,
      expiresInSeconds: 3_600,
    });
    expect(azure.conversations.get(session.conversationId)).toMatchObject({ user: USER, trustedOrigins: TRUSTED });
  });

  test('is taken up again by another token', async () => {
    const { conversationId, token } = sessionOf(await backend.start(USER));
    const again = sessionOf(await backend.resume({ conversationId, userId: USER }));
    expect(again).toMatchObject({ conversationId, userId: USER, expiresInSeconds: 1_800 });
    expect(again.token).not.toBe(token);
  });

  test('that Azure has forgotten is over', async () => {
    expect(await backend.resume({ conversationId: 'old/../x', userId: USER })).toEqual({ kind: 'gone' });
    expect(azure.calls.map(({ path }) => path)).toEqual(['/v3/directline/conversations/old%2F..%2Fx']);
  });

  test('that Azure refuses to open again is over, and the log says which setting does that', async () => {
    azure.hasEnhancedAuthentication = true;
    const { conversationId } = sessionOf(await backend.start(USER));
    expect(await backend.resume({ conversationId, userId: USER })).toEqual({
      kind: 'gone',
      reason: expect.stringContaining('switch Enhanced authentication off'),
    });
  });

  test('never gives the secret to the browser', async () => {
    const started = sessionOf(await backend.start(USER));
    const resumed = await backend.resume({ conversationId: started.conversationId, userId: USER });
    expect(JSON.stringify([started, resumed])).not.toContain(azure.secret);
  });
});

describe('when Azure’s Direct Line does not do its part', () => {
  test.each([
    [{ kind: 'fail', status: 500 } as const, 'Direct Line answered 500'],
    [{ kind: 'fail', status: 429 } as const, 'Direct Line answered 429'],
    [{ kind: 'fail', status: 404 } as const, 'Direct Line is not at this address'],
    [{ kind: 'say', text: '<html>' } as const, 'Direct Line answered with something else than a token'],
    [{ kind: 'say', text: '{"token":""}' } as const, 'Direct Line answered with something else than a token'],
  ])('%j is a conversation that cannot be had now', async (behaviour, reason) => {
    azure.behaviour = behaviour;
    expect(await backend.start(USER)).toEqual({ kind: 'unavailable', reason });
  });

  test('a wrong secret is named by its setting and not by its value', async () => {
    expect(await build('wrong-secret').start(USER)).toEqual({
      kind: 'unavailable',
      reason: 'Direct Line refused DIRECT_LINE_SECRET with 403',
    });
  });

  test('a redirect is not followed, so that the secret goes nowhere else', async () => {
    const elsewhere = await AzureDirectLineServer.start();
    azure.behaviour = { kind: 'redirect', to: `${elsewhere.url}/v3/directline/tokens/generate` };
    expect(await backend.start(USER)).toMatchObject({ kind: 'unavailable' });
    expect(elsewhere.calls).toEqual([]);
    await elsewhere.stop();
  });

  test('a server that never answers is given up after the time limit', async () => {
    azure.behaviour = { kind: 'hang' };
    expect(await build(azure.secret, 50).start(USER)).toEqual({
      kind: 'unavailable',
      reason: 'Direct Line cannot be reached (TimeoutError)',
    });
  });

  test('a server that is not there is said with its cause', async () => {
    await azure.stop();
    expect(await backend.start(USER)).toEqual({
      kind: 'unavailable',
      reason: 'Direct Line cannot be reached (ECONNREFUSED)',
    });
    azure = await AzureDirectLineServer.start();
  });
});
