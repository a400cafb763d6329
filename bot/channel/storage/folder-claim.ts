import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
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

/** Who has claimed a folder: a process that listens on a socket of that name. The kernel ends the listening with the process. */
interface Owner {
  readonly token: string;
  /** Where the socket is: in the folder, so that containers that share it see it; elsewhere where the folder's path or file system does not allow it. */
  readonly place: 'folder' | 'temp' | 'pipe';
}

const CLAIM = 'in-use';
/** What the path of a socket may take, in bytes. */
const MAX_SOCKET_PATH = 100;
/** Of file systems that know no sockets. */
const NO_SOCKETS = ['EPERM', 'EACCES', 'ENOTSUP', 'EOPNOTSUPP', 'EINVAL', 'ENOSYS'];
/** So often others may come first. */
const ATTEMPTS = 20;

/**
 * Claims a folder that exists for this process until `release` is called or the process ends, however it does.
 * @throws {FolderInUseError} where another process, or this one, has it
 */
export async function claimFolder(folder: string): Promise<{ release(): Promise<void> }> {
  const { owner, server } = await listen(folder);
  const release = async (): Promise<void> => {
    if (lastOwner(folder).owner?.token === owner.token) rmSync(path.join(folder, CLAIM), { force: true });
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
    });
  };
  try {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const before = lastOwner(folder);
      if (before.owner !== undefined && (await answers(folder, before.owner))) throw new FolderInUseError(folder);
      if (succeed(folder, before.owner, owner)) return { release };
    }
    throw new FolderInUseError(folder);
  } catch (error) {
    server.close();
    throw error;
  }
}

/**
 * The owner as the files say: the claim names the first, and each dead one may have an heir. `passed` are those before the last.
 */
function lastOwner(folder: string): { readonly owner: Owner | undefined; readonly passed: readonly Owner[] } {
  const passed: Owner[] = [];
  let owner = readOwner(path.join(folder, CLAIM));
  for (;;) {
    const heir = owner && readOwner(heirFile(folder, owner));
    if (owner === undefined || heir === undefined) return { owner, passed };
    passed.push(owner);
    owner = heir;
  }
}

/**
 * Whether `next` is the owner now, after `dead`, or as the first. Each owner can have one heir only, since a file can be linked once, and
 * whoever inherits from one that is no longer in the chain finds that out by reading the chain again.
 */
function succeed(folder: string, dead: Owner | undefined, next: Owner): boolean {
  const claim = path.join(folder, CLAIM);
  const draft = path.join(folder, `${CLAIM}.${next.token}.new`);
  const link = dead === undefined ? claim : heirFile(folder, dead);
  writeFileSync(draft, `${next.token} ${next.place}`, { mode: 0o600 });
  try {
    linkSync(draft, link);
    const { owner, passed } = lastOwner(folder);
    if (owner?.token !== next.token) {
      rmSync(link, { force: true });
      return false;
    }
    if (passed.length > 0) renameSync(draft, claim);
    for (const one of passed) {
      rmSync(heirFile(folder, one), { force: true });
      if (one.place !== 'pipe') rmSync(socketOf(folder, one), { force: true });
    }
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

function heirFile(folder: string, owner: Owner): string {
  return path.join(folder, `${CLAIM}.${owner.token}.heir`);
}

/** `undefined` where there is none, or none that can be read. */
function readOwner(file: string): Owner | undefined {
  try {
    const [token = '', place = ''] = readFileSync(file, 'utf8').split(' ');
    // What is unreadable was not written by a process that lives: it counts as somebody who is dead.
    const known = /^[0-9a-f]{8}$/.test(token) && (place === 'folder' || place === 'temp' || place === 'pipe');
    return known ? { token, place } : { token: '00000000', place: 'folder' };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function socketOf(folder: string, { token, place }: Owner): string {
  if (place === 'pipe') return `\\\\.\\pipe\\store-in-use-${token}`;
  return place === 'folder' ? path.join(folder, `${CLAIM}.${token}`) : path.join(os.tmpdir(), `store-in-use.${token}`);
}

async function listen(folder: string): Promise<{ readonly owner: Owner; readonly server: Server }> {
  const token = randomBytes(4).toString('hex');
  if (process.platform === 'win32') {
    return { owner: { token, place: 'pipe' }, server: await listenOn(socketOf(folder, { token, place: 'pipe' })) };
  }
  const inside: Owner = { token, place: 'folder' };
  const outside: Owner = { token, place: 'temp' };
  if (Buffer.byteLength(socketOf(folder, inside)) <= MAX_SOCKET_PATH) {
    try {
      return { owner: inside, server: await listenOn(socketOf(folder, inside)) };
    } catch (error) {
      if (!NO_SOCKETS.includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    }
  }
  return { owner: outside, server: await listenOn(socketOf(folder, outside)) };
}

function listenOn(socket: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer((connection) => connection.destroy());
    server.on('error', reject);
    server.listen(socket, () => {
      server.unref();
      resolve(server);
    });
  });
}

/** Whether a process listens there. */
function answers(folder: string, owner: Owner): Promise<boolean> {
  return new Promise((resolve) => {
    const connection = connect(socketOf(folder, owner));
    const settle = (alive: boolean): void => {
      connection.destroy();
      resolve(alive);
    };
    connection.on('connect', () => settle(true));
    // A process whose queue is full is alive.
    connection.on('error', (error: NodeJS.ErrnoException) => settle(error.code === 'EAGAIN'));
  });
}
