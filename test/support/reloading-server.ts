import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { PROJECT_ROOT } from '../../bot/config';

/** One line of the log. */
export type LogLine = Readonly<Record<string, unknown>> & { readonly level: string; readonly msg: string };

/** The built bot as `npm run dev` starts it, on a free port, without the sentence encoder and a file of conversations. Build it first (`buildMain`). */
export class ReloadingServer {
  readonly log: LogLine[] = [];
  url = '';
  #rest = '';
  #read = 0;
  #wake: () => void = () => undefined;
  readonly #ended: Promise<number | null>;

  private constructor(private readonly child: ChildProcess) {
    this.#ended = new Promise((resolve) => child.on('close', resolve));
    child.stdout!.setEncoding('utf8').on('data', (text: string) => {
      const lines = (this.#rest + text).split('\n');
      this.#rest = lines.pop()!;
      this.log.push(...lines.map((line) => JSON.parse(line) as LogLine));
      this.#wake();
    });
  }

  static async start(env: Readonly<Record<string, string>>): Promise<ReloadingServer> {
    const main = path.join(PROJECT_ROOT, 'dist/bot/main.js');
    const child = spawn(process.execPath, [main, 'serve', '--reload'], {
      cwd: PROJECT_ROOT,
      env: {
        PATH: process.env.PATH ?? '',
        PORT: '0',
        SEMANTIC: 'off',
        STORAGE: 'memory:',
        MESSAGES_PER_MINUTE: '1000000',
        ...env,
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const server = new ReloadingServer(child);
    server.url = String((await server.logged(/^ready: /)).url);
    await server.logged(/^content is reloaded/);
    return server;
  }

  /** The next line of the log, after the one that was waited for last, whose message matches. */
  async logged(message: RegExp): Promise<LogLine> {
    for (;;) {
      const at = this.log.findIndex(({ msg }, index) => index >= this.#read && message.test(msg));
      if (at >= 0) {
        this.#read = at + 1;
        return this.log[at]!;
      }
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  /** Stops it, as a terminal does by default, and says how it ended. */
  stop(signal: NodeJS.Signals = 'SIGINT'): Promise<number | null> {
    this.child.kill(signal);
    return this.#ended;
  }
}
