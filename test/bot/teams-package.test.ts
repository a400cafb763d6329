import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { teamsPackage } from '../../bot/teams-package';
import { buildMain, runMain } from '../support/built-main';
import { runCommand } from '../support/run-command';
import { TEAMS_APP_ENV } from '../support/teams-app-env';

let dir: string;

beforeAll(() => {
  buildMain();
  dir = mkdtempSync(path.join(tmpdir(), 'teams-package-'));
}, 120_000);

afterAll(() => rmSync(dir, { recursive: true, force: true }));

const run = (args: readonly string[], env: Readonly<Record<string, string>> = TEAMS_APP_ENV) =>
  runMain(['teams-package', ...args], '', env);

test('it writes the package, prints where it is and what to do next, and replaces it the next time', async () => {
  const out = path.join(dir, 'new-folder', 'app.zip');
  const first = await run(['--out', out]);
  expect(first).toMatchObject({ code: 0, err: '' });
  expect(first.out.split('\n')[0]).toBe(out);
  expect(first.out).toContain('https://admin.teams.microsoft.com');
  const bytes = readFileSync(out);
  expect(bytes.subarray(0, 2).toString()).toBe('PK');
  expect(await run(['--out', out], { ...TEAMS_APP_ENV, TZ: 'Asia/Tokyo' })).toEqual(first);
  expect(readFileSync(out).equals(bytes)).toBe(true);
  expect(readdirSync(path.dirname(out))).toEqual(['app.zip']);
});

test('it names every setting that is missing, and writes nothing', async () => {
  const out = path.join(dir, 'missing.zip');
  const { code, out: printed, err } = await run(['--out', out], { TEAMS_APP_ID: 'me' });
  expect({ code, printed }).toEqual({ code: 1, printed: '' });
  const names = ['MicrosoftAppId', 'TEAMS_APP_ID', 'PUBLIC_URL', 'TEAMS_DEVELOPER_NAME', 'TEAMS_PRIVACY_URL'];
  for (const name of [...names, 'TEAMS_TERMS_URL']) expect(err).toMatch(new RegExp(`^ {2}- ${name} is `, 'm'));
  expect(err).not.toMatch(/^\s+at /m);
  expect(readdirSync(dir)).not.toContain('missing.zip');
});

test('it writes over nothing that is no zip file', async () => {
  const text = path.join(dir, 'text.zip');
  writeFileSync(text, 'my only copy');
  const folder = path.join(dir, 'folder.zip');
  mkdirSync(folder);
  for (const out of [text, folder]) {
    const { code, err } = await run(['--out', out]);
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining('is no zip file') });
  }
  expect(readFileSync(text, 'utf8')).toBe('my only copy');
});

test('it says how it is called', async () => {
  for (const args of [['--out', path.join(dir, 'app.txt')], ['--to', 'x.zip'], ['x.zip']]) {
    expect(await runCommand(teamsPackage, args)).toEqual({ code: 2, out: '', err: expect.stringContaining('Usage:') });
  }
});

test('it says what to do where the development dependencies are not installed', async () => {
  const hook = path.join(dir, 'without-them.cjs');
  writeFileSync(
    hook,
    `const Module = require('node:module');
    const resolve = Module._resolveFilename;
    Module._resolveFilename = function (name, ...rest) {
      return resolve.call(this, name === '@microsoft/app-manifest' ? 'not-installed' : name, ...rest);
    };`,
  );
  const { code, err } = await run([], { ...TEAMS_APP_ENV, NODE_OPTIONS: `--require ${hook}` });
  expect({ code, err }).toEqual({ code: 1, err: expect.stringMatching(/Run npm ci\.\n$/) });
});
