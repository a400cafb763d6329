import { createHash, randomUUID } from 'node:crypto';
import { linkSync, renameSync, rmSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import os from 'node:os';
import path from 'node:path';

/** A folder that another process uses. */
export class FolderInUseError extends Error {
  override readonly name = 'FolderInUseError';

  constructor(folder: string) {
    super(
      `${folder} is in use by another process. A folder serves one process; several need STORAGE=redis://HOST:6379.`,
    );
  }
}

/** What the name of a socket may take, in bytes. */
const MAX_SOCKET_PATH = 100;
/** Of file systems that know no sockets. */
const NO_SOCKETS = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'EINVAL', 'ENOSYS'];
const ATTEMPTS = 5;

/**
 * Claims a folder that exists for this process until `release` is called or the process ends, however it does: the claim is a socket on
 * which this process listens, so that containers that share the folder see it, too.
 * @throws {FolderInUseError}
 */
export async function claimFolder(folder: string): Promise<{ release(): Promise<void> }> {
  const inside = path.join(folder, 'in-use');
  const hash = createHash('sha256').update(path.resolve(folder)).digest('hex').slice(0, 32);
  const outside = path.join(os.tmpdir(), `store-in-use-${hash}`);
  const server =
    process.platform === 'win32'
      ? await claim(`\\\\.\\pipe\\store-in-use-${hash}`, folder)
      : await claimOneOf(inside, outside, folder);
  return {
    release: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
      }),
  };
}

async function claimOneOf(inside: string, outside: string, folder: string): Promise<Server> {
  if (Buffer.byteLength(inside) > MAX_SOCKET_PATH) return claim(outside, folder);
  try {
    return await claim(inside, folder);
  } catch (error) {
    if (!NO_SOCKETS.includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    return claim(outside, folder);
  }
}

async function claim(socket: string, folder: string): Promise<Server> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const server = await listen(socket);
    if (server !== undefined) return server;
    if (await answers(socket)) throw new FolderInUseError(folder);
    // Between the question and the move another process may have claimed it.
    const moved = `${socket}-${randomUUID().slice(0, 4)}`;
    try {
      renameSync(socket, moved);
    } catch {
      continue;
    }
    const alive = await answers(moved);
    if (alive) linkSync(moved, socket);
    rmSync(moved, { force: true });
    if (alive) throw new FolderInUseError(folder);
  }
  throw new FolderInUseError(folder);
}

/** `undefined` where something of that name is there, dead or alive. */
function listen(socket: string): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer((connection) => connection.destroy());
    server.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(undefined);
      else reject(error);
    });
    server.listen(socket, () => {
      server.unref();
      resolve(server);
    });
  });
}

/** Whether a process listens there. */
function answers(socket: string): Promise<boolean> {
  return new Promise((resolve) => {
    const connection = connect(socket);
    const settle = (alive: boolean): void => {
      connection.destroy();
      resolve(alive);
    };
    connection.on('connect', () => settle(true));
    // A process whose queue is full is alive.
    connection.on('error', (error: NodeJS.ErrnoException) => settle(error.code === 'EAGAIN'));
  });
}
