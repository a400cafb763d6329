import { mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { PROJECT_ROOT } from './config';
import { loadTeamsAppConfig } from './teams-app-config';

const USAGE = `Usage:
  npm run -s teams:package                    builds dist/teams-app.zip, which is uploaded to Teams
  npm run -s teams:package -- --out FILE.zip  builds it there
`;
const DEFAULT_OUT = path.join(PROJECT_ROOT, 'dist/teams-app.zip');
/** What a zip file starts with: its first entry, or its end where it has none. */
const ZIP_STARTS = ['504b0304', '504b0506'];

const NEXT = `Upload it:
  for everybody    https://admin.teams.microsoft.com, Teams apps, Manage apps, Actions, Upload new app
  to try it        in Teams: Apps, Manage your apps, Upload an app, Upload a custom app
An update needs a higher version in package.json. The whole way is in bot/channel/teams/README.md.
`;

/**
 * Builds the Teams app package. Exit code 0 once it is written, 1 where something stands in its way, 2 for a call that makes no sense.
 * @throws {ConfigError} with every fault of the settings and of the manifest; nothing is written then
 */
export async function teamsPackage(args: readonly string[]): Promise<number> {
  const out = readOut(args);
  if (out === undefined) {
    process.stderr.write(USAGE);
    return 2;
  }
  const config = loadTeamsAppConfig(process.env);
  const packager = await loadPackager();
  if (packager === undefined) {
    process.stderr.write('What builds the package is not installed: it is among the development tools. Run npm ci.\n');
    return 1;
  }
  const { version } = JSON.parse(await readFile(path.join(PROJECT_ROOT, 'package.json'), 'utf8')) as {
    version: string;
  };
  const { bytes, name, appId } = await packager.buildPackage(config, version);
  const fault = await writeZip(out, bytes);
  if (fault !== undefined) {
    process.stderr.write(`${fault}\n`);
    return 1;
  }
  process.stdout.write(
    `${out}\n${name} ${version}, app id ${appId}, bot ${config.botId}, ${config.publicUrl}\n\n${NEXT}`,
  );
  return 0;
}

/** The file to write; `undefined` for arguments there are not. */
function readOut(args: readonly string[]): string | undefined {
  try {
    const { out } = parseArgs({ args: [...args], options: { out: { type: 'string' } } }).values;
    if (out === undefined) return DEFAULT_OUT;
    return /\.zip$/i.test(out) ? path.resolve(out) : undefined;
  } catch {
    return undefined;
  }
}

/** The code that builds packages; `undefined` where the development dependencies that it needs are not installed. */
async function loadPackager(): Promise<typeof import('./channel/teams/app/build-package.js') | undefined> {
  try {
    return await import('./channel/teams/app/build-package.js');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'MODULE_NOT_FOUND' || code === 'ERR_MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}

/** Writes whole or not at all, over nothing but an older zip. Resolves to what stands in the way, in words. */
async function writeZip(file: string, bytes: Uint8Array): Promise<string | undefined> {
  const fresh = `${file}.${process.pid}.new`;
  try {
    if (!(await mayBeReplaced(file))) return `${file} is there already and is no zip file. Name another with --out.`;
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(fresh, bytes, { flag: 'wx' });
    await rename(fresh, file);
    return undefined;
  } catch (error) {
    await rm(fresh, { force: true }).catch(() => undefined);
    return `${file} cannot be written: ${(error as Error).message}`;
  }
}

async function mayBeReplaced(file: string): Promise<boolean> {
  try {
    const handle = await open(file);
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0);
      return ZIP_STARTS.includes(buffer.subarray(0, bytesRead).toString('hex'));
    } finally {
      await handle.close();
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return true;
    if (code === 'EISDIR') return false;
    throw error;
  }
}
