/** Settings with which the Teams app package can be built, and no others. */
export const TEAMS_APP_ENV = {
  MicrosoftAppId: '11111111-2222-3333-4444-55555555ABCD',
  PUBLIC_URL: 'https://bot.example.com',
  TEAMS_DEVELOPER_NAME: 'Contoso IT',
  TEAMS_PRIVACY_URL: 'https://example.com/privacy',
  TEAMS_TERMS_URL: 'https://example.com/terms',
} as const;
