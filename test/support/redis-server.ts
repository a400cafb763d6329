import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { freePort } from './free-port';
import { until } from './until';

/** A real Redis server of a test. */
export interface RedisServer {
  readonly url: string;
  readonly port: number;
  /** Ends it as an operator does. What is not written to disk is gone. */
  stop(): Promise<void>;
  /** Ends it as a power loss does. */
  kill(): Promise<void>;
  /** Lets it hang: connections stay open, and nothing is answered. */
  pause(): void;
  resume(): void;
  /** Starts it again on the same port, after `stop` or `kill`. */
  restart(): Promise<void>;
  /** Ends it, and removes what it wrote. */
  close(): Promise<void>;
}

/**
 * Whether `redis-server` is installed. In CI it has to be; elsewhere the tests that need it are skipped, and a line says so.
 * @throws in CI where it is missing
 */
export function hasRedisServer(): boolean {
  try {
    execFileSync('redis-server', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    if (process.env.CI) throw new Error('redis-server is not installed: the tests of Redis need it.');
    process.stderr.write('redis-server is not installed: the tests of Redis are skipped.\n');
    return false;
  }
}

/**
 * Starts a Redis server on a free port of this machine and resolves when it answers. With `keepsData` it writes every command to disk,
 * so that a restart finds what was there.
 */
export async function startRedisServer({
  keepsData = false,
  args = [],
}: {
  readonly keepsData?: boolean;
  readonly args?: readonly string[];
} = {}): Promise<RedisServer> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'redis-'));
  const port = await freePort();
  let child: ChildProcess;
  let ended: Promise<void> = Promise.resolve();

  async function start(): Promise<void> {
    const own = ['--port', `${port}`, '--bind', '127.0.0.1', '--dir', folder, '--save', '', '--daemonize', 'no'];
    const keep = keepsData ? ['--appendonly', 'yes', '--appendfsync', 'always'] : ['--appendonly', 'no'];
    child = spawn('redis-server', [...own, ...keep, ...args], { stdio: 'ignore' });
    // A test that fails must not leave it behind, nor wait for it.
    child.unref();
    process.once('exit', () => child.kill('SIGKILL'));
    let gone = false;
    ended = new Promise((resolve) => {
      child.on('exit', () => {
        gone = true;
        resolve();
      });
    });
    await until(() => {
      if (gone) throw new Error('redis-server ended at its start.');
      return answers(port);
    });
  }
  async function end(signal: NodeJS.Signals): Promise<void> {
    child.kill('SIGCONT');
    child.kill(signal);
    await ended;
  }

  await start();
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
    pause: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
    restart: start,
    async close() {
      await end('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Whether a PING is answered, if only with a question for the password: while it loads its data, Redis answers something else. */
function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
    socket.on('data', (data) => {
      socket.destroy();
      resolve(/^(\+PONG|-NOAUTH)/.test(data.toString()));
    });
    socket.on('error', () => resolve(false));
  });
}
