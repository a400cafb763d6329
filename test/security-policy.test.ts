import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { startServer } from '../bot/channel/server';
import { PROJECT_ROOT } from '../bot/config';
import { buildLogger } from '../bot/log';
import { scriptedBot } from './support/scripted-bot';
import { routesOf } from './support/served-routes';
import { testConfig } from './support/test-config';

/* SECURITY.md says who may use which route and which test tries which attack: here it is held against the code. */

const policy = readFileSync(path.join(PROJECT_ROOT, 'SECURITY.md'), 'utf8');
const rows = policy.split('\n').filter((line) => line.startsWith('| '));
const named = rows
  .map((row) => /^\| `((?:GET|POST|UPGRADE) [^`]+)` \|/.exec(row)?.[1])
  .filter((route) => route !== undefined);

test('every route that the server mounts is named, and no other', async () => {
  const config = testConfig();
  const start = () => startServer({ config, bot: scriptedBot(), log: buildLogger(config) });
  const { server, routes } = await routesOf(start);
  await server.stop();
  // What a page may do and what it would get follow the routes themselves.
  const mounted = routes.filter(({ method }) => !['HEAD', 'OPTIONS'].includes(method));
  const paths = new Set(mounted.map(({ path: served }) => served));
  expect(routes.filter(({ path: served }) => !paths.has(served))).toEqual([]);
  // The router does not know of web sockets.
  const all = [
    ...mounted.map(({ method, path: served }) => `${method} ${served}`),
    'UPGRADE /v3/directline/conversations/:id/stream',
  ];
  expect([...named].sort()).toEqual(all.sort());
});

test('every attack has its tests, and they exist', () => {
  const attacks = rows.filter(
    (row) => row.split('|').length === 5 && !named.some((route) => row.includes(`\`${route}\``)),
  );
  const tried = attacks.slice(attacks.findIndex((row) => row.startsWith('| Attack |')) + 2);
  expect(tried.length).toBeGreaterThan(20);
  for (const row of tried) {
    const tests = [...row.split('|')[3]!.matchAll(/`(test\/[^`]+\.test\.ts)`/g)].map(([, file]) => file!);
    expect({ row, count: tests.length > 0 }).toEqual({ row, count: true });
    expect(tests.filter((file) => !existsSync(path.join(PROJECT_ROOT, file)))).toEqual([]);
  }
});
