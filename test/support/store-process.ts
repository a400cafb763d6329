import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { PROJECT_ROOT } from '../../bot/config';

const MODULE = path.join(PROJECT_ROOT, 'dist/bot/channel/storage/embedded-storage.js');
const START = `
const { openEmbeddedStorage } = require(${JSON.stringify(MODULE)});
const { writeSync } = require('node:fs');
const log = { error: (_fields, text) => writeSync(1, 'LOG ' + text + '\\n') };
const say = (line) => writeSync(1, line + '\\n');
const put = (key, json) => ({ kind: 'put', key, json, eTag: Math.random() + '', ttlMs: 3600000 });
const append = (log, text) => ({ kind: 'append', log, texts: [text], keep: 1000000, ttlMs: 3600000 });
process.on('unhandledRejection', (error) => { say('UNHANDLED ' + error); process.exit(3); });
`;

export interface StoreProcess {
  readonly process: ChildProcess;
  /** What it said, a line each. */
  readonly lines: readonly string[];
  tell(line: string): void;
  /** Resolves when it has ended. */
  readonly ended: Promise<number | null>;
}

/**
 * Runs the body of an async function in another process, with the embedded storage of the built code as `storage` and `say`, `put`
 * and `append` at hand. `limitKb` bounds the size of each file that it writes, as a full disk would.
 */
export function startStoreProcess(folder: string, body: string, { limitKb }: { limitKb?: number } = {}): StoreProcess {
  const script = `${START}(async () => {
    const storage = await openEmbeddedStorage({ folder: ${JSON.stringify(folder)}, maxItems: 1000000, log });
    ${body}
  })().catch((error) => { say('FAILED ' + error.message); process.exit(4); });`;
  const child =
    limitKb === undefined
      ? spawn(process.execPath, ['-e', script], { cwd: PROJECT_ROOT, stdio: ['pipe', 'pipe', 'ignore'] })
      : spawn('bash', ['-c', `ulimit -S -f ${limitKb} && exec "$0" -e "$1"`, process.execPath, script], {
          cwd: PROJECT_ROOT,
          stdio: ['pipe', 'pipe', 'ignore'],
        });
  const lines: string[] = [];
  createInterface({ input: child.stdout! }).on('line', (line) => lines.push(line));
  return {
    process: child,
    lines,
    tell: (line) => child.stdin!.write(`${line}\n`),
    ended: new Promise((resolve) => {
      child.on('close', (code) => resolve(code));
    }),
  };
}
