import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'dotenv';
import fc from 'fast-check';
import { ConfigError, isLoopback, loadConfig, PROJECT_ROOT } from '../../bot/config';
import { SETTINGS } from '../../bot/settings';

const GUID = '00000000-0000-0000-0000-000000000001';
const SINGLE_TENANT = {
  MicrosoftAppType: 'SingleTenant',
  MicrosoftAppId: GUID,
  MicrosoftAppPassword: 'secret',
  MicrosoftAppTenantId: GUID,
};

function faultsOf(env: Readonly<Record<string, string>>): readonly string[] {
  try {
    loadConfig(env);
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return (error as ConfigError).faults;
  }
}

describe('the settings', () => {
  test('have defaults that can be used', () => {
    expect(loadConfig({})).toEqual({
      port: 3978,
      host: '127.0.0.1',
      credentials: { kind: 'none' },
      publicUrl: undefined,
      trustedProxies: 0,
      contact: undefined,
      logLevel: 'info',
      logMessages: false,
      knowledgeDir: path.join(PROJECT_ROOT, 'knowledge'),
      guidesDir: path.join(PROJECT_ROOT, 'dialogs/guides'),
      semantic: true,
      maxBodyBytes: 262_144,
      connectorTimeoutMs: 10_000,
      maxConversations: 10_000,
      conversationIdleMs: 86_400_000,
      storage: { kind: 'embedded', folder: path.join(PROJECT_ROOT, 'data') },
      storageTimeoutMs: 1_000,
      messagesPerMinute: 60,
      feedbackFile: path.join(PROJECT_ROOT, 'data/feedback.jsonl'),
      feedbackKeepMs: 31_536_000_000,
      webChatSecret: undefined,
      webChatTokenMs: 3_600_000,
      azureDirectLine: undefined,
      webChatOrigins: [],
      webChatSessionsPerMinute: 120,
      webChatMessagesPerMinute: 60,
      metricsToken: undefined,
      traces: undefined,
      drainMs: 0,
      stopTimeoutMs: 10_000,
    });
  });

  test('are frozen', () => {
    const config = loadConfig({ CONTACT_MAIL: 'a@b.example' });
    expect([Object.isFrozen(config), Object.isFrozen(config.contact)]).toEqual([true, true]);
  });

  test('that are empty count as not set, but for the file of feedback', () => {
    const empty = Object.fromEntries(SETTINGS.map(({ name }) => [name, ' ']));
    expect(loadConfig(empty)).toEqual({ ...loadConfig({}), feedbackFile: undefined });
  });

  test('keep feedback in a file by default, in another one, or in the log only', () => {
    expect(loadConfig({ FEEDBACK_FILE: '/srv/feedback.jsonl' }).feedbackFile).toBe('/srv/feedback.jsonl');
    expect(loadConfig({ FEEDBACK_FILE: '' }).feedbackFile).toBeUndefined();
  });

  test('are read from the environment', () => {
    expect(
      loadConfig({
        PORT: '0',
        HOST: '::1',
        CONTACT_MAIL: 'help@example.com',
        CONTACT_PAGE: 'https://example.com/help',
        LOG_LEVEL: 'DEBUG',
        LOG_MESSAGES: 'On',
        KNOWLEDGE_DIR: '/srv/faq',
        MAX_BODY_BYTES: '2048',
        CONVERSATION_IDLE_MINUTES: '2',
        WEB_CHAT_SECRET: 'x'.repeat(32),
        WEB_CHAT_TOKEN_MINUTES: '30',
      }),
    ).toMatchObject({
      port: 0,
      host: '::1',
      contact: { mail: 'help@example.com', page: 'https://example.com/help' },
      logLevel: 'debug',
      logMessages: true,
      knowledgeDir: '/srv/faq',
      maxBodyBytes: 2_048,
      conversationIdleMs: 120_000,
      webChatSecret: 'x'.repeat(32),
      webChatTokenMs: 1_800_000,
    });
  });

  test('tell all their faults at once', () => {
    const faults = faultsOf({
      PORT: '70000',
      LOG_LEVEL: 'loud',
      CONTACT_MAIL: 'nobody',
      CONTACT_PAGE: 'javascript:alert(1)',
      WEB_CHAT_SECRET: 'short',
      WEB_CHAT_TOKEN_MINUTES: '5',
      METRICS_TOKEN: 'fifteen-letters',
      MAX_BODY_BYTES: '1e6',
      STOP_TIMEOUT_MS: '-1',
    });
    expect(faults.map((fault) => fault.split(' ')[0])).toEqual([
      'CONTACT_MAIL',
      'CONTACT_PAGE',
      'WEB_CHAT_SECRET',
      'METRICS_TOKEN',
      'PORT',
      'LOG_LEVEL',
      'MAX_BODY_BYTES',
      'WEB_CHAT_TOKEN_MINUTES',
      'STOP_TIMEOUT_MS',
    ]);
  });

  test('never end in anything but a config or a ConfigError', () => {
    const names = SETTINGS.map(({ name }) => name);
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...names), fc.oneof(fc.string(), fc.nat().map(String))), (env) => {
        for (const fault of faultsOf(env)) expect(names.some((name) => fault.startsWith(name))).toBe(true);
      }),
    );
  });
});

describe('the public address', () => {
  test.each([
    ['https://bot.example.com', 'https://bot.example.com'],
    [' HTTPS://Bot.Example.com/ ', 'https://bot.example.com'],
    ['https://bot.example.com:8443', 'https://bot.example.com:8443'],
    ['https://[2001:db8::1]:443', 'https://[2001:db8::1]'],
    ['http://localhost:3978', 'http://localhost:3978'],
    ['http://[::1]:3978/', 'http://[::1]:3978'],
  ])('%s is the origin %s', (PUBLIC_URL, origin) => {
    expect(loadConfig({ PUBLIC_URL }).publicUrl).toBe(origin);
  });

  test.each([
    'http://bot.example.com',
    'http://localhost.evil.example',
    'https://bot.example.com/bot',
    'https://bot.example.com/?a=b',
    'https://bot.example.com/#a',
    'https://me:topsecret@bot.example.com',
    'https://*.example.com',
    'wss://bot.example.com',
    'bot.example.com',
    'javascript:alert(1)',
  ])('is not %s', (PUBLIC_URL) => {
    const faults = faultsOf({ PUBLIC_URL });
    expect(faults).toEqual([expect.stringMatching(/^PUBLIC_URL /)]);
    expect(faults.join()).not.toContain('topsecret');
  });
});

describe('origins', () => {
  test.each([
    ['https://help.example', 'https://help.example'],
    ['https://Help.example:443/', 'https://help.example'],
    ['https://help.example:8443', 'https://help.example:8443'],
    ['http://localhost:3978', 'http://localhost:3978'],
    ['http://127.0.0.1:1/', 'http://127.0.0.1:1'],
    ['http://[::1]:3978', 'http://[::1]:3978'],
  ])('%s is taken as %s', (text, origin) => {
    expect(loadConfig({ PUBLIC_URL: text }).publicUrl).toBe(origin);
    expect(loadConfig({ WEB_CHAT_ORIGINS: ` ${text},https://b.example ` }).webChatOrigins).toEqual([
      origin,
      'https://b.example',
    ]);
  });

  test.each([
    'help.example',
    'http://help.example',
    'https://help.example/path',
    'https://help.example?x',
    'https://help.example/#x',
    'https://me:topsecret@help.example',
    'ftp://help.example',
    'null',
    '*',
    'https://',
  ])('%s is none', (text) => {
    const faults = faultsOf({ PUBLIC_URL: text, WEB_CHAT_ORIGINS: `${text} https://b.example ${text}` });
    expect(faults.map((fault) => fault.split(' ')[0])).toEqual(['PUBLIC_URL', 'WEB_CHAT_ORIGINS', 'WEB_CHAT_ORIGINS']);
    expect(faults.join()).not.toContain('topsecret');
  });
});

describe('Azure’s Direct Line', () => {
  const WITH_AZURE = { ...SINGLE_TENANT, PUBLIC_URL: 'https://help.example', DIRECT_LINE_SECRET: 'topsecret' };

  test('holds the web chat’s conversations once its secret is set', () => {
    const url = 'https://directline.botframework.com';
    expect(loadConfig(WITH_AZURE).azureDirectLine).toEqual({ secret: 'topsecret', url });
    const DIRECT_LINE_URL = 'https://europe.directline.botframework.com/';
    expect(loadConfig({ ...WITH_AZURE, DIRECT_LINE_URL }).azureDirectLine?.url).toBe(DIRECT_LINE_URL.slice(0, -1));
  });

  test('needs credentials, by which Azure reaches the bot, and the address of the pages to trust', () => {
    const faults = faultsOf({ DIRECT_LINE_SECRET: 'topsecret' });
    expect(faults).toEqual([
      expect.stringMatching(/without credentials Azure cannot reach the bot/),
      expect.stringMatching(/PUBLIC_URL is not/),
    ]);
    expect(faults.join()).not.toContain('topsecret');
  });

  test('is never looked for over plain http on another machine', () => {
    expect(faultsOf({ ...WITH_AZURE, DIRECT_LINE_URL: 'http://directline.example' })).toEqual([
      expect.stringMatching(/^DIRECT_LINE_URL cannot be used/),
    ]);
  });
});

describe('credentials', () => {
  test('open the server to the network', () => {
    expect(loadConfig(SINGLE_TENANT)).toMatchObject({
      host: '0.0.0.0',
      credentials: { kind: 'single-tenant', appId: GUID, password: 'secret', tenantId: GUID },
    });
    expect(
      loadConfig({ MicrosoftAppType: 'UserAssignedMSI', MicrosoftAppId: GUID, MicrosoftAppTenantId: GUID }),
    ).toMatchObject({
      credentials: { kind: 'managed-identity', appId: GUID, tenantId: GUID },
    });
  });

  test.each([
    '0.0.0.0',
    '::',
    '10.0.0.1',
    'example.com',
    'localhost.evil.example',
  ])('are needed to listen on %s', (HOST) => {
    expect(faultsOf({ HOST })).toEqual([expect.stringContaining('HOST is')]);
    expect(loadConfig({ ...SINGLE_TENANT, HOST }).host).toBe(HOST);
  });

  test.each([
    ['an id without a type', { MicrosoftAppId: GUID }, 1],
    ['a type that Azure no longer gives', { ...SINGLE_TENANT, MicrosoftAppType: 'MultiTenant' }, 1],
    ['no password', { ...SINGLE_TENANT, MicrosoftAppPassword: '' }, 1],
    ['a password with a managed identity', { ...SINGLE_TENANT, MicrosoftAppType: 'UserAssignedMSI' }, 1],
    ['ids that are no GUIDs', { ...SINGLE_TENANT, MicrosoftAppId: 'me', MicrosoftAppTenantId: 'us' }, 2],
  ])('with %s are refused', (_name, env, count) => {
    expect(faultsOf(env)).toHaveLength(count);
  });

  test('never show up in a fault', () => {
    expect(faultsOf({ ...SINGLE_TENANT, MicrosoftAppPassword: 'topsecret', MicrosoftAppId: 'x' }).join()).not.toContain(
      'topsecret',
    );
    expect(faultsOf({ MicrosoftAppPassword: 'topsecret' }).join()).not.toContain('topsecret');
    expect(faultsOf({ WEB_CHAT_SECRET: 'topsecret' }).join()).not.toContain('topsecret');
  });
});

test.each([
  ['localhost', true],
  ['127.0.0.1', true],
  ['127.1.2.3', true],
  ['::1', true],
  ['[::1]', true],
  ['127.0.0.1.evil.example', false],
  ['localhost.', false],
  ['0.0.0.0', false],
  ['', false],
])('%p is loopback: %p', (host, loopback) => {
  expect(isLoopback(host)).toBe(loopback);
});

describe('the settings as documented', () => {
  test('.env.example has every setting with its meaning and default, in order, and no other', () => {
    const text = readFileSync(path.join(PROJECT_ROOT, '.env.example'), 'utf8');
    expect(Object.entries(parse(text))).toEqual(SETTINGS.map((setting) => [setting.name, setting.default]));
    for (const { name, default: value, meaning } of SETTINGS)
      expect(text).toContain(`# ${meaning}\n${name}=${value}\n`);
  });

  test('.env.example as it is can be used', () => {
    const env = parse(readFileSync(path.join(PROJECT_ROOT, '.env.example'), 'utf8'));
    expect(loadConfig(env)).toEqual(loadConfig({}));
  });

  const readme = path.join(PROJECT_ROOT, 'README.md');
  (existsSync(readme) ? test : test.skip)("the README's table has every setting, and no other", () => {
    const rows = readFileSync(readme, 'utf8').matchAll(/^\|\s*`([A-Za-z_]+)`\s*\|([^|]*)\|([^|]*)\|\s*$/gm);
    const table = Array.from(rows, ([, name, value, meaning]) => ({
      name,
      default: value!.trim().replace(/^`(.*)`$/, '$1'),
      meaning: meaning!.trim(),
    }));
    expect(table).toEqual(SETTINGS.map(({ secret: _, ...shown }) => shown));
  });
});
