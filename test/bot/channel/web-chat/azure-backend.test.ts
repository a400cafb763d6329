import { type RunningServer, startServer } from '../../../../bot/channel/server';
import { buildLogger } from '../../../../bot/log';
import { AzureDirectLineServer } from '../../../support/azure-direct-line';
import { postJson } from '../../../support/emulator';
import { scriptedBot } from '../../../support/scripted-bot';
import { testConfig } from '../../../support/test-config';

const WWW = 'https://www.example.com';
const OWN = 'https://help.example.com';
let azure: AzureDirectLineServer;
let server: RunningServer;

beforeEach(async () => {
  azure = await AzureDirectLineServer.start();
  const config = testConfig({
    publicUrl: OWN,
    webChatOrigins: [WWW],
    azureDirectLine: { secret: azure.secret, url: azure.url },
    connectorTimeoutMs: 2_000,
  });
  server = await startServer({ config, bot: scriptedBot(), log: buildLogger(config) });
});
afterEach(async () => {
  await server.stop();
  await azure.stop();
});

async function session(body: unknown, headers: Record<string, string> = { origin: WWW }) {
  const answer = await postJson(`${server.url}/web-chat/session`, JSON.stringify(body), headers);
  return { ...answer, body: JSON.parse(answer.body) };
}

describe('the web chat through Azure’s Direct Line', () => {
  test('sends pages to Azure with a token of their own, and never shows them the secret', async () => {
    const { status, body } = await session({});
    expect(status).toBe(200);
    expect(body).toMatchObject({ domain: `${azure.url}/v3/directline`, expiresIn: 3_600, resumed: false });
    expect(body.userId).toMatch(/^dl_.{16,}/);
    expect(azure.conversations.get(body.conversationId)).toMatchObject({
      user: body.userId,
      trustedOrigins: [OWN, WWW],
    });
    expect(JSON.stringify(body)).not.toContain(azure.secret);
  });

  test('takes a conversation up again, and says when it is over', async () => {
    const { body } = await session({});
    const again = await session({ resume: body.resume });
    expect(again.status).toBe(200);
    expect(again.body).toMatchObject({ conversationId: body.conversationId, userId: body.userId, resumed: true });
    expect(again.body.token).not.toBe(body.token);
    azure.conversations.clear();
    expect((await session({ resume: again.body.resume })).status).toBe(410);
  });

  test('opens nothing for pages that are not trusted: Azure is not even asked', async () => {
    expect((await session({}, { origin: 'https://evil.example' })).status).toBe(403);
    expect(azure.calls).toEqual([]);
  });

  test('asks to try again while Azure is down, and says nothing of why', async () => {
    azure.behaviour = { kind: 'fail', status: 502 };
    const { status, headers, body } = await session({});
    expect([status, headers.get('retry-after')]).toEqual([503, '5']);
    expect(JSON.stringify(body)).not.toMatch(/502|azure|secret/i);
  });
});
