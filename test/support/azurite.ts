import { type ChildProcess, spawn } from 'node:child_process';
import { connect } from 'node:net';
import path from 'node:path';
import { PROJECT_ROOT } from '../../bot/config';
import { freePort } from './free-port';
import { until } from './until';

/** The emulator of Azure Blob Storage, which keeps all in memory. */
export interface Azurite {
  readonly connectionString: string;
  /** Ends it, with all that it kept. */
  kill(): Promise<void>;
  restart(): Promise<void>;
}

const MAIN = path.join(PROJECT_ROOT, 'node_modules/azurite/dist/src/blob/main.js');
const ACCOUNT = 'account1';
const KEY = Buffer.from('a key of the tests').toString('base64');

/** Starts Azurite on a free port and resolves when it listens. */
export async function startAzurite(): Promise<Azurite> {
  const port = await freePort();
  let child: ChildProcess;
  let ended: Promise<void> = Promise.resolve();
  async function start(): Promise<void> {
    const args = ['--blobHost', '127.0.0.1', '--blobPort', `${port}`, '--inMemoryPersistence', '--skipApiVersionCheck'];
    child = spawn(process.execPath, [MAIN, ...args, '--silent', '--disableTelemetry'], {
      stdio: 'ignore',
      env: { PATH: process.env.PATH ?? '', AZURITE_ACCOUNTS: `${ACCOUNT}:${KEY}` },
    });
    child.unref();
    process.once('exit', () => child.kill('SIGKILL'));
    ended = new Promise((resolve) => {
      child.on('exit', () => resolve());
    });
    await until(() => listens(port), 60_000);
  }
  await start();
  return {
    connectionString: `DefaultEndpointsProtocol=http;AccountName=${ACCOUNT};AccountKey=${KEY};BlobEndpoint=http://127.0.0.1:${port}/${ACCOUNT};`,
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
    restart: start,
  };
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}
