import { readFileSync } from 'node:fs';
import path from 'node:path';
import { SETTINGS } from './settings';

type Environment = Readonly<Record<string, string | undefined>>;

/** What names the file of a secret setting, after the setting's own name. */
const FILE_SUFFIX = '_FILE';

/**
 * The environment with each secret that `NAME_FILE` points to under its own `NAME`, without the line break at the end of the
 * file; relative paths start at `root`. A secret that is given twice, and a file that cannot be read or is empty, is added to
 * `faults`, which name the file and never what is in it.
 */
export function readSecretFiles(env: Environment, root: string, faults: string[]): Environment {
  const read: Record<string, string> = {};
  for (const { name, secret } of SETTINGS) {
    const file = env[`${name}${FILE_SUFFIX}`]?.trim();
    if (!secret || !file) continue;
    if (env[name]?.trim()) {
      faults.push(`${name} and ${name}${FILE_SUFFIX} are both set. Clear one of them.`);
      continue;
    }
    const text = readText(path.resolve(root, file));
    if (text === undefined) faults.push(`${name}${FILE_SUFFIX} is "${file}", which cannot be read as a file.`);
    else if (text === '') faults.push(`${name}${FILE_SUFFIX} is "${file}", which is empty.`);
    else read[name] = text;
  }
  return { ...env, ...read };
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').replace(/\r?\n$/, '');
  } catch {
    return undefined;
  }
}
