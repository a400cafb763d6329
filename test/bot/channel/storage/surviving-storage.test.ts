import { Writable } from 'node:stream';
import { buildMemoryStorage } from '../../../../bot/channel/storage/memory-storage';
import type { Change, Storage } from '../../../../bot/channel/storage/storage';
import { buildSurvivingStorage } from '../../../../bot/channel/storage/surviving-storage';
import { buildLogger } from '../../../../bot/log';
import { buildFailingStorage } from '../../../support/failing-storage';
import { buildManualClock, untilQuiet } from '../../../support/manual-clock';

const DAY = 86_400_000;

function put(key: string, eTag: string, replaces: string | null, json = '{}'): Change {
  return { kind: 'put', key, json, eTag, replaces, ttlMs: DAY };
}
function append(log: string, ...texts: string[]): Change {
  return { kind: 'append', log, texts, keep: 100, ttlMs: DAY };
}
async function textsOf(storage: Storage, log: string): Promise<string[]> {
  return (await storage.readLog(log, 0)).map(({ text }) => text);
}

function build({ maxSize, atomic }: { maxSize?: number; atomic?: boolean } = {}) {
  const clock = buildManualClock();
  const underneath = buildMemoryStorage({ maxItems: 1_000, now: clock.now });
  const failing = buildFailingStorage(underneath);
  const lines: { level: string; msg: string; [field: string]: unknown }[] = [];
  const log = buildLogger(
    { logLevel: 'info', logMessages: false },
    new Writable({
      write(chunk, _encoding, done) {
        lines.push(JSON.parse(String(chunk)));
        done();
      },
    }),
  );
  const seen: string[] = [];
  const storage = buildSurvivingStorage({
    storage: failing,
    timeoutMs: 1_000,
    log,
    clock,
    maxSize,
    atomic,
    watch: {
      storageCall: (operation, seconds, ok) => seen.push(`${operation} ${seconds} ${ok}`),
      storageUp: (up) => seen.push(up ? 'up' : 'down'),
    },
  });
  async function recover(): Promise<void> {
    failing.fail('none');
    failing.resume();
    for (let wait = 0; wait < 20 && !storage.isUp(); wait++) await clock.advance(3_000);
    expect(storage.isUp()).toBe(true);
  }
  return { clock, underneath, failing, storage, lines, seen, recover };
}

describe('the surviving storage', () => {
  test('waits for a slow storage once, and then for nobody', async () => {
    const { clock, failing, storage, underneath, recover } = build();
    await storage.commit([put('a', 'e1', null, '{"n":1}')]);
    failing.stop();
    const first = storage.read(['a']);
    const second = storage.commit([put('b', 'e1', null)]);
    await clock.advance(999);
    expect(storage.isUp()).toBe(true);
    await clock.advance(1);
    expect(await first).toEqual(new Map([['a', { json: '{"n":1}', eTag: 'e1' }]]));
    expect(await second).toEqual({ kind: 'committed', lastAt: new Map() });
    expect(storage.isUp()).toBe(false);
    const calls = failing.calls();
    expect((await storage.read(['b'])).get('b')?.eTag).toBe('e1');
    await storage.commit([put('a', 'e2', 'e1', '{"n":2}')]);
    expect(failing.calls()).toBe(calls);
    await recover();
    expect((await underneath.read(['a', 'b'])).get('a')).toEqual({ json: '{"n":2}', eTag: 'e2' });
  });

  test('knows an entry once that was read before the storage had said that it is kept', async () => {
    const memory = buildMemoryStorage({ maxItems: 10 });
    let answer = (): void => undefined;
    const answered = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const failing = buildFailingStorage({
      ...memory,
      async commit(changes) {
        const committed = await memory.commit(changes);
        await answered;
        return committed;
      },
    });
    const log = buildLogger({ logLevel: 'silent', logMessages: false });
    const storage = buildSurvivingStorage({ storage: failing, timeoutMs: 60_000, log });
    const commits = ['one', 'two'].map((text) => storage.commit([append('chat', text)]));
    await untilQuiet();
    expect(await textsOf(storage, 'chat')).toEqual(['one', 'two']);
    answer();
    await Promise.all(commits);
    failing.fail('lost');
    await storage.commit([append('chat', 'three')]);
    expect(await textsOf(storage, 'chat')).toEqual(['one', 'two', 'three']);
    await storage.close();
  });

  test('finds by itself that a storage that nobody uses has stopped working, and that it works again', async () => {
    const { clock, failing, storage, recover } = build();
    failing.fail('lost');
    await clock.advance(5_000);
    expect(storage.isUp()).toBe(false);
    await expect(storage.check()).rejects.toThrow('does not work');
    await recover();
    await storage.check();
  });

  test('says once when it goes and once when it comes, with how long and how much', async () => {
    const { clock, failing, storage, lines, seen, recover } = build();
    failing.fail('lost');
    for (let n = 0; n < 5; n++) await storage.commit([append('chat', `m${n}`)]);
    await clock.advance(20_000);
    expect(lines.map(({ msg }) => msg)).toEqual(['the storage does not work: going on from memory']);
    await recover();
    expect(lines.slice(1)).toEqual([
      expect.objectContaining({
        level: 'warn',
        msg: 'the storage works again',
        waited: 5,
        conflicts: 0,
        givenUp: 0,
      }),
    ]);
    expect(lines[1]!.seconds).toBeGreaterThanOrEqual(20);
    expect(seen.filter((one) => one === 'up' || one === 'down')).toEqual(['down', 'up']);
    expect(seen).toContain('commit 0 false');
  });

  test('asks less and less often, and not more often where the storage comes and goes', async () => {
    const { clock, failing, storage } = build();
    failing.fail('lost');
    await storage.read(['a']);
    const before = failing.calls();
    await clock.advance(60_000);
    const asked = failing.calls() - before;
    expect(asked).toBeGreaterThan(15);
    expect(asked).toBeLessThan(30);
    failing.fail('none');
    await clock.advance(3_000);
    expect(storage.isUp()).toBe(true);
    failing.fail('lost');
    await storage.read(['a']);
    await clock.advance(2_900);
    expect(failing.calls() - before - asked).toBeLessThanOrEqual(3);
  });

  test('does not make a commit again that went through without an answer, document or not', async () => {
    const { failing, storage, underneath, recover, clock } = build();
    await storage.commit([append('inbox', 'hello')]);
    failing.failNext('done-but-silent');
    const posted = storage.commit([append('chat', 'hello'), append('inbox', 'hello')]);
    await untilQuiet();
    const told = storage.commit([put('a', 'e1', null), append('chat', 'welcome')]);
    await clock.advance(1_000);
    await Promise.all([posted, told]);
    await recover();
    expect(await textsOf(underneath, 'inbox')).toEqual(['hello', 'hello']);
    expect((await textsOf(underneath, 'chat')).sort()).toEqual(['hello', 'welcome']);
  });

  test('drops from a log what was seen here, under whatever number the storage keeps it', async () => {
    const { clock, failing, storage, underneath, recover } = build();
    failing.stop();
    const posted = storage.commit([append('inbox', 'm1')]);
    await clock.advance(1_000);
    await posted;
    await clock.advance(5_000);
    failing.resume();
    await untilQuiet();
    const [m1] = await storage.readLog('inbox', 0);
    await storage.commit([{ kind: 'trim', log: 'inbox', through: m1!.at }]);
    // Another process has taken a message meanwhile that nobody here has seen.
    await underneath.commit([append('inbox', 'm2')]);
    await recover();
    expect(await textsOf(underneath, 'inbox')).toEqual(['m2']);
  });

  test('keeps the numbers of what was said meanwhile, and where it cannot, shows nothing twice', async () => {
    const { failing, storage, underneath, recover, clock } = build();
    failing.fail('lost');
    const said = await storage.commit([append('chat', 'ours')]);
    const at = said.kind === 'committed' ? said.lastAt.get('chat')! : 0;
    await storage.commit([append('own', 'ours')]);
    await clock.advance(50);
    await underneath.commit([append('chat', 'theirs')]);
    await recover();
    expect(await textsOf(underneath, 'chat')).toEqual(['theirs', 'ours']);
    expect((await storage.readLog('chat', at)).map(({ text }) => text)).toEqual(['theirs']);
    expect((await underneath.readLog('own', 0)).map((one) => one.at)).toEqual([at]);
  });

  test('lets the documents of a process that has moved on stand, and loses nothing that was said', async () => {
    const { failing, storage, underneath, lines, recover } = build();
    await storage.commit([put('a', 'e1', null)]);
    failing.fail('lost');
    await storage.commit([
      put('a', 'mine', 'e1'),
      append('chat', 'reply'),
      { kind: 'mark', set: 's', member: 'x', ttlMs: DAY },
    ]);
    await storage.commit([put('a', 'mine2', 'mine'), append('chat', 'reply 2')]);
    await underneath.commit([put('a', 'theirs', 'e1')]);
    await recover();
    expect((await underneath.read(['a'])).get('a')?.eTag).toBe('theirs');
    expect(await textsOf(underneath, 'chat')).toEqual(['reply', 'reply 2']);
    expect(await underneath.members('s')).toEqual(['x']);
    expect(lines.at(-1)).toMatchObject({ conflicts: 2, waited: 2 });
  });

  test('makes what is missing of a commit whose documents went first, where the storage makes them apart', async () => {
    const { failing, storage, underneath, recover } = build({ atomic: false });
    failing.fail('lost');
    await storage.commit([put('a', 'e1', null), append('chat', 'reply')]);
    await underneath.commit([put('a', 'e1', null)]);
    await recover();
    expect(await textsOf(underneath, 'chat')).toEqual(['reply']);
    expect((await underneath.read(['a'])).get('a')?.eTag).toBe('e1');
  });

  test('gives up the oldest conversations when memory is full, each as a whole', async () => {
    const { failing, storage, underneath, lines, recover } = build({ maxSize: 20_000 });
    failing.fail('lost');
    const json = JSON.stringify({ text: 'x'.repeat(3_000) });
    for (const key of ['a', 'b', 'c', 'd', 'e', 'f']) {
      await storage.commit([put(key, '1', null, json)]);
      await storage.commit([put(key, '2', '1', json)]);
    }
    expect(storage.waiting()).toBeLessThanOrEqual(6);
    expect(await storage.read(['a'])).toEqual(new Map());
    await recover();
    expect([...(await underneath.read(['a', 'b', 'c', 'd', 'e', 'f'])).keys()]).toEqual(['e', 'f']);
    expect(lines.filter(({ msg }) => msg.includes('memory is full'))).toHaveLength(1);
    expect(lines.at(-1)).toMatchObject({ waited: 12, givenUp: 8 });
  });

  test('stays in memory while a disk is full, and is not held up for ever by one commit that the storage never takes', async () => {
    const { clock, failing, storage, underneath, lines, recover } = build();
    failing.failCommitsOnly(true);
    failing.fail('lost');
    await storage.commit([append('chat', 'kept')]);
    await clock.advance(60_000);
    expect(storage.isUp()).toBe(false);
    await recover();
    expect(await textsOf(underneath, 'chat')).toEqual(['kept']);

    const poison = { ...failing, commit: (changes: readonly Change[]) => refusing(underneath, changes) };
    const other = buildSurvivingStorage({
      storage: poison,
      timeoutMs: 1_000,
      log: buildLogger({ logLevel: 'silent', logMessages: false }),
      clock,
    });
    await other.commit([append('chat', 'bad')]);
    await other.commit([append('chat', 'good')]);
    await clock.advance(60_000);
    expect(other.isUp()).toBe(true);
    expect(await textsOf(underneath, 'chat')).toEqual(['kept', 'good']);
    expect(lines.filter(({ level }) => level === 'error')).toHaveLength(1);
  });

  test('keeps a document whatever is in it', async () => {
    const { failing, storage, underneath, recover } = build();
    await underneath.commit([put('a', 'e1', null, '{"n":')]);
    expect((await storage.read(['a'])).get('a')?.json).toBe('{"n":');
    failing.fail('lost');
    expect((await storage.read(['a'])).get('a')?.json).toBe('{"n":');
    await recover();
    expect((await storage.read(['a'])).get('a')?.json).toBe('{"n":');
  });

  test('writes back what is left when it is closed, and says what is lost', async () => {
    const first = build();
    first.failing.fail('lost');
    await first.storage.commit([append('chat', 'm')]);
    first.failing.fail('none');
    await first.storage.close();
    expect(await textsOf(first.underneath, 'chat')).toEqual(['m']);

    const second = build();
    second.failing.fail('lost');
    await second.storage.commit([append('chat', 'm')]);
    await second.storage.commit([append('chat', 'n')]);
    second.failing.fail('silent');
    const closing = second.storage.close();
    await second.clock.advance(1_000);
    await closing;
    expect(second.lines.at(-1)).toMatchObject({ level: 'error', lost: 2 });
  });
});

async function refusing(storage: Storage, changes: readonly Change[]) {
  if (JSON.stringify(changes).includes('bad')) throw new Error('too large');
  return storage.commit(changes);
}
