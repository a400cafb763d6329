import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { PROJECT_ROOT } from '../config';

const PAGE_DIR = path.join(PROJECT_ROOT, 'bot/web-chat/page');
const WEB_CHAT_DIR = path.join(PROJECT_ROOT, 'node_modules/botframework-webchat/dist');
const WEB_CHAT_FILES = ['webchat.js', 'webchat.js.LICENSE.txt'];

/** The name of a file in one of its forms; a file that is being written has another ending. */
const FORM = /^(.+?\.(?:html|css|m?js|svg|txt))(?:\.gz|\.br)?$/;

/** Where `npm run build` puts the page's files, and where the server takes them from. */
export const ASSETS_DIR = path.join(PROJECT_ROOT, 'dist/bot/web-chat/page');

/**
 * Writes the page's files and Web Chat's bundle to `outDir`, each as it is and as `.gz` and `.br`. A file that is newer than
 * its source is left alone, so that a start without changes stays quick; files of sources that are gone are removed. Resolves to the names of the files that were written.
 * @throws where a source is missing: Web Chat's bundle comes with the development dependencies
 */
export async function buildAssets(outDir: string): Promise<readonly string[]> {
  await mkdir(outDir, { recursive: true });
  const sources = [
    ...(await readdir(PAGE_DIR)).map((name) => path.join(PAGE_DIR, name)),
    ...WEB_CHAT_FILES.map((name) => path.join(WEB_CHAT_DIR, name)),
  ];
  const written = await Promise.all(
    sources.map((source) => buildAsset(source, path.join(outDir, path.basename(source)))),
  );
  await removeOthers(outDir, new Set(sources.map((source) => path.basename(source))));
  return written.flat();
}

async function buildAsset(source: string, target: string): Promise<readonly string[]> {
  const sourceTime = await modifiedAt(source);
  if (sourceTime === undefined) throw new Error(`${source} is missing: run npm ci`);
  const made = await Promise.all([target, `${target}.gz`, `${target}.br`].map(modifiedAt));
  if (made.every((time) => time !== undefined && time > sourceTime)) return [];
  const bytes = await readFile(source);
  const brotli = { params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } };
  const [gz, br] = await Promise.all([promisify(gzip)(bytes, { level: 9 }), promisify(brotliCompress)(bytes, brotli)]);
  await Promise.all([replace(target, bytes), replace(`${target}.gz`, gz), replace(`${target}.br`, br)]);
  return [path.basename(target)];
}

async function removeOthers(dir: string, names: ReadonlySet<string>): Promise<void> {
  const others = (await readdir(dir)).filter((name) => FORM.test(name) && !names.has(name.replace(FORM, '$1')));
  await Promise.all(others.map((name) => rm(path.join(dir, name), { force: true })));
}

async function modifiedAt(file: string): Promise<number | undefined> {
  try {
    return (await stat(file)).mtimeMs;
  } catch {
    return undefined;
  }
}

/** Writes beside the file and renames, so that a server that starts meanwhile never reads half a file. */
async function replace(file: string, bytes: Buffer): Promise<void> {
  const fresh = `${file}.${process.pid}.new`;
  await writeFile(fresh, bytes);
  await rename(fresh, file);
}

if (require.main === module) void buildAssets(ASSETS_DIR);
