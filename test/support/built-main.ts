import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { PROJECT_ROOT } from '../../bot/config';

const MAIN = path.join(PROJECT_ROOT, 'dist/bot/main.js');
/** Written by every build that had something to do, which the output files are not. */
const BUILT_AT = path.join(PROJECT_ROOT, 'dist/.tsbuildinfo');

/** Compiles the code unless `dist` is newer than every source file. Takes some seconds; call it in a `beforeAll` with time. */
export function buildMain(): void {
  const sources = ['bot', 'knowledge', 'dialogs'].flatMap((folder) =>
    readdirSync(path.join(PROJECT_ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => statSync(path.join(PROJECT_ROOT, folder, name)).mtimeMs),
  );
  if (existsSync(MAIN) && existsSync(BUILT_AT) && statSync(BUILT_AT).mtimeMs > Math.max(...sources)) return;
  const tsc = path.join(PROJECT_ROOT, 'node_modules/typescript/bin/tsc');
  execFileSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { cwd: PROJECT_ROOT });
}

export interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/**
 * Runs a command of the built bot to its end, with `input` on its standard input and none of this machine's settings; without the
 * sentence encoder and files of conversations and feedback unless `env` says otherwise. With `stopAt` it is told to stop (SIGTERM) once it has printed that.
 */
export function runMain(
  args: readonly string[],
  input = '',
  env: Readonly<Record<string, string>> = {},
  stopAt?: RegExp,
): Promise<Run> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [MAIN, ...args], {
      cwd: PROJECT_ROOT,
      env: {
        PATH: process.env.PATH ?? '',
        SEMANTIC: 'off',
        STORAGE: 'memory:',
        MESSAGES_PER_MINUTE: '1000000',
        FEEDBACK_FILE: '',
        ...env,
      },
    });
    let out = '';
    let err = '';
    let told = false;
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
      if (!told && stopAt?.test(out)) told = child.kill('SIGTERM');
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err += text;
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out, err }));
    child.stdin.on('error', () => undefined); // it may end without reading
    child.stdin.end(input);
  });
}
