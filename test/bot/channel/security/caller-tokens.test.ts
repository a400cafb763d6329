import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { AseChannelValidation } from 'botframework-connector';
import { type RunningServer, startServer } from '../../../../bot/channel/server';
import { buildLogger } from '../../../../bot/log';
import { EmulatorConversation, postJson } from '../../../support/emulator';
import { type Claims, hmacWith, IdentityProvider, signWith, type TokenParts } from '../../../support/identity-provider';
import { scriptedBot } from '../../../support/scripted-bot';
import { testConfig } from '../../../support/test-config';

/*
 * Who may post to /api/messages of a bot with credentials: whoever has a token of the Bot Framework for this bot, this channel and
 * this serviceUrl, and nobody else.
 */

const APP = '00000000-0000-0000-0000-000000000001';
const TENANT = '00000000-0000-0000-0000-000000000002';
const CREDENTIALS = { kind: 'single-tenant', appId: APP, password: 'secret', tenantId: TENANT } as const;
const SERVICE_URL = 'https://smba.example/emea/';
const ISSUER = 'https://api.botframework.com';

let provider: IdentityProvider;
let server: RunningServer;
let bot: ReturnType<typeof scriptedBot>;
let printed: jest.SpyInstance;

beforeAll(async () => {
  // The SDK prints what it thinks of a token.
  printed = jest.spyOn(console, 'error').mockImplementation(() => undefined);
  provider = await IdentityProvider.start(['webchat', 'msteams']);
  bot = scriptedBot();
  const config = testConfig({ credentials: CREDENTIALS, trustedProxies: 1 });
  const log = buildLogger(config);
  server = await startServer({ config, bot, log, keysUrl: provider.metadataUrl });
});
afterAll(async () => {
  await server.stop();
  await provider.stop();
  printed.mockRestore();
});

const now = (): number => Math.floor(Date.now() / 1000);
const CLAIMS = (): Claims => ({ iss: ISSUER, aud: APP, serviceurl: SERVICE_URL, nbf: now() - 60, exp: now() + 3_600 });

function tokenWith(claims: Claims = {}, parts: TokenParts = {}): string {
  return provider.token({ ...CLAIMS(), ...claims }, parts);
}

/** The status of a message that comes with this header. */
async function statusOf(authorization: string, part: Claims = {}, url = server.url): Promise<number> {
  const activity = new EmulatorConversation(url, SERVICE_URL, 'webchat').activity({
    type: 'message',
    text: 'hi',
    deliveryMode: 'expectReplies',
    ...part,
  });
  // From somewhere else each time: of one address only so many tokens are looked at.
  const headers = { authorization, 'x-forwarded-for': randomBytes(4).join('.') };
  return (await postJson(`${url}/api/messages`, JSON.stringify(activity), headers)).status;
}

async function refused(authorization: string, part: Claims = {}): Promise<void> {
  const before = bot.heard.length;
  expect(await statusOf(authorization, part)).toBe(401);
  expect(bot.heard).toHaveLength(before);
  // So that the same cannot pass for another reason.
  expect(await statusOf(`Bearer ${tokenWith()}`)).toBe(200);
  expect(bot.heard).toHaveLength(before + 1);
}

describe('a token is refused', () => {
  test.each<[string, Claims]>([
    ['that has expired', { exp: now() - 600 }],
    ['that is not valid yet', { nbf: now() + 3_600 }],
    ['for another bot', { aud: '00000000-0000-0000-0000-000000000009' }],
    ['for several bots at once', { aud: [APP, '00000000-0000-0000-0000-000000000009'] }],
    ['for nobody', { aud: undefined }],
    ['of another issuer', { iss: 'https://evil.example' }],
    ['of an issuer that looks like ours', { iss: `${ISSUER}.evil.example` }],
    ['of several issuers at once', { iss: [ISSUER] }],
    ['of no issuer', { iss: undefined }],
    ['for another serviceUrl', { serviceurl: 'https://smba.example/amer/' }],
    ['for a longer serviceUrl', { serviceurl: `${SERVICE_URL}x` }],
    ['for no serviceUrl', { serviceurl: undefined }],
  ])('%s', (_name, claims) => refused(`Bearer ${tokenWith(claims)}`));

  test.each<[string, () => TokenParts]>([
    [
      'signed by somebody else',
      () => ({ signature: signWith(generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey) }),
    ],
    ['whose key nobody knows', () => ({ header: { kid: 'other-key' } })],
    ['whose key has no name', () => ({ header: { kid: undefined } })],
    ['whose key is named like what every object has', () => ({ header: { kid: '__proto__' } })],
    ['that says it needs no signature', () => ({ header: { alg: 'none' }, signature: () => Buffer.alloc(0) })],
    ['that says so and is signed', () => ({ header: { alg: 'none' } })],
    [
      'signed with the public key as if it were a password',
      () => ({ header: { alg: 'HS256' }, signature: hmacWith(provider.publicKey) }),
    ],
    [
      'with a key of its own',
      () => ({ header: { kid: 'x', jwk: { kty: 'oct', k: 'AA' }, jku: 'https://evil.example/keys' } }),
    ],
    ['with another signature', () => ({ signature: () => Buffer.alloc(256, 1) })],
    ['without one', () => ({ signature: () => Buffer.alloc(0) })],
  ])('%s', (_name, parts) => refused(`Bearer ${tokenWith({}, parts())}`));

  test('whose claims were changed', async () => {
    const [head, , tail] = tokenWith({ aud: 'x' }).split('.');
    const claims = tokenWith().split('.')[1];
    await refused(`Bearer ${head}.${claims}.${tail}`);
  });

  test.each(['bearer ', 'Basic ', 'Bearer  ', '', 'Bearer x '])('after %j', (scheme) => refused(scheme + tokenWith()));

  test('on a channel that its key is not endorsed for', () => refused(`Bearer ${tokenWith()}`, { channelId: 'slack' }));

  test('with an activity that names another serviceUrl', async () => {
    for (const serviceUrl of ['https://evil.example/', 'https://smba.example@evil.example/', SERVICE_URL.toUpperCase()])
      await refused(`Bearer ${tokenWith()}`, { serviceUrl });
  });
});

/** Another server with the same bot, and other keys. */
async function withKeysOf(keys: IdentityProvider, look: (url: string) => Promise<void>): Promise<void> {
  const config = testConfig({ credentials: CREDENTIALS, trustedProxies: 1 });
  const other = await startServer({
    config,
    bot,
    log: buildLogger(config),
    keysUrl: keys.metadataUrl,
  });
  try {
    await look(other.url);
  } finally {
    await other.stop();
    await keys.stop();
  }
}

// Every channel is sent tokens of the bot itself. The SDK takes them as those of the Emulator, of another bot or of one more
// channel, without a look at whom they are for and which serviceUrl they name; their keys are endorsed for nothing.
test('a token that the bot sends to a channel opens nothing, whatever channel is named', async () => {
  const tenants = ['https://sts.windows.net/', 'https://login.microsoftonline.com/'];
  const heard = bot.heard.length;
  const keys = await IdentityProvider.start([]);
  await withKeysOf(keys, async (url) => {
    AseChannelValidation.MetadataUrl = keys.metadataUrl;
    for (const channelId of ['AseChannel', 'webchat', 'emulator']) {
      for (const iss of tenants.flatMap((at) => [`${at}${TENANT}/`, `${at}d6d49420-f39b-4df7-a1dc-d59a935871db/`])) {
        for (const aud of [ISSUER, APP]) {
          const own = { iss, aud, appid: APP, azp: APP, ver: '1.0', serviceurl: undefined };
          const authorization = `Bearer ${keys.token({ ...CLAIMS(), ...own })}`;
          expect(await statusOf(authorization, { channelId, serviceUrl: 'https://evil.example/' }, url)).toBe(401);
        }
      }
    }
    expect(bot.heard).toHaveLength(heard);
    expect(await statusOf(`Bearer ${keys.token(CLAIMS())}`, {}, url)).toBe(200);
  });
});

test('while the keys cannot be had nobody comes in, and the answer is 503', async () => {
  const keys = await IdentityProvider.start([]);
  keys.isUp = false;
  const heard = bot.heard.length;
  await withKeysOf(keys, async (url) => expect(await statusOf(`Bearer ${keys.token(CLAIMS())}`, {}, url)).toBe(503));
  expect(bot.heard).toHaveLength(heard);
});
