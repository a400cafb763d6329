import { randomBytes } from 'node:crypto';
import { chmod, link, mkdir, open, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Logger } from '../../log';

const MIN_LENGTH = 32;

/**
 * The secret of `file`, made and kept there at the first start, readable by this user only. Never rejects: without a file, or with
 * one that can be neither read nor made, it is a new secret that ends with the process.
 */
export async function openSecretFile(file: string | undefined, log: Logger): Promise<string> {
  const made = randomBytes(32).toString('base64url');
  if (file === undefined) return made;
  try {
    return (await readSecret(file, log)) ?? (await keepSecret(file, made, log));
  } catch (error) {
    log.error(
      { err: error, file },
      'the secret of the web chat cannot be kept: a restart ends all conversations on pages',
    );
    return made;
  }
}

/** `undefined` where there is no file, or one without a secret in it, which then is removed. */
async function readSecret(file: string, log: Logger): Promise<string | undefined> {
  let text: string;
  try {
    text = (await readFile(file, 'utf8')).trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  if (text.length < MIN_LENGTH) {
    log.warn({ file }, 'no usable secret in the file of the web chat’s secret: a new one is made');
    await rm(file);
    return undefined;
  }
  if (((await stat(file)).mode & 0o077) !== 0) {
    log.warn({ file }, 'others could read the secret of the web chat: now they cannot');
    await chmod(file, 0o600);
  }
  return text;
}

/** Written beside and linked into place: the file is there whole or not at all, and two that start at once share one secret. */
async function keepSecret(file: string, secret: string, log: Logger): Promise<string> {
  const beside = `${file}.${process.pid}-${randomBytes(4).toString('hex')}.new`;
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  try {
    const handle = await open(beside, 'wx', 0o600);
    try {
      await handle.writeFile(`${secret}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await link(beside, file);
    return secret;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return (await readSecret(file, log)) ?? secret;
  } finally {
    await rm(beside, { force: true });
  }
}
