import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { PROJECT_ROOT } from '../../bot/config';
import { freePort } from '../support/free-port';
import { cpuMs, residentMb } from './process-figures';

/** The two bots that are compared. */
export type BotName = 'echo' | 'ours';

/** A bot that runs in a process of its own. */
export interface BotProcess {
  readonly name: BotName;
  readonly port: number;
  /** From the start of the process to its first answer to a request, in milliseconds. */
  readonly startMs: number;
  /** Resident memory now, in MB (1 MB = 1,048,576 bytes). Linux only. */
  residentMb(): number;
  /** Processor time spent so far, in milliseconds, in steps of 10. Linux only. */
  cpuMs(): number;
  stop(): Promise<void>;
}

const START_LIMIT_MS = 60_000;
const POLL_EVERY_MS = 2;

/** What `npm start` runs, flags and all. */
function startScript(): readonly string[] {
  const { scripts } = JSON.parse(readFileSync(path.join(PROJECT_ROOT, 'package.json'), 'utf8')) as {
    readonly scripts: Readonly<Record<string, string>>;
  };
  const [node, ...words] = scripts.start!.split(' ');
  if (node !== 'node') throw new Error(`The start script begins with ${node}, not with node.`);
  return words.map((word) => (word.endsWith('.js') ? path.join(PROJECT_ROOT, word) : word));
}

/**
 * Starts a bot on a free port of 127.0.0.1, its log going to /dev/null; the echo bot is a script of this folder. Nothing is
 * limited unless `settings` say so, and this bot goes by words alone: the sentence encoder would measure its model, not the server.
 * Resolves when it answers a request.
 */
export async function startBot(
  name: BotName,
  echoScript = 'echo-bot.js',
  settings: Readonly<Record<string, string>> = {},
): Promise<BotProcess> {
  const port = await freePort();
  // Saving conversations is part of what is measured.
  const data = mkdtempSync(path.join(os.tmpdir(), 'bench-'));
  const startedAt = performance.now();
  const child = spawn(process.execPath, name === 'ours' ? startScript() : [path.join(__dirname, echoScript)], {
    // Only what is given here counts: no settings of this shell, and no `.env` of the project.
    // By words alone: the sentence encoder would measure its model, not the server.
    env: {
      PATH: process.env.PATH,
      PORT: String(port),
      SEMANTIC: 'off',
      STORAGE: `lmdb:${data}`,
      MESSAGES_PER_MINUTE: '1000000',
      WEB_CHAT_SESSIONS_PER_MINUTE: '1000000',
      WEB_CHAT_MESSAGES_PER_MINUTE: '1000000',
      ...settings,
    },
    cwd: __dirname,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  // The echo bot knows no such address: a 404 is an answer as well.
  const accepted = name === 'echo' ? 404 : 200;
  while ((await statusOf(port)) !== accepted) {
    if (child.exitCode !== null) throw new Error(`The ${name} bot ended at its start, exit code ${child.exitCode}.`);
    if (performance.now() - startedAt > START_LIMIT_MS) {
      child.kill('SIGKILL');
      throw new Error(`The ${name} bot gave no answer within ${START_LIMIT_MS} ms.`);
    }
    await delay(POLL_EVERY_MS);
  }
  return {
    name,
    port,
    startMs: performance.now() - startedAt,
    residentMb: () => residentMb(child.pid!),
    cpuMs: () => cpuMs(child.pid!),
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
      rmSync(data, { recursive: true, force: true });
    },
  };
}

/** The status of `GET /ready`; `undefined` while nobody listens. */
function statusOf(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const request = http.get({ host: '127.0.0.1', port, path: '/ready', agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    request.on('error', () => resolve(undefined));
  });
}
