import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { type ConversationFile, openConversationFile } from '../../../bot/channel/conversation-file';
import { buildConversationStore, type ConversationStore } from '../../../bot/channel/conversation-store';
import { buildLogger } from '../../../bot/log';

const BOUNDS = { maxConversations: 1_000, conversationIdleMs: 60_000 };
/** So long that only `save` and `close` write. */
const NEVER_MS = 2 ** 31 - 1;

let folder: string;
let file: string;
let logged: { readonly level: string; readonly msg: string }[];
let onLog: () => void;
let opened: ConversationFile[];

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'conversations-'));
  file = path.join(folder, 'data/conversations.jsonl');
  logged = [];
  onLog = () => undefined;
  opened = [];
});

afterEach(async () => {
  await Promise.all(opened.map((one) => one.close()));
  rmSync(folder, { recursive: true, force: true });
});

async function open(
  bounds: Partial<typeof BOUNDS> = {},
  everyMs = NEVER_MS,
): Promise<{ readonly store: ConversationStore; readonly kept: ConversationFile }> {
  const store = buildConversationStore({ ...BOUNDS, ...bounds });
  const write = (line: string): void => {
    logged.push(JSON.parse(line));
    onLog();
  };
  const log = buildLogger({ logLevel: 'debug', logMessages: false }, { write });
  const kept = await openConversationFile({ file, store, log, everyMs });
  opened.push(kept);
  return { store, kept };
}

const line = (key: string, usedAt = Date.now()): string =>
  `${JSON.stringify({ key, usedAt, state: { memory: key } })}\n`;

function fileIs(text: string | Buffer): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}

const keysOf = (store: ConversationStore): readonly string[] => store.dump().map(({ key }) => key);
const faults = (): readonly string[] =>
  logged.filter(({ level }) => level !== 'debug').map(({ level, msg }) => `${level}: ${msg.split(':')[0]}`);
const asides = (): readonly string[] =>
  readdirSync(path.dirname(file)).filter((name) => /^conversations\.jsonl\.damaged-\d+$/.test(name));

describe('the file of conversations', () => {
  test('gives back whatever was written, in the order of its last use', async () => {
    const key = fc.string({ unit: 'binary' }).map((id) => `emulator/conversations/${id}`);
    const states = fc.dictionary(key, fc.record({ memory: fc.jsonValue({ stringUnit: 'binary' }) }), { maxKeys: 30 });
    await fc.assert(
      fc.asyncProperty(states, async (written) => {
        rmSync(file, { force: true });
        const before = await open();
        await before.store.write(written);
        await before.kept.close();
        const after = await open();
        await after.kept.close();
        expect(after.store.dump().map(({ key, json }) => [key, json])).toEqual(
          before.store.dump().map(({ key, json }) => [key, json]),
        );
        const keys = Object.keys(written);
        const states = Object.values(await after.store.read(keys)).map(({ memory }) => memory);
        expect(states).toEqual(Object.values(await before.store.read(keys)).map(({ memory }) => memory));
      }),
      { numRuns: 50 },
    );
    expect(faults()).toEqual([]);
  });

  test('holds more conversations than are written at a time', async () => {
    const { store, kept } = await open();
    await store.write(Object.fromEntries(Array.from({ length: 901 }, (_, index) => [`k${index}`, { n: index }])));
    await kept.close();
    expect(keysOf((await open()).store)).toEqual(keysOf(store));
  });

  test('can be read by its owner only, and leaves nothing beside', async () => {
    const { store, kept } = await open();
    await store.write({ a: {} });
    await kept.save();
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(path.dirname(file))).toEqual(['conversations.jsonl']);
  });

  test('is written by itself once something has changed', async () => {
    const { store } = await open({}, 1);
    const saved = new Promise<void>((resolve) => {
      onLog = resolve;
    });
    await store.write({ a: {} });
    await saved;
    expect(readFileSync(file, 'utf8')).toContain('"key":"a"');
  });

  test('is not touched while nothing has changed', async () => {
    const { kept } = await open();
    await kept.save();
    await kept.close();
    expect([existsSync(file), logged]).toEqual([false, []]);
  });

  test('is never written twice at once, and misses nothing that changes meanwhile', async () => {
    const { store, kept } = await open();
    await store.write({ a: {} });
    const first = kept.save();
    expect(kept.save()).toBe(first);
    await store.write({ b: {} });
    await kept.close();
    expect(keysOf((await open()).store)).toEqual(['a', 'b']);
    expect(faults()).toEqual([]);
  });

  test('forgets whom nobody heard of for too long, and gives no longer life to who was here "tomorrow"', async () => {
    const now = Date.now();
    fileIs(line('old', now - 70_000) + line('new', now - 10_000) + line('tomorrow', now + 86_400_000));
    const { store } = await open();
    expect(keysOf(store)).toEqual(['new', 'tomorrow']);
    for (const { usedAt } of store.dump()) expect(usedAt).toBeLessThanOrEqual(Date.now());
  });

  test('forgets the least recently used of too many', async () => {
    const now = Date.now();
    fileIs(line('a', now - 3_000) + line('b', now - 2_000) + line('c', now - 1_000));
    expect(keysOf((await open({ maxConversations: 2 })).store)).toEqual(['b', 'c']);
  });
});

describe('a file of conversations that is damaged', () => {
  test.each([
    ['cut off', '{"key":"b","usedA'],
    ['of something else', '[1]'],
    ['null', 'null'],
    ['without a state', '{"key":"b","usedAt":1}'],
    ['with a list for a state', `{"key":"b","usedAt":${Date.now()},"state":[]}`],
  ])('loses only the line %s', async (_name, bad) => {
    fileIs(`${line('a')}${bad}\n${line('c')}`);
    expect(keysOf((await open()).store)).toEqual(['a', 'c']);
    expect(faults()).toEqual(['warn: damaged lines in the saved conversations']);
    expect(asides()).toEqual([]);
  });

  test.each([
    ['text', Buffer.from('no conversations at all\n')],
    ['zeros', Buffer.alloc(5_000)],
    [
      'no UTF-8',
      Buffer.concat([Buffer.from('{"key":"'), Buffer.from([0xff]), Buffer.from('","usedAt":9e15,"state":{}}')]),
    ],
  ])('as a whole (%s) is set aside, and everything starts anew', async (_name, bytes) => {
    fileIs(bytes);
    const { store, kept } = await open();
    expect(keysOf(store)).toEqual([]);
    expect(faults()).toEqual(['error: the saved conversations cannot be read']);
    expect(asides().map((name) => readFileSync(path.join(path.dirname(file), name)))).toEqual([bytes]);
    await store.write({ a: {} });
    await kept.close();
    expect(keysOf((await open()).store)).toEqual(['a']);
  });

  test('never keeps the bot from starting, whatever is in it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
        fileIs(Buffer.from(bytes));
        await (await open()).kept.close();
      }),
      { numRuns: 50 },
    );
  });
});

describe('a file of conversations that cannot be written', () => {
  test('is reported once and tried again, while the conversations go on', async () => {
    writeFileSync(path.dirname(file), 'a file where the folder should be');
    const { store, kept } = await open();
    await store.write({ a: { n: 1 } });
    await kept.save();
    await kept.save();
    expect((await store.read(['a'])).a.n).toBe(1);
    const NOT_SAVED = 'error: conversations not saved';
    expect(faults().filter((fault) => fault === NOT_SAVED)).toHaveLength(1);

    rmSync(path.dirname(file));
    await kept.save();
    expect(readFileSync(file, 'utf8')).toContain('"key":"a"');

    rmSync(path.dirname(file), { recursive: true });
    writeFileSync(path.dirname(file), 'again');
    await store.write({ b: {} });
    await kept.save();
    expect(faults().filter((fault) => fault === NOT_SAVED)).toHaveLength(2);
  });

  test('because it is a folder stays as it is', async () => {
    mkdirSync(file, { recursive: true });
    writeFileSync(path.join(file, 'precious'), '');
    const { store, kept } = await open();
    await store.write({ a: {} });
    await kept.close();
    expect(readdirSync(path.dirname(file))).toEqual(['conversations.jsonl']);
    expect(readdirSync(file)).toEqual(['precious']);
    expect(faults()).toEqual(['error: conversations not saved']);
  });
});
