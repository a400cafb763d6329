import { readFileSync } from 'node:fs';
import path from 'node:path';
import { PROJECT_ROOT } from '../../../bot/config';
import { isPermitted, licenceList, productionPackages } from '../../../bot/terminal/licence-list';
import { LICENCE_FILE } from '../../../bot/terminal/licences';

const read = (name: string): string => readFileSync(path.join(PROJECT_ROOT, name), 'utf8');

describe('what others have written and runs in production', () => {
  const packages = productionPackages(read('package-lock.json'));

  test('is known to the last package', () => {
    expect(packages.length).toBeGreaterThan(100);
    const { dependencies } = JSON.parse(read('package.json'));
    expect(packages.map(({ name }) => name)).toEqual(expect.arrayContaining(Object.keys(dependencies)));
    expect(packages.map(({ name }) => name)).not.toContain('jest');
  });

  test('has a licence that is permitted', () => {
    expect(packages.filter(({ licence }) => !isPermitted(licence))).toEqual([]);
  });

  test('is listed; npm run licences -- --write brings the list up to date', () => {
    expect(readFileSync(LICENCE_FILE, 'utf8')).toBe(licenceList(packages));
  });
});

test('every dependency is pinned to one version, and the lock file names no registry', () => {
  const { dependencies, devDependencies } = JSON.parse(read('package.json'));
  const all = Object.entries<string>({ ...dependencies, ...devDependencies });
  expect(all.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([]);
  expect(read('package-lock.json')).not.toContain('"resolved"');
});

test.each([
  ['MIT', true],
  ['(AFL-2.1 OR BSD-3-Clause)', true],
  ['MIT AND ISC', true],
  ['MIT AND GPL-3.0-only', false],
  ['GPL-3.0-only OR AGPL-3.0-only', false],
  ['(MIT OR GPL-2.0) AND AGPL-3.0', false],
  ['SEE LICENSE IN LICENSE', false],
  ['UNLICENSED', false],
  ['', false],
])('%j is permitted: %p', (expression, permitted) => {
  expect(isPermitted(expression)).toBe(permitted);
});
