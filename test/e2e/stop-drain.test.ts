import { BICYCLE_FILES } from '../support/bicycle-files';
import { buildMain } from '../support/built-main';
import { ReloadingServer } from '../support/reloading-server';
import { SMALL_VOCABULARY, type TempContent, tempContent } from '../support/temp-content';

/*
 * The built bot in a process of its own, told to stop while a load balancer still sends people to it.
 */

let content: TempContent;

beforeAll(() => buildMain(), 120_000);
beforeEach(() => {
  content = tempContent({ ...SMALL_VOCABULARY, ...BICYCLE_FILES });
});
afterEach(() => content.remove());

test('a bot that is told to stop goes on answering, not ready, for as long as it was set to', async () => {
  const server = await ReloadingServer.start({
    STOP_DRAIN_MS: '1000',
    FEEDBACK_FILE: '',
    KNOWLEDGE_DIR: content.knowledgeDir,
    GUIDES_DIR: content.guidesDir,
  });
  const ended = server.stop('SIGTERM');
  await server.logged(/^stopping/);
  const told = Date.now();
  const statuses = await Promise.all(
    ['/ready', '/health', '/web-chat/session'].map(async (path) => {
      const method = path === '/web-chat/session' ? 'POST' : 'GET';
      const headers = { 'content-type': 'application/json' };
      const body = method === 'POST' ? { body: '{}' } : {};
      return (await fetch(`${server.url}${path}`, { method, headers, ...body })).status;
    }),
  );
  expect(statuses).toEqual([503, 200, 200]);
  expect(await ended).toBe(0);
  expect(Date.now() - told).toBeGreaterThan(900);
}, 60_000);
