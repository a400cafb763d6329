import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { startServer } from '../../../../bot/channel/server';
import { loadConfig, PROJECT_ROOT } from '../../../../bot/config';
import { buildLogger } from '../../../../bot/log';
import { SETTINGS } from '../../../../bot/settings';
import { EmulatorConversation, postJson } from '../../../support/emulator';
import { IdentityProvider } from '../../../support/identity-provider';
import { scriptedBot } from '../../../support/scripted-bot';
import { routesOf } from '../../../support/served-routes';

/*
 * Whatever the server serves and logs, from its start over turns and errors to its stop: none of its secrets is in it.
 */

const APP = '00000000-0000-0000-0000-000000000001';
const ASSETS = path.join(PROJECT_ROOT, 'dist/bot/web-chat/page');
const secrets = Object.fromEntries(
  // The address of the storage has to be one; that of Redis keeps its password to itself by redis-storage.test.ts.
  SETTINGS.filter(({ name, secret }) => secret && name !== 'STORAGE').map(({ name }) => [
    name,
    randomBytes(24).toString('hex'),
  ]),
);
/** What people wrote, with a secret of their own in it. */
const WORDS = 'my password is sesame-77 and I am ann@example.com';

test('no secret is in anything that is served or logged', async () => {
  const printed = (['log', 'info', 'warn', 'error', 'debug'] as const).map((name) =>
    jest.spyOn(console, name).mockImplementation((...said) => void logged.push(said.map(String).join(' '))),
  );
  const logged: string[] = [];
  const served: string[] = [];
  const tokens: string[] = [];
  const provider = await IdentityProvider.start(['webchat']);
  const config = loadConfig({
    ...secrets,
    PORT: '0',
    HOST: '127.0.0.1',
    LOG_LEVEL: 'trace',
    LOG_MESSAGES: 'on',
    MicrosoftAppType: 'SingleTenant',
    MicrosoftAppId: APP,
    MicrosoftAppTenantId: APP,
    PUBLIC_URL: 'http://localhost:1',
    // Nobody is there: the web chat must say so without a word on how it was asked.
    DIRECT_LINE_URL: 'http://127.0.0.1:1',
    FEEDBACK_FILE: '',
    SEMANTIC: 'off',
    STORAGE: 'memory:',
  });
  const log = buildLogger(config, { write: (line) => void logged.push(line) });
  const bot = scriptedBot({
    explode: () => {
      throw new Error(`cannot read "${WORDS}"`);
    },
  });
  const keysUrl = provider.metadataUrl;
  const { server, routes } = await routesOf(() => startServer({ config, bot, log, keysUrl }));
  const keep = async (response: Response): Promise<void> => {
    served.push(`${response.status} ${JSON.stringify([...response.headers])} ${await response.text()}`);
  };

  // Web Chat's own megabytes are served as they were built.
  const names = (existsSync(ASSETS) ? readdirSync(ASSETS) : []).filter((name) => !name.startsWith('webchat.js'));
  const paths = routes.flatMap(({ path: route }) =>
    route.includes(':name') ? ['x', ...names].map((name) => route.replace(':name', name)) : [route.replace(':id', 'x')],
  );
  for (const route of new Set([...paths, '/nothing', '/%00', '/.env', '/metrics'])) {
    for (const method of ['GET', 'POST', 'OPTIONS', 'HEAD', 'DELETE'])
      await keep(await fetch(server.url + route, { method, headers: { authorization: 'Bearer x.y.z' } }));
  }

  const now = Math.floor(Date.now() / 1000);
  const claims = { iss: 'https://api.botframework.com', aud: APP, exp: now + 60 };
  for (const [text, deliveryMode, serviceUrl] of [
    [WORDS, 'expectReplies', 'https://127.0.0.1:1/'],
    ['explode', 'expectReplies', 'https://127.0.0.1:1/'],
    // The bot has to sign in for this one, and cannot.
    [WORDS, 'normal', 'https://127.0.0.1:1/'],
  ] as const) {
    const token = provider.token({ ...claims, serviceurl: serviceUrl });
    const activity = new EmulatorConversation('', serviceUrl, 'webchat').activity({
      type: 'message',
      text,
      deliveryMode,
    });
    for (const authorization of [`Bearer ${token}`, `Bearer ${token}x`, 'Bearer x']) {
      const answer = await postJson(`${server.url}/api/messages`, JSON.stringify(activity), { authorization });
      served.push(answer.body);
      tokens.push(token);
    }
  }
  await server.stop();
  await provider.stop();

  for (const spy of printed) spy.mockRestore();
  const everything = [...served, ...logged].join('\n');
  expect(served.length).toBeGreaterThan(50);
  expect(logged.filter((line) => line.includes('"turn"')).length).toBeGreaterThan(0);
  expect(logged.filter((line) => line.includes('turn failed')).length).toBeGreaterThan(0);
  for (const [name, secret] of Object.entries(secrets)) {
    for (const form of [secret, Buffer.from(secret).toString('base64'), Buffer.from(secret).toString('base64url')])
      expect({ name, isThere: everything.includes(form) }).toEqual({ name, isThere: false });
  }
  for (const token of tokens) expect(everything.includes(token)).toBe(false);
  expect(logged.join('\n')).not.toMatch(/sesame-77|ann@example/);
});
