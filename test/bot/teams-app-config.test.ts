import fc from 'fast-check';
import { ConfigError } from '../../bot/config';
import { SETTINGS } from '../../bot/settings';
import { loadTeamsAppConfig } from '../../bot/teams-app-config';
import { TEAMS_APP_ENV } from '../support/teams-app-env';

function faultsOf(env: Readonly<Record<string, string>>): readonly string[] {
  try {
    loadTeamsAppConfig(env);
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return (error as ConfigError).faults;
  }
}

describe('what the Teams app package is built of', () => {
  test('is read from the environment, without a secret', () => {
    expect(loadTeamsAppConfig({ ...TEAMS_APP_ENV, TEAMS_WEBSITE_URL: 'https://example.com' })).toEqual({
      botId: '11111111-2222-3333-4444-55555555abcd',
      appId: undefined,
      publicUrl: 'https://bot.example.com',
      developer: {
        name: 'Contoso IT',
        websiteUrl: 'https://example.com/',
        privacyUrl: 'https://example.com/privacy',
        termsUrl: 'https://example.com/terms',
      },
    });
  });

  test('has the address of the bot for a web page where no other is named', () => {
    expect(loadTeamsAppConfig(TEAMS_APP_ENV).developer.websiteUrl).toBe('https://bot.example.com');
  });

  test('is missed all at once, each with what it is, an example and where to set it', () => {
    const faults = faultsOf({});
    expect(faults.map((fault) => fault.split(' ')[0])).toEqual([
      'MicrosoftAppId',
      'PUBLIC_URL',
      'TEAMS_DEVELOPER_NAME',
      'TEAMS_PRIVACY_URL',
      'TEAMS_TERMS_URL',
    ]);
    for (const fault of faults)
      expect(fault).toMatch(/^\w+ is not set\. .+(for example|such as) .+\. Set it in \.env\.$/);
  });

  test.each([
    ['MicrosoftAppId', 'me'],
    ['TEAMS_APP_ID', '{11111111-2222-3333-4444-555555555555}'],
    ['PUBLIC_URL', 'http://bot.example.com'],
    ['PUBLIC_URL', 'http://localhost:3978'],
    ['PUBLIC_URL', 'https://localhost'],
    ['TEAMS_DEVELOPER_NAME', 'x'.repeat(33)],
    ['TEAMS_DEVELOPER_NAME', 'Contoso\nIT'],
    ['TEAMS_WEBSITE_URL', 'http://example.com'],
    ['TEAMS_PRIVACY_URL', 'https://me:secret@example.com'],
    ['TEAMS_TERMS_URL', `https://example.com/${'x'.repeat(2_048)}`],
  ])('is refused for one reason only with %s=%s', (name, value) => {
    expect(faultsOf({ ...TEAMS_APP_ENV, [name]: value })).toEqual([expect.stringMatching(`^${name} `)]);
  });

  test('never ends in anything but settings or a ConfigError, and no password shows up', () => {
    const names = SETTINGS.map(({ name }) => name);
    const address = fc.webUrl({ withFragments: true, withQueryParameters: true });
    const value = fc.oneof(fc.string(), address, fc.constant('https://me:topsecret@example.com'));
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...names), value), (env) => {
        for (const fault of faultsOf({ ...TEAMS_APP_ENV, ...env })) {
          expect(names.some((name) => fault.startsWith(`${name} `))).toBe(true);
        }
      }),
    );
    const secret = 'https://me:topsecret@example.com';
    expect(faultsOf({ PUBLIC_URL: secret, TEAMS_TERMS_URL: secret }).join()).not.toContain('topsecret');
  });
});
