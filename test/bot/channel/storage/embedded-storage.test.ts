import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type EmbeddedStorage, openEmbeddedStorage } from '../../../../bot/channel/storage/embedded-storage';
import { FolderInUseError } from '../../../../bot/channel/storage/folder-claim';
import { buildLogger } from '../../../../bot/log';
import { buildMain } from '../../../support/built-main';
import { append, mark, put, testStorageContract } from '../../../support/storage-contract';
import { startStoreProcess } from '../../../support/store-process';
import { until } from '../../../support/until';

const HOUR_MS = 3_600_000;
const folder = mkdtempSync(path.join(os.tmpdir(), 'store-'));
const lines: string[] = [];
const log = buildLogger({ logLevel: 'info', logMessages: false }, { write: (line) => void lines.push(line) });
let count = 0;
const freshFolder = (): string => {
  count += 1;
  return path.join(folder, `${count}`);
};
const open = (
  where: string,
  more: { readonly now?: () => number; readonly maxItems?: number } = {},
): Promise<EmbeddedStorage> => openEmbeddedStorage({ folder: where, maxItems: 100_000, log, ...more });

beforeAll(buildMain, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

testStorageContract({ open: () => open(path.join(folder, 'contract')), outlives: true, runs: 50 });

describe('its folder', () => {
  test('is for this user only, also when it was there before', async () => {
    const where = freshFolder();
    mkdirSync(where);
    chmodSync(where, 0o755);
    const storage = await open(where);
    expect(statSync(where).mode & 0o777).toBe(0o700);
    for (const name of readdirSync(where).filter((file) => file.startsWith('store.mdb'))) {
      expect([name, statSync(path.join(where, name)).mode & 0o777]).toEqual([name, 0o600]);
    }
    await storage.close();
  });

  test('serves one process, until that is gone, however it went', async () => {
    const where = freshFolder();
    const other = startStoreProcess(where, "say('open'); setInterval(() => undefined, 1000);");
    await until(() => other.lines.includes('open'));
    await expect(open(where)).rejects.toThrow(FolderInUseError);
    await expect(open(where)).rejects.toThrow(/in use by another process/);
    // A process that is stopped holds it still.
    other.process.kill('SIGSTOP');
    await expect(open(where)).rejects.toThrow(FolderInUseError);
    other.process.kill('SIGKILL');
    await other.ended;
    const storage = await open(where);
    await expect(open(where)).rejects.toThrow(FolderInUseError);
    await storage.close();
    await (await open(where)).close();
  });

  test('goes to one of several that start at once after one that died, again and again', async () => {
    const where = freshFolder();
    for (let round = 0; round < 3; round += 1) {
      const children = Array.from({ length: 3 }, () =>
        startStoreProcess(where, "say('open'); setInterval(() => undefined, 1000);"),
      );
      const here = await Promise.allSettled(Array.from({ length: 5 }, () => open(where)));
      await until(() => children.every(({ lines: said }) => said.length > 0));
      const opened = here.filter((one) => one.status === 'fulfilled');
      expect(opened.length + children.filter(({ lines: said }) => said.includes('open')).length).toBe(1);
      for (const { process: child } of children) child.kill('SIGKILL');
      await Promise.all(children.map(({ ended }) => ended));
      for (const one of opened) await one.value.close();
    }
    const last = await open(where);
    expect(readdirSync(where).filter((name) => name.startsWith('in-use'))).toHaveLength(2);
    await last.close();
    expect(readdirSync(where).sort()).toEqual(['store.mdb', 'store.mdb-lock']);
  }, 30_000);

  test('may have a path that is too long for a socket', async () => {
    const where = path.join(freshFolder(), 'x'.repeat(120));
    const storage = await open(where);
    await expect(open(where)).rejects.toThrow(FolderInUseError);
    await storage.close();
  });
});

test('what it said is done outlives a kill at any moment, and nothing is done by half', async () => {
  const where = freshFolder();
  const writers = 8;
  const acknowledged = new Map<string, number>();
  for (let kill = 0; kill < 4; kill += 1) {
    const child = startStoreProcess(
      where,
      `await Promise.all(Array.from({ length: ${writers} }, async (_, writer) => {
        const found = (await storage.read(['d' + writer])).get('d' + writer);
        for (let n = JSON.parse(found?.json ?? '{"n":0}').n + 1; ; n += 1) {
          const text = JSON.stringify({ n, filler: 'x'.repeat(n % 7 * 1000) });
          await storage.commit([put('d' + writer, text), append('l' + writer, String(n)), append('inbox', writer + ' ' + n)]);
          say(writer + ' ' + n);
        }
      }));`,
    );
    const enough = 50 + Math.floor(Math.random() * 400);
    await until(() => child.lines.length > enough);
    child.process.kill('SIGKILL');
    await child.ended;
    for (const line of child.lines) {
      const [writer, n] = line.split(' ') as [string, string];
      acknowledged.set(writer, Number(n));
    }
    const storage = await open(where);
    const inbox = (await storage.readLog('inbox', 0)).map(({ text }) => text);
    let all = 0;
    for (let writer = 0; writer < writers; writer += 1) {
      const { json } = (await storage.read([`d${writer}`])).get(`d${writer}`)!;
      const { n } = JSON.parse(json) as { n: number };
      expect(n).toBeGreaterThanOrEqual(acknowledged.get(`${writer}`) ?? 0);
      const entries = await storage.readLog(`l${writer}`, 0);
      expect(entries.map(({ text }) => Number(text))).toEqual(Array.from({ length: n }, (_, index) => index + 1));
      all += n;
    }
    expect(inbox).toHaveLength(all);
    await storage.close();
  }
  expect(acknowledged.size).toBe(writers);
}, 60_000);

describe('the sweep', () => {
  test('removes what is over, and what hangs on it', async () => {
    const clock = { now: Date.now() };
    const storage = await open(freshFolder(), { now: () => clock.now });
    await storage.commit([put('short', '{}', { ttlMs: 1_000 }), put('long', '{}')]);
    await storage.commit([
      append(
        'short',
        Array.from({ length: 500 }, () => 'x'),
        { ttlMs: 1_000 },
      ),
      append('long', ['x']),
    ]);
    await storage.commit([mark('set', 'short', 1_000), mark('set', 'long')]);
    await storage.commit(Array.from({ length: 250 }, (_, index) => put(`d${index}`, '{}', { ttlMs: 1_000 })));
    expect(storage.size()).toBe(256);
    expect(await storage.sweep()).toBe(0);
    clock.now += 2 * 60_000;
    expect(await storage.readLog('short', 0)).toEqual([]);
    expect(await storage.sweep()).toBe(253);
    expect(storage.size()).toBe(3);
    expect((await storage.read(['long'])).size).toBe(1);
    expect(await storage.members('set')).toEqual(['long']);
    expect((await storage.readLog('long', 0)).map(({ text }) => text)).toEqual(['x']);
    await storage.commit([append('short', ['new'])]);
    expect((await storage.readLog('short', 0)).map(({ text }) => text)).toEqual(['new']);
    await storage.close();
  });

  test('lets what was written again or deleted be', async () => {
    const clock = { now: Date.now() };
    const storage = await open(freshFolder(), { now: () => clock.now });
    const all = (ttlMs: number) => [put('d', '{}', { ttlMs }), append('l', ['x'], { ttlMs }), mark('s', 'm', ttlMs)];
    await storage.commit(all(1_000));
    await storage.commit(all(10 * HOUR_MS));
    await storage.commit([put('gone', '{}'), append('gone', ['x']), mark('s', 'gone')]);
    await storage.commit([
      { kind: 'delete', key: 'gone' },
      { kind: 'drop', log: 'gone' },
      { kind: 'unmark', set: 's', member: 'gone' },
    ]);
    clock.now += HOUR_MS;
    expect(await storage.sweep()).toBe(0);
    expect(storage.size()).toBe(3);
    expect((await storage.read(['d'])).size).toBe(1);
    expect(await storage.readLog('l', 0)).toHaveLength(2);
    expect(await storage.members('s')).toEqual(['m']);
    await storage.close();
  });

  test('keeps to the bound: what would be forgotten soonest goes first', async () => {
    const clock = { now: Date.now() };
    const storage = await open(freshFolder(), { now: () => clock.now, maxItems: 300 });
    for (let index = 0; index < 1_000; index += 10) {
      // Together: each commit waits for the disk.
      const ten = Array.from({ length: 10 }, (_, more) => put(`d${index + more}`, '{}', { ttlMs: HOUR_MS }));
      await storage.commit(ten);
      clock.now += 10_000;
    }
    expect(await storage.sweep()).toBe(700);
    const kept = await storage.read(Array.from({ length: 1_000 }, (_, index) => `d${index}`));
    expect(kept.size).toBe(300);
    // By the minute, therefore not to the second.
    expect([...kept.keys()].every((key) => Number(key.slice(1)) >= 700 - 60)).toBe(true);
    await storage.close();
  });
});

describe('a damaged file', () => {
  const damages: readonly [string, (file: string) => void][] = [
    ['that is something else', (file) => writeFileSync(file, 'something else\n'.repeat(10_000))],
    ['that is a few bytes', (file) => writeFileSync(file, 'x')],
    ['of zeros', (file) => writeFileSync(file, Buffer.alloc(100_000))],
    ['of which the end is missing', (file) => truncateSync(file, 24_576)],
    ['of which all but the beginning is missing', (file) => truncateSync(file, 5_000)],
  ];

  test.each(damages)('%s is set aside at the start, and the log says so', async (_name, damage) => {
    const where = freshFolder();
    const file = path.join(where, 'store.mdb');
    const before = await open(where);
    for (let index = 0; index < 50; index += 1) await before.commit([put(`d${index}`, `{"x":"${'x'.repeat(5_000)}"}`)]);
    await before.close();
    damage(file);
    lines.length = 0;
    const storage = await open(where);
    expect((await storage.read(['d1'])).size).toBe(0);
    expect(await storage.commit([put('d1', '{}')])).toMatchObject({ kind: 'committed' });
    expect(readdirSync(where).filter((name) => /^store\.mdb\.damaged-\d{4}-/.test(name))).toHaveLength(1);
    const [line] = lines.map((text) => JSON.parse(text) as { level: string; msg: string; aside: string });
    expect(line).toMatchObject({ level: 'error', msg: expect.stringContaining('set aside') });
    expect(existsSync(line!.aside)).toBe(true);
    await storage.close();
  });

  test('is set aside when that shows only later, and from then on all works', async () => {
    const where = freshFolder();
    const file = path.join(where, 'store.mdb');
    const before = await open(where);
    for (let index = 0; index < 200; index += 1)
      await before.commit([put(`d${index}`, `{"x":"${'x'.repeat(5_000)}"}`)]);
    await before.close();
    // All pages but the first ones name a page that does not exist.
    const { size } = statSync(file);
    const descriptor = openSync(file, 'r+');
    writeSync(descriptor, Buffer.alloc(size - 16_384, 0x41), 0, size - 16_384, 16_384);
    closeSync(descriptor);
    lines.length = 0;
    const storage = await open(where);
    const tries = await Promise.allSettled([storage.read(['d1']), storage.commit([put('d1', '{}')])]);
    expect(tries.length).toBe(2);
    await until(async () => {
      try {
        return (await storage.commit([put('d2', '{"new":1}')])).kind === 'committed';
      } catch {
        return false;
      }
    });
    expect((await storage.read(['d2'])).get('d2')?.json).toBe('{"new":1}');
    expect(lines.filter((line) => line.includes('set aside'))).toHaveLength(1);
    await storage.close();
  });

  test('of which a record is changed keeps all others', async () => {
    const where = freshFolder();
    const file = path.join(where, 'store.mdb');
    const before = await open(where);
    await before.commit([put('changed', '{"marker":"changed-document"}'), put('kept', '{"a":1}')]);
    await before.commit([append('log', ['x']), mark('set', 'changed-member'), mark('set', 'kept')]);
    await before.close();
    const bytes = readFileSync(file);
    for (const text of ['{"marker":"changed-document"}', '"changed-member"]']) {
      for (let at = bytes.indexOf(text); at >= 0; at = bytes.indexOf(text, at + 1)) bytes.fill(0x01, at - 20, at + 5);
    }
    writeFileSync(file, bytes);
    const storage = await open(where);
    expect([...(await storage.read(['changed', 'kept'])).keys()]).toEqual(['kept']);
    expect(await storage.members('set')).toEqual(['kept']);
    expect(await storage.commit([put('changed', '{"b":1}', { replaces: null }), append('log', ['y'])])).toMatchObject({
      kind: 'committed',
    });
    expect((await storage.read(['changed'])).get('changed')?.json).toBe('{"b":1}');
    await storage.close();
  });

  test('is no folder that this user may not use: that fails at the start', async () => {
    const where = freshFolder();
    writeFileSync(where, 'a file');
    await expect(open(where)).rejects.toThrow();
  });
});

test('when nothing more can be written commits fail, all is read as before, and they work again once there is room', async () => {
  const child = startStoreProcess(
    freshFolder(),
    `const filler = 'x'.repeat(20000);
    let written = 0;
    let failed = 0;
    for (let n = 0; failed < 20; n += 1) {
      await storage.commit([put('a' + n, JSON.stringify(filler)), put('b' + n, '{}'), append('log', String(n))]).then(
        () => { written = n; },
        () => { failed += 1; },
      );
    }
    await Promise.allSettled(Array.from({ length: 50 }, (_, n) => storage.commit([put('c' + n, JSON.stringify(filler))])));
    const whole = async () => {
      const found = await storage.read(Array.from({ length: written + 20 }, (_, n) => ['a' + n, 'b' + n]).flat());
      const entries = await storage.readLog('log', 0);
      return [written > 50, found.size === 2 * entries.length, entries.length > written].join(' ');
    };
    say('full ' + await whole());
    process.stdin.once('data', async () => {
      const { kind } = await storage.commit([put('later', '{}'), put('large', JSON.stringify(filler.repeat(50)))]);
      say('later ' + kind + ' ' + await whole() + ' ' + (await storage.read(['later', 'large'])).size);
      await storage.check();
      await storage.close();
      process.exit(0);
    });`,
    { limitKb: 4_000 },
  );
  await until(() => child.lines.some((line) => line.startsWith('full')), 20_000);
  expect(child.lines).toEqual(['full true true true']);
  execFileSync('prlimit', ['--pid', `${child.process.pid}`, '--fsize=unlimited:unlimited']);
  child.tell('go on');
  expect(await child.ended).toBe(0);
  expect(child.lines).toEqual(['full true true true', 'later committed true true true 2']);
}, 40_000);
