import { readdirSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { buildManifest } from '../../../../../bot/channel/teams/app/build-manifest';
import { validateManifest } from '../../../../../bot/channel/teams/app/validate-manifest';
import { PROJECT_ROOT } from '../../../../../bot/config';
import { loadTeamsAppConfig, type TeamsAppConfig } from '../../../../../bot/teams-app-config';
import { TEAMS_APP_ENV } from '../../../../support/teams-app-env';

const config = loadTeamsAppConfig(TEAMS_APP_ENV);
const manifest = buildManifest(config, '1.2.3');

const realFetch = globalThis.fetch;

beforeAll(() => {
  globalThis.fetch = () => Promise.reject(new Error('nothing here may go online'));
});

afterAll(() => {
  globalThis.fetch = realFetch;
});

test('every manifest of settings that can be used is valid, without a look online', async () => {
  const page = fc.webUrl({ validSchemes: ['https'], withQueryParameters: true });
  const env = fc.record({
    MicrosoftAppId: fc.uuid(),
    TEAMS_APP_ID: fc.option(fc.uuid(), { nil: '' }),
    PUBLIC_URL: fc
      .tuple(fc.domain(), fc.option(fc.nat(65_535)))
      .map(([host, port]) => `https://${host}${port === null ? '' : `:${port}`}/`),
    TEAMS_DEVELOPER_NAME: fc.string({ unit: 'grapheme', maxLength: 60 }),
    TEAMS_WEBSITE_URL: fc.option(page, { nil: '' }),
    TEAMS_PRIVACY_URL: page,
    TEAMS_TERMS_URL: page,
  });
  const usable = env.map(usableOf).filter((one) => one !== undefined);
  await fc.assert(
    fc.asyncProperty(usable, fc.tuple(fc.nat(), fc.nat(), fc.nat()), async (settings, version) => {
      expect(await validateManifest(buildManifest(settings, version.join('.')))).toEqual([]);
    }),
    { numRuns: 5 }, // the validator compiles the schema anew each time, which takes up to some seconds on a busy machine
  );
}, 60_000);

function usableOf(env: Readonly<Record<string, string>>): TeamsAppConfig | undefined {
  try {
    return loadTeamsAppConfig(env);
  } catch {
    return undefined;
  }
}

test('faults of a manifest are told by their place', async () => {
  const [bot] = manifest.bots;
  const broken = { ...manifest, bots: [{ ...bot!, botId: 'me' }], accentColor: 'blue' };
  const faults = await validateManifest(broken);
  expect(faults).toEqual([
    expect.stringMatching(/^manifest\.json\/accentColor must match pattern/),
    expect.stringMatching(/^manifest\.json\/bots\/0\/botId must match pattern/),
  ]);
});

test('the manifest is of the newest schema that the validator has', () => {
  const schemas = path.join(PROJECT_ROOT, 'node_modules/@microsoft/app-manifest/build/json-schemas/teams');
  const versions = readdirSync(schemas).filter((name) => /^v\d+\.\d+$/.test(name));
  const newest = Math.max(...versions.map((name) => Number(name.slice('v1.'.length))));
  expect(manifest.manifestVersion).toBe(`1.${newest}`);
});

test('bot, message extension and domain are those of the settings', () => {
  expect(manifest).toMatchObject({
    id: 'a67ac01c-30a6-5c2a-9749-91dfaf5f1413',
    version: '1.2.3',
    bots: [{ botId: config.botId, scopes: ['personal', 'team', 'groupChat'], supportsFiles: false }],
    composeExtensions: [{ botId: config.botId, commands: [{ id: 'searchFaq', type: 'query', initialRun: true }] }],
    validDomains: ['bot.example.com'],
  });
  expect(buildManifest({ ...config, publicUrl: 'https://bot.example.com:8443' }, '1.2.3').validDomains).toEqual([
    'bot.example.com:8443',
  ]);
});

test('an id that is set goes before the one that is made', () => {
  const TEAMS_APP_ID = 'ABCDEFAB-0000-0000-0000-000000000000';
  expect(buildManifest(loadTeamsAppConfig({ ...TEAMS_APP_ENV, TEAMS_APP_ID }), '1.2.3').id).toBe(
    TEAMS_APP_ID.toLowerCase(),
  );
});
