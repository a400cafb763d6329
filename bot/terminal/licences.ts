import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { PROJECT_ROOT } from '../config';
import { isPermitted, licenceList, productionPackages } from './licence-list';

const WRITE = '--write';
/** The list, at the top of the project. */
export const LICENCE_FILE = path.join(PROJECT_ROOT, 'THIRD-PARTY-LICENCES.md');

/**
 * Prints the licences of all packages that run in production, as `package-lock.json` names them, or writes them to
 * `THIRD-PARTY-LICENCES.md` with `--write`. Exit code 1 where one is not permitted, 2 for arguments there are not.
 */
export async function licences(args: readonly string[]): Promise<number> {
  const unknown = args.find((arg) => arg !== WRITE);
  if (unknown !== undefined) {
    process.stderr.write(`There is no argument "${unknown}". Usage: licences [${WRITE}]\n`);
    return 2;
  }
  const packages = productionPackages(await readFile(path.join(PROJECT_ROOT, 'package-lock.json'), 'utf8'));
  const list = licenceList(packages);
  if (args.includes(WRITE)) await writeFile(LICENCE_FILE, list);
  else process.stdout.write(list);
  const refused = packages.filter(({ licence }) => !isPermitted(licence));
  for (const { name, version, licence } of refused)
    process.stderr.write(`${name} ${version}: the licence "${licence}" is not permitted\n`);
  return refused.length === 0 ? 0 : 1;
}
