import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '../free-port';

/** Whether this machine has a Redis server. */
export function hasRedis(): boolean {
  try {
    execFileSync('redis-server', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/**
 * When Redis sees to it that a change is on the disk. What it has handed to the system outlives a kill; with `everysec` it answers before
 * that, as long as an earlier sync is under way on a slow disk.
 */
export type RedisSync = 'no' | 'everysec';

/** A real Redis on a free port of 127.0.0.1, on a folder of its own, that by default writes down every change before it answers. */
export class RedisProcess {
  #child: ChildProcess | undefined;
  readonly #folder = mkdtempSync(path.join(os.tmpdir(), 'redis-'));

  private constructor(
    readonly port: number,
    private readonly sync: RedisSync,
  ) {}

  static async start(sync: RedisSync = 'no'): Promise<RedisProcess> {
    const redis = new RedisProcess(await freePort(), sync);
    await redis.restart();
    return redis;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  get pid(): number {
    return this.#child!.pid!;
  }

  /** Starts it on what it wrote down; resolves when it answers. */
  async restart(): Promise<void> {
    const options = {
      port: this.port,
      bind: '127.0.0.1',
      dir: this.#folder,
      save: '',
      appendonly: 'yes',
      appendfsync: this.sync,
      loglevel: 'warning',
    };
    const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
    const child = spawn('redis-server', args, { stdio: ['ignore', 'ignore', 'inherit'] });
    this.#child = child;
    while (!(await this.#answers())) {
      if (child.exitCode !== null) throw new Error(`redis-server ended with ${child.exitCode}`);
      await delay(10);
    }
  }

  /** It keeps its connections and answers nobody. */
  pause(): void {
    this.#child!.kill('SIGSTOP');
  }

  resume(): void {
    this.#child!.kill('SIGCONT');
  }

  async kill(): Promise<void> {
    const child = this.#child!;
    const closed = once(child, 'close');
    child.kill('SIGKILL');
    await closed;
  }

  /** Ends it and removes what it wrote down. */
  async stop(): Promise<void> {
    if (this.#child?.exitCode === null && this.#child.signalCode === null) await this.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** What it says to one command, as it stands on the wire. */
  ask(command: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const socket = net.connect(this.port, '127.0.0.1', () => socket.write(`${command}\r\nQUIT\r\n`));
      let text = '';
      socket.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      socket.on('error', reject);
      socket.on('end', () => resolve(text));
    });
  }

  async #answers(): Promise<boolean> {
    try {
      return (await this.ask('PING')).startsWith('+PONG');
    } catch {
      return false;
    }
  }
}
