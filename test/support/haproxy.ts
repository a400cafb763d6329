import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { PROJECT_ROOT } from '../../bot/config';
import { freePort } from './free-port';

const CONFIG_FILE = path.join(PROJECT_ROOT, 'bot/deploy/haproxy.cfg');
const PROGRAM = ['/usr/sbin/haproxy', '/usr/local/sbin/haproxy'].find((file) => spawnSync(file, ['-v']).status === 0);

/** Whether HAProxy is on this machine. */
export const hasHaproxy = PROGRAM !== undefined;

/** The load balancer of bot/deploy on this machine's loopback. */
export interface Balancer {
  /** Without a slash at the end. */
  readonly url: string;
  readonly port: number;
  /** Its log and its warnings so far, one a line. */
  lines(): readonly string[];
  /** Resolves as soon as a line of the log matches, also one from before. */
  logged(line: RegExp): Promise<void>;
  stop(): Promise<void>;
}

/**
 * The balancer's configuration with the bots at `botPorts` of this machine, plain HTTP, and checks 20 times as quick; nothing else is changed.
 * @throws where the file no longer has what is put in its place
 */
function configOnLoopback(port: number, redirectPort: number, botPorts: readonly number[]): string {
  let text = readFileSync(CONFIG_FILE, 'utf8');
  const put = (old: string | RegExp, by: string): void => {
    const next = text.replaceAll(old, by);
    if (next === text) throw new Error(`haproxy.cfg has no ${old}`);
    text = next;
  };
  put(/bind :8443 ssl .*/g, `bind 127.0.0.1:${port}`);
  put('bind :8080', `bind 127.0.0.1:${redirectPort}`);
  put('inter 2s fastinter 500ms downinter 2s', 'inter 100ms fastinter 50ms downinter 100ms');
  for (const [index, botPort] of botPorts.entries()) put(`bot-${index + 1}:3978`, `127.0.0.1:${botPort}`);
  return text;
}

/** Starts HAProxy before the bots at `botPorts`, in the order of their names. Resolves when it listens. */
export async function startBalancer(botPorts: readonly number[]): Promise<Balancer> {
  const dir = mkdtempSync(path.join(tmpdir(), 'balancer-'));
  const file = path.join(dir, 'haproxy.cfg');
  const [port, redirectPort] = await Promise.all([freePort(), freePort()]);
  writeFileSync(file, configOnLoopback(port, redirectPort, botPorts));
  const child = spawn(PROGRAM!, ['-db', '-f', file], { stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  const watchers = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (more: string) => {
      text += more;
      for (const watcher of watchers) watcher();
    });
  }
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()));
  while (!(await listens(port))) {
    if (child.exitCode !== null) throw new Error(text);
    await delay(20);
  }
  const lines = (): string[] => text.split('\n');
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    lines,
    logged: (line) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (!lines().some((one) => line.test(one))) return;
          watchers.delete(look);
          resolve();
        };
        watchers.add(look);
        look();
      }),
    async stop() {
      child.kill('SIGTERM');
      await ended;
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** What HAProxy says of a configuration file, and whether it could start with it. */
export function checkHaproxyConfig(text: string): { readonly ok: boolean; readonly said: string } {
  const dir = mkdtempSync(path.join(tmpdir(), 'balancer-'));
  try {
    const file = path.join(dir, 'haproxy.cfg');
    writeFileSync(file, text);
    const { status, stdout, stderr } = spawnSync(PROGRAM!, ['-c', '-f', file], { encoding: 'utf8' });
    return { ok: status === 0, said: `${stdout}${stderr}` };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('connect', () => resolve(true)).on('error', () => resolve(false));
    socket.on('connect', () => socket.destroy());
  });
}
