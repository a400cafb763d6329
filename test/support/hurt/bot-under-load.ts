import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { PROJECT_ROOT } from '../../../bot/config';
import { freePort } from '../free-port';
import { requestJson } from './http-json';

/** One line of the log. */
export type LogLine = Readonly<Record<string, unknown>> & { readonly level: string; readonly msg: string };

const MAX_LOG_LINES = 20_000;
const START_LIMIT_MS = 60_000;
const POLL_EVERY_MS = 10;

/**
 * The built bot in a process of its own that is killed and comes back on the same port, with what it has kept. Build it first
 * (`buildMain`). Without the sentence encoder, without limits on how much is asked, and with none of this machine's settings.
 */
export class BotUnderLoad {
  /** The last 20,000 lines that all its processes have logged. */
  readonly log: LogLine[] = [];
  /** When a process was killed (`performance.now()`). */
  readonly kills: number[] = [];
  #child: ChildProcess | undefined;
  #closed: Promise<unknown> = Promise.resolve();
  #watchers: (() => void)[] = [];

  private constructor(
    readonly port: number,
    private readonly env: Readonly<Record<string, string>>,
    private readonly args: readonly string[],
  ) {}

  /** Resolves when it is ready. `args` come after `serve`. */
  static async start(
    env: Readonly<Record<string, string>>,
    args: readonly string[] = [],
    port?: number,
  ): Promise<BotUnderLoad> {
    const bot = new BotUnderLoad(port ?? (await freePort()), env, args);
    await bot.restart();
    return bot;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get pid(): number {
    return this.#child!.pid!;
  }

  /** Whether its process has not ended. */
  get isAlive(): boolean {
    return this.#child !== undefined && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Starts the process again; rejects where it ends before it is ready, or takes a minute. */
  async restart(): Promise<void> {
    const child = spawn(
      process.execPath,
      ['--max-old-space-size=512', path.join(PROJECT_ROOT, 'dist/bot/main.js'), 'serve', ...this.args],
      {
        cwd: PROJECT_ROOT,
        env: {
          PATH: process.env.PATH ?? '',
          PORT: String(this.port),
          SEMANTIC: 'off',
          STORAGE: 'memory:',
          MESSAGES_PER_MINUTE: '1000000',
          FEEDBACK_FILE: '',
          WEB_CHAT_SECRET: 'the same secret for every process of the test',
          WEB_CHAT_SESSIONS_PER_MINUTE: '1000000',
          WEB_CHAT_MESSAGES_PER_MINUTE: '1000000',
          ...this.env,
        },
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    this.#child = child;
    this.#closed = once(child, 'close').then(() => this.#wake());
    const from = this.log.length;
    let rest = '';
    child.stdout!.setEncoding('utf8').on('data', (text: string) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop()!;
      for (const line of lines) {
        this.log.push(readLine(line));
      }
      if (this.log.length > MAX_LOG_LINES) this.log.splice(0, this.log.length - MAX_LOG_LINES);
      this.#wake();
    });
    const startedAt = performance.now();
    while (!(await this.#isReady())) {
      const isLate = performance.now() - startedAt > START_LIMIT_MS;
      if (this.isAlive && !isLate) await delay(POLL_EVERY_MS);
      else {
        const words = this.log.slice(from).map(({ msg }) => msg);
        throw new Error(`The bot ${isLate ? 'is not ready' : 'ended at its start'}:\n${words.join('\n')}`);
      }
    }
  }

  async #isReady(): Promise<boolean> {
    try {
      return (await requestJson({ method: 'GET', url: `${this.url}/ready`, timeoutMs: 2_000 })).status === 200;
    } catch {
      return false;
    }
  }

  /** Ends the process as a power cut does, in the middle of whatever it does. */
  async kill(): Promise<void> {
    this.kills.push(performance.now());
    this.#child!.kill('SIGKILL');
    await this.#closed;
  }

  /** Stops it as an operator does. */
  async stop(): Promise<void> {
    if (this.isAlive) this.#child!.kill('SIGTERM');
    await this.#closed;
  }

  /** Resolves with a line of the log, from now on or from line `from` on, whose message matches. */
  async logged(message: RegExp, from = this.log.length): Promise<LogLine> {
    const find = (): LogLine | undefined => this.log.slice(from).find(({ msg }) => message.test(msg));
    await this.#until(() => find() !== undefined);
    return find()!;
  }

  async #until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise<void>((resolve) => this.#watchers.push(resolve));
  }

  #wake(): void {
    for (const wake of this.#watchers.splice(0)) wake();
  }
}

function readLine(line: string): LogLine {
  try {
    return { msg: '', ...(JSON.parse(line) as object) } as LogLine;
  } catch {
    return { level: 'none', msg: line };
  }
}
