import { loadConfig } from '../../bot/config';
import { setupWarnings } from '../../bot/setup-warnings';

const about = (env: NodeJS.ProcessEnv): string[] =>
  setupWarnings(loadConfig({ WEB_CHAT_SECRET: 's'.repeat(32), ...env })).filter((line) =>
    line.includes('FEEDBACK_FILE'),
  );

test('a file of ratings in each replica is warned of, with what to do', () => {
  expect(about({ STORAGE: 'redis://cache' })).toEqual([expect.stringContaining('Set FEEDBACK_FILE= (empty)')]);
  expect(about({ STORAGE: 'azureblob:https://acc.blob.core.windows.net/chats' })).toHaveLength(1);
});

test.each([
  {},
  { STORAGE: 'memory:' },
  { STORAGE: 'redis://cache', FEEDBACK_FILE: '' },
])('ratings that are all in one place are not warned of: %j', (env) => expect(about(env)).toEqual([]));

test('a bot that nobody has set up is told who cannot reach it, and whom it cannot name', () => {
  expect(setupWarnings(loadConfig({}))).toEqual([
    expect.stringContaining('no credentials are set'),
    expect.stringContaining('CONTACT_MAIL'),
  ]);
});
