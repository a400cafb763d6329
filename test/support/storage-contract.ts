import * as fc from 'fast-check';
import { type Change, type Committed, newETag, type Storage } from '../../bot/channel/storage/storage';
import { anyText } from './any-text';
import { until } from './until';

/** How the contract is run against a storage. */
export interface StorageUnderTest {
  /** Opens it: the same store each time, where it outlives its closing. */
  open(): Promise<Storage>;
  /** Whether what is kept is there when it is opened again. */
  readonly outlives: boolean;
  /** Whether documents and all else change together; by default they do. Without, only one document with `replaces` is certain. */
  readonly atomic?: boolean;
  /** Whether it may be open more than once. */
  readonly shared?: boolean;
  /** How many tries a property test makes; 25 by default. */
  readonly runs?: number;
  /** How many change one document at once; 50 by default. All but one of them have to try again each time. */
  readonly crowd?: number;
}

const HOUR_MS = 3_600_000;

/** Keys that file systems, URLs and protocols stumble over. */
const WEIRD = [
  'a/b/../c',
  '..',
  '.',
  '100%',
  '%2f',
  '%002f',
  ' leading and trailing ',
  'new\nline',
  'null\u0000byte',
  'a:b#c?d&e=f\\g*h',
  'Größe 雲 👩‍👩‍👧',
  '\ud800',
  '\udc00',
  '__proto__',
  'constructor',
  'A',
  'a',
  'x'.repeat(1_000),
  `${'x'.repeat(999)}y`,
  '雲'.repeat(1_000),
  '%'.repeat(1_000),
];

export function put(key: string, json: string, more: { replaces?: string | null; ttlMs?: number } = {}): Change {
  return { kind: 'put', key, json, eTag: newETag(), ttlMs: HOUR_MS, ...more };
}

export function append(log: string, texts: readonly string[], more: { keep?: number; ttlMs?: number } = {}): Change {
  return { kind: 'append', log, texts, keep: 1_000, ttlMs: HOUR_MS, ...more };
}

export function mark(set: string, member: string, ttlMs = HOUR_MS): Change {
  return { kind: 'mark', set, member, ttlMs };
}

/** Declares the tests that every storage has to pass. Each test uses names of its own. */
export function testStorageContract({
  open,
  outlives,
  atomic = true,
  shared = false,
  runs = 25,
  crowd = 50,
}: StorageUnderTest): void {
  let storage: Storage;
  let count = 0;
  /** A name that no other test has. */
  const fresh = (): string => {
    count += 1;
    return `${process.pid}-${Date.now()}-${count}`;
  };
  const jsonOf = async (key: string): Promise<string | undefined> => (await storage.read([key])).get(key)?.json;
  const eTagOf = async (key: string): Promise<string | undefined> => (await storage.read([key])).get(key)?.eTag;
  const textsOf = async (log: string): Promise<string[]> => (await storage.readLog(log, 0)).map(({ text }) => text);
  const lastOf = (committed: Committed, log: string): number => {
    if (committed.kind !== 'committed') throw new Error('a conflict');
    return committed.lastAt.get(log)!;
  };

  beforeAll(async () => {
    storage = await open();
  });
  afterAll(async () => {
    await storage.close();
  });

  describe('documents', () => {
    test('are read as they were written, and only those that are there', async () => {
      const [one, other, missing] = [fresh(), fresh(), fresh()];
      const eTag = newETag();
      await storage.commit([
        { kind: 'put', key: one, json: '{"a":"ü 雲\\n"}', eTag, ttlMs: HOUR_MS },
        put(other, '{}'),
      ]);
      const found = await storage.read([one, missing, other]);
      expect([...found.keys()].sort()).toEqual([one, other].sort());
      expect(found.get(one)?.json).toBe('{"a":"ü 雲\\n"}');
      expect(await storage.read([])).toEqual(new Map());
      expect(found.get(one)?.eTag).toBe(eTag);
    });

    test('without `replaces` are written whatever is there', async () => {
      const key = fresh();
      await storage.commit([put(key, '{"a":1}')]);
      expect(await storage.commit([put(key, '{"a":2}')])).toMatchObject({ kind: 'committed' });
      expect(await jsonOf(key)).toBe('{"a":2}');
    });

    test('that must be absent are written once', async () => {
      const key = fresh();
      expect((await storage.commit([put(key, '{"a":1}', { replaces: null })])).kind).toBe('committed');
      expect((await storage.commit([put(key, '{"a":2}', { replaces: null })])).kind).toBe('conflict');
      expect(await jsonOf(key)).toBe('{"a":1}');
    });

    test('are replaced only by who knows their eTag', async () => {
      const key = fresh();
      expect((await storage.commit([put(key, '{}', { replaces: 'of nobody' })])).kind).toBe('conflict');
      expect(await jsonOf(key)).toBeUndefined();
      await storage.commit([put(key, '{"a":1}')]);
      const first = (await eTagOf(key))!;
      expect((await storage.commit([put(key, '{"a":2}', { replaces: first })])).kind).toBe('committed');
      expect(await eTagOf(key)).not.toBe(first);
      expect((await storage.commit([put(key, '{"a":3}', { replaces: first })])).kind).toBe('conflict');
      expect(await jsonOf(key)).toBe('{"a":2}');
    });

    test('are deleted, and then must be absent', async () => {
      const key = fresh();
      await storage.commit([put(key, '{}')]);
      await storage.commit([{ kind: 'delete', key }]);
      expect(await jsonOf(key)).toBeUndefined();
      await storage.commit([{ kind: 'delete', key }]);
      expect((await storage.commit([put(key, '{"b":1}', { replaces: null })])).kind).toBe('committed');
      expect(await jsonOf(key)).toBe('{"b":1}');
    });

    test('are forgotten after their time, which every write renews', async () => {
      const [short, renewed, long] = [fresh(), fresh(), fresh()];
      await storage.commit([put(short, '{}', { ttlMs: 150 }), put(renewed, '{}', { ttlMs: 150 }), put(long, '{}')]);
      await storage.commit([put(renewed, '{}')]);
      await until(async () => (await jsonOf(short)) === undefined);
      expect(await jsonOf(renewed)).toBe('{}');
      expect(await jsonOf(long)).toBe('{}');
      expect((await storage.commit([put(short, '{"again":1}', { replaces: null })])).kind).toBe('committed');
      expect(await jsonOf(short)).toBe('{"again":1}');
    });

    test('may have a million characters', async () => {
      const key = fresh();
      const json = JSON.stringify({ text: 'ä'.repeat(1_000_000) });
      await storage.commit([put(key, json)]);
      expect(await jsonOf(key)).toBe(json);
    });

    test('count right when many change one at a time and try again after a conflict', async () => {
      const key = fresh();
      const increment = async (): Promise<void> => {
        for (;;) {
          const found = (await storage.read([key])).get(key);
          const { count: before } = JSON.parse(found?.json ?? '{"count":0}') as { count: number };
          const json = JSON.stringify({ count: before + 1 });
          const { kind } = await storage.commit([put(key, json, { replaces: found?.eTag ?? null })]);
          if (kind === 'committed') return;
        }
      };
      await Promise.all(Array.from({ length: crowd }, increment));
      expect(await jsonOf(key)).toBe(`{"count":${crowd}}`);
    });
  });

  describe('logs', () => {
    test('keep their entries in order, each with a greater number', async () => {
      const log = fresh();
      const before = Date.now() - 5_000;
      const first = await storage.commit([append(log, ['a', 'b'])]);
      const second = await storage.commit([append(log, ['ü 雲\n', ''])]);
      const entries = await storage.readLog(log, 0);
      expect(entries.map(({ text }) => text)).toEqual(['a', 'b', 'ü 雲\n', '']);
      const numbers = entries.map(({ at }) => at);
      expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
      expect(numbers[0]).toBeGreaterThan(before);
      expect([lastOf(first, log), lastOf(second, log)]).toEqual([numbers[1], numbers[3]]);
    });

    test('are read from where the reader stands', async () => {
      const log = fresh();
      const at = lastOf(await storage.commit([append(log, ['a', 'b'])]), log);
      await storage.commit([append(log, ['c'])]);
      expect((await storage.readLog(log, at)).map(({ text }) => text)).toEqual(['c']);
      expect((await storage.readLog(log, at - 1)).map(({ text }) => text)).toEqual(['b', 'c']);
      expect(await storage.readLog(log, Date.now() + HOUR_MS)).toEqual([]);
      expect(await storage.readLog(fresh(), 0)).toEqual([]);
    });

    test('two appends in one commit follow each other, and without texts nothing happens', async () => {
      const log = fresh();
      const committed = await storage.commit([append(log, ['a']), append(log, ['b', 'c']), append(log, [])]);
      expect(await textsOf(log)).toEqual(['a', 'b', 'c']);
      expect(lastOf(committed, log)).toBe((await storage.readLog(log, 0)).at(-1)!.at);
      const [empty, nothing] = [fresh(), await storage.commit([append(fresh(), [])])];
      expect(nothing).toEqual({ kind: 'committed', lastAt: new Map() });
      expect(await textsOf(empty)).toEqual([]);
    });

    test('keep so many entries, the newest', async () => {
      const log = fresh();
      await storage.commit([append(log, ['a', 'b', 'c'], { keep: 3 })]);
      await storage.commit([append(log, ['d'], { keep: 3 })]);
      expect(await textsOf(log)).toEqual(['b', 'c', 'd']);
      await storage.commit([append(log, ['e', 'f', 'g', 'h'], { keep: 2 })]);
      expect(await textsOf(log)).toEqual(['g', 'h']);
    });

    test('are trimmed up to an entry, and go on from there with greater numbers, even when nothing is left', async () => {
      const log = fresh();
      const texts = Array.from({ length: 200 }, (_, index) => `${index}`);
      const last = lastOf(await storage.commit([append(log, texts)]), log);
      await storage.commit([{ kind: 'trim', log, through: last - 2 }]);
      expect(await textsOf(log)).toEqual(['198', '199']);
      await storage.commit([{ kind: 'trim', log, through: last }]);
      expect(await textsOf(log)).toEqual([]);
      await storage.commit([{ kind: 'trim', log, through: last }]);
      expect(lastOf(await storage.commit([append(log, ['next'])]), log)).toBeGreaterThan(last);
      expect(await textsOf(log)).toEqual(['next']);
      await storage.commit([{ kind: 'trim', log: fresh(), through: last }]);
    });

    test('take the number that is asked for, unless one is as high already', async () => {
      const log = fresh();
      const at = lastOf(await storage.commit([append(log, ['a'])]), log) + 5_000;
      await storage.commit([{ kind: 'append', log, texts: ['b', 'c'], at, keep: 100, ttlMs: HOUR_MS }]);
      await storage.commit([{ kind: 'append', log, texts: ['d'], at, keep: 100, ttlMs: HOUR_MS }]);
      expect((await storage.readLog(log, at - 1)).map((entry) => entry.at - at)).toEqual([0, 1, 2]);
    });

    test('are dropped whole, and begun anew', async () => {
      const log = fresh();
      await storage.commit([append(log, ['a', 'b'])]);
      await storage.commit([{ kind: 'drop', log }]);
      expect(await textsOf(log)).toEqual([]);
      await storage.commit([{ kind: 'drop', log }, append(log, ['c'])]);
      expect(await textsOf(log)).toEqual(['c']);
    });

    test('are forgotten when nothing was added for so long, and a trim is no addition', async () => {
      const [short, renewed] = [fresh(), fresh()];
      const at = lastOf(await storage.commit([append(short, ['a', 'b'], { ttlMs: 200 })]), short);
      await storage.commit([{ kind: 'trim', log: short, through: at - 1 }]);
      await storage.commit([append(renewed, ['a'], { ttlMs: 200 }), append(renewed, ['b'])]);
      await until(async () => (await textsOf(short)).length === 0);
      expect(await textsOf(renewed)).toEqual(['a', 'b']);
      await storage.commit([append(short, ['c'])]);
      expect(await textsOf(short)).toEqual(['c']);
    });

    test('lose no entry when many add at once', async () => {
      const log = fresh();
      const commits = Array.from({ length: 50 }, (_, index) =>
        storage.commit([append(log, [`${index}-a`, `${index}-b`])]),
      );
      await Promise.all(commits);
      const entries = await storage.readLog(log, 0);
      expect(new Set(entries.map(({ text }) => text)).size).toBe(100);
      expect(new Set(entries.map(({ at }) => at)).size).toBe(100);
    });

    test('may be long', async () => {
      const log = fresh();
      const texts = Array.from({ length: 1_000 }, (_, index) => `${index} ${'x'.repeat(2_000)}`);
      for (let from = 0; from < texts.length; from += 250)
        await storage.commit([append(log, texts.slice(from, from + 250))]);
      expect(await textsOf(log)).toEqual(texts);
    });
  });

  describe('sets', () => {
    test('hold each member once until it is unmarked', async () => {
      const set = fresh();
      await storage.commit([mark(set, 'a'), mark(set, 'b'), mark(set, 'a')]);
      expect([...(await storage.members(set))].sort()).toEqual(['a', 'b']);
      await storage.commit([
        { kind: 'unmark', set, member: 'a' },
        { kind: 'unmark', set, member: 'never there' },
      ]);
      expect(await storage.members(set)).toEqual(['b']);
      await storage.commit([{ kind: 'unmark', set, member: 'b' }]);
      expect(await storage.members(set)).toEqual([]);
      expect(await storage.members(fresh())).toEqual([]);
    });

    test('forget each member after its own time, which a new mark renews', async () => {
      const set = fresh();
      await storage.commit([mark(set, 'short', 150), mark(set, 'long'), mark(set, 'renewed', 150)]);
      await storage.commit([mark(set, 'renewed')]);
      await until(async () => !(await storage.members(set)).includes('short'));
      expect([...(await storage.members(set))].sort()).toEqual(['long', 'renewed']);
    });
  });

  describe('names', () => {
    test.each(['documents', 'logs', 'sets'])('may be anything in %s, and are never mixed up', async (kind) => {
      const prefix = fresh();
      const names = WEIRD.map((name) => (name.length === 1_000 ? name : `${prefix}${name}`));
      const changeOf = (name: string, index: number): Change => {
        if (kind === 'documents') return put(name, `{"of":${index}}`);
        return kind === 'logs' ? append(name, [`${index}`]) : mark(name, names[(index + 1) % names.length]!);
      };
      await storage.commit(
        names.map((name) => (kind === 'logs' ? { kind: 'drop', log: name } : { kind: 'delete', key: name })),
      );
      for (const [index, name] of names.entries()) await storage.commit([changeOf(name, index)]);
      for (const [index, name] of names.entries()) {
        if (kind === 'documents') expect(await jsonOf(name)).toBe(`{"of":${index}}`);
        else if (kind === 'logs') expect(await textsOf(name)).toEqual([`${index}`]);
        else expect(await storage.members(name)).toEqual([names[(index + 1) % names.length]]);
      }
    });

    test('of a document, a log and a set may be the same', async () => {
      const name = fresh();
      await storage.commit([put(name, '{"a":1}'), append(name, ['text']), mark(name, 'member')]);
      await storage.commit([{ kind: 'delete', key: name }]);
      expect(await textsOf(name)).toEqual(['text']);
      expect(await storage.members(name)).toEqual(['member']);
      await storage.commit([{ kind: 'drop', log: name }]);
      expect(await storage.members(name)).toEqual(['member']);
    });

    test('of any two texts are kept apart', async () => {
      const prefix = fresh();
      await fc.assert(
        fc.asyncProperty(anyText(), anyText(), async (one, other) => {
          fc.pre(one !== other);
          await storage.commit([put(prefix + one, '{"one":1}'), mark(prefix, one), append(prefix + one, ['one'])]);
          await storage.commit([put(prefix + other, '{"other":1}'), mark(prefix, other)]);
          await storage.commit([{ kind: 'drop', log: prefix + other }]);
          expect(await jsonOf(prefix + one)).toBe('{"one":1}');
          expect(await jsonOf(prefix + other)).toBe('{"other":1}');
          expect(await textsOf(prefix + one)).toEqual(['one']);
          expect([...(await storage.members(prefix))].sort()).toEqual([one, other].sort());
          await storage.commit([
            { kind: 'unmark', set: prefix, member: one },
            { kind: 'unmark', set: prefix, member: other },
            { kind: 'drop', log: prefix + one },
          ]);
        }),
        { numRuns: runs },
      );
    });
  });

  describe('a commit', () => {
    test('makes changes of all kinds, in their order', async () => {
      const [key, gone, log, inbox, set] = [fresh(), fresh(), fresh(), fresh(), fresh()];
      await storage.commit([put(gone, '{}'), append(inbox, ['m1']), mark(set, 'old')]);
      const [entry] = await storage.readLog(inbox, 0);
      const committed = await storage.commit([
        put(key, '{"memory":1}', { replaces: null }),
        { kind: 'delete', key: gone },
        append(log, ['own', 'reply']),
        { kind: 'trim', log: inbox, through: entry!.at },
        mark(set, 'new'),
        { kind: 'unmark', set, member: 'old' },
      ]);
      expect(committed).toMatchObject({ kind: 'committed' });
      expect(await jsonOf(key)).toBe('{"memory":1}');
      expect(await jsonOf(gone)).toBeUndefined();
      expect(await textsOf(log)).toEqual(['own', 'reply']);
      expect(await textsOf(inbox)).toEqual([]);
      expect(await storage.members(set)).toEqual(['new']);
    });

    test('of nothing is committed', async () => {
      expect(await storage.commit([])).toEqual({ kind: 'committed', lastAt: new Map() });
    });

    test('with a conflict changes nothing else', async () => {
      const [key, other, gone, log, dropped, trimmed, set] = Array.from({ length: 7 }, fresh) as [
        string,
        string,
        string,
        string,
        string,
        string,
        string,
      ];
      await storage.commit([put(gone, '{}'), append(dropped, ['a']), append(trimmed, ['a']), mark(set, 'old')]);
      const committed = await storage.commit([
        append(log, ['a']),
        ...(atomic ? [put(other, '{}')] : []),
        { kind: 'delete', key: gone },
        { kind: 'drop', log: dropped },
        { kind: 'trim', log: trimmed, through: Date.now() + HOUR_MS },
        mark(set, 'new'),
        { kind: 'unmark', set, member: 'old' },
        put(key, '{}', { replaces: 'of nobody' }),
      ]);
      expect(committed).toEqual({ kind: 'conflict' });
      expect(await storage.read([key, other])).toEqual(new Map());
      expect(await jsonOf(gone)).toBe('{}');
      expect(await textsOf(log)).toEqual([]);
      expect(await textsOf(dropped)).toEqual(['a']);
      expect(await textsOf(trimmed)).toEqual(['a']);
      expect(await storage.members(set)).toEqual(['old']);
    });

    if (atomic) {
      test('with one eTag of two that does not hold changes neither', async () => {
        const [one, other] = [fresh(), fresh()];
        await storage.commit([put(one, '{"a":1}'), put(other, '{"a":1}')]);
        const eTag = await eTagOf(one);
        const changes = [put(one, '{"a":2}', { replaces: eTag! }), put(other, '{"a":2}', { replaces: null })];
        expect((await storage.commit(changes)).kind).toBe('conflict');
        expect([await jsonOf(one), await jsonOf(other)]).toEqual(['{"a":1}', '{"a":1}']);
      });
    }

    test('appends once for each document that it won, whoever else tries', async () => {
      const [key, log] = [fresh(), fresh()];
      const results = await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          storage.commit([put(key, `{"by":${index}}`, { replaces: null }), append(log, [`${index}`])]),
        ),
      );
      expect(results.filter(({ kind }) => kind === 'committed')).toHaveLength(1);
      const [winner] = await textsOf(log);
      expect(await textsOf(log)).toHaveLength(1);
      expect(await jsonOf(key)).toBe(`{"by":${winner}}`);
    });
  });

  test('says that it works', async () => {
    await expect(storage.check()).resolves.toBeUndefined();
  });

  if (outlives) {
    test('what was committed is there when it is opened again, and numbers go on', async () => {
      const [key, log, trimmed, set, weird] = [fresh(), fresh(), fresh(), fresh(), `${fresh()}/%\n雲`];
      await storage.commit([put(key, '{"a":1}'), put(weird, '{"b":1}'), append(log, ['a', 'b']), mark(set, weird)]);
      const texts = Array.from({ length: 5_000 }, () => 'x');
      const last = lastOf(await storage.commit([append(trimmed, texts)]), trimmed);
      await storage.commit([{ kind: 'trim', log: trimmed, through: last }]);
      const eTag = await eTagOf(key);
      const underWay = Promise.all(
        Array.from({ length: 5 }, (_, index) => storage.commit([put(`${key}${index}`, '{}')])),
      );
      await storage.close();
      expect((await underWay).map(({ kind }) => kind)).toEqual(Array.from({ length: 5 }, () => 'committed'));
      storage = await open();
      expect((await storage.read(Array.from({ length: 5 }, (_, index) => `${key}${index}`))).size).toBe(5);
      expect(await jsonOf(key)).toBe('{"a":1}');
      expect(await eTagOf(key)).toBe(eTag);
      expect(await jsonOf(weird)).toBe('{"b":1}');
      expect(await textsOf(log)).toEqual(['a', 'b']);
      expect(await storage.members(set)).toEqual([weird]);
      expect(lastOf(await storage.commit([append(trimmed, ['y'])]), trimmed)).toBeGreaterThan(last);
    });
  }

  if (shared) {
    test('two that are open see what the other did, and never win over each other', async () => {
      const other = await open();
      const [key, log, set] = [fresh(), fresh(), fresh()];
      const increment = async (by: Storage): Promise<void> => {
        for (;;) {
          const found = (await by.read([key])).get(key);
          const { count: before } = JSON.parse(found?.json ?? '{"count":0}') as { count: number };
          const json = JSON.stringify({ count: before + 1 });
          const change = put(key, json, { replaces: found?.eTag ?? null });
          if ((await by.commit([change, append(log, [json]), mark(set, json)])).kind === 'committed') return;
        }
      };
      await Promise.all(Array.from({ length: 40 }, (_, index) => increment(index % 2 === 0 ? storage : other)));
      expect(await jsonOf(key)).toBe('{"count":40}');
      expect((await other.readLog(log, 0)).map(({ text }) => (JSON.parse(text) as { count: number }).count)).toEqual(
        Array.from({ length: 40 }, (_, index) => index + 1),
      );
      expect(await other.members(set)).toHaveLength(40);
      await other.close();
    });
  }
}
