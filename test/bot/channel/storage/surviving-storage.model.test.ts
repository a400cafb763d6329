import fc from 'fast-check';
import pino from 'pino';
import { buildMemoryStorage } from '../../../../bot/channel/storage/memory-storage';
import type { Change, Storage } from '../../../../bot/channel/storage/storage';
import { buildSurvivingStorage } from '../../../../bot/channel/storage/surviving-storage';
import { buildFailingStorage, type Fault } from '../../../support/failing-storage';
import { buildManualClock, untilQuiet } from '../../../support/manual-clock';

const DAY = 86_400_000;
const TIMEOUT_MS = 1_000;
const NAMES = ['a', 'b'] as const;

/** A change as it is drawn; eTags and numbers are looked up when it is made. */
type Drawn =
  | { kind: 'put'; name: string; replaces: 'right' | 'wrong' | 'any' }
  | { kind: 'delete' | 'drop'; name: string }
  | { kind: 'append'; name: string; texts: string[]; keep: number }
  | { kind: 'trim'; name: string; entry: number }
  | { kind: 'mark' | 'unmark'; name: string; member: string };
type Step =
  | { kind: 'commit'; changes: Drawn[] }
  | { kind: 'fail'; fault: Fault }
  | { kind: 'failNext'; faults: Fault[] }
  | { kind: 'commitsOnly'; only: boolean }
  | { kind: 'stop' | 'resume' }
  | { kind: 'pass'; ms: number };

const name = fc.constantFrom(...NAMES);
const fault = fc.constantFrom<Fault>('none', 'lost', 'done-but-lost', 'silent', 'done-but-silent');
const member = fc.constantFrom('x', 'y');
const change: fc.Arbitrary<Drawn> = fc.oneof(
  fc.record({
    kind: fc.constant('put' as const),
    name,
    replaces: fc.constantFrom<'right' | 'wrong' | 'any'>('right', 'right', 'any', 'wrong'),
  }),
  // Few texts, so that the same is said again and again.
  fc.record({
    kind: fc.constant('append' as const),
    name,
    texts: fc.array(fc.constantFrom('hi', 'ho'), { maxLength: 3 }),
    keep: fc.constantFrom(4, 1_000),
  }),
  fc.record({ kind: fc.constant('trim' as const), name, entry: fc.nat(3) }),
  fc.record({ kind: fc.constantFrom('delete' as const, 'drop' as const), name }),
  fc.record({ kind: fc.constantFrom('mark' as const, 'unmark' as const), name, member }),
);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant('commit' as const), changes: fc.array(change, { maxLength: 4 }) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('fail' as const), fault }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('failNext' as const), faults: fc.array(fault, { maxLength: 6 }) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('commitsOnly' as const), only: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('stop' as const, 'resume' as const) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('pass' as const), ms: fc.nat(6_000) }) },
);

/** What a storage that never fails would hold. */
interface Twin {
  readonly documents: Map<string, { json: string; eTag: string }>;
  readonly logs: Map<string, string[]>;
  readonly sets: Map<string, Set<string>>;
}

async function contentOf(storage: Storage): Promise<unknown> {
  const documents = [...(await storage.read(NAMES))].sort();
  const logs = await Promise.all(NAMES.map(async (log) => (await storage.readLog(log, 0)).map(({ text }) => text)));
  const sets = await Promise.all(NAMES.map(async (set) => [...(await storage.members(set))].sort()));
  return { documents, logs, sets };
}

function contentOfTwin({ documents, logs, sets }: Twin): unknown {
  return {
    documents: [...documents].sort(),
    logs: NAMES.map((log) => logs.get(log) ?? []),
    sets: NAMES.map((set) => [...(sets.get(set) ?? [])].sort()),
  };
}

async function play(steps: readonly Step[]): Promise<void> {
  const clock = buildManualClock();
  const underneath = buildMemoryStorage({ maxItems: 1_000, now: clock.now });
  const failing = buildFailingStorage(underneath);
  const storage = buildSurvivingStorage({
    storage: failing,
    timeoutMs: TIMEOUT_MS,
    log: pino({ enabled: false }),
    clock,
  });
  const twin: Twin = { documents: new Map(), logs: new Map(), sets: new Map() };
  let eTags = 0;

  /** No call takes longer than the time limit. */
  async function within<T>(made: Promise<T>): Promise<T> {
    let settled = false;
    const done = made.finally(() => {
      settled = true;
    });
    await untilQuiet();
    if (!settled) await clock.advance(TIMEOUT_MS);
    expect(settled).toBe(true);
    return done;
  }

  async function commit(drawn: readonly Drawn[]): Promise<void> {
    const changes: Change[] = [];
    let holds = true;
    const written = new Set<string>();
    const after: (() => void)[] = [];
    for (const one of drawn) {
      switch (one.kind) {
        case 'put': {
          // Once a commit: a second eTag would have to be that of the first.
          if (written.has(one.name)) break;
          written.add(one.name);
          const eTag = `e${eTags++}`;
          const json = `{"n":${eTags}}`;
          const right = twin.documents.get(one.name)?.eTag ?? null;
          const replaces = one.replaces === 'any' ? {} : { replaces: one.replaces === 'right' ? right : 'wrong' };
          if (one.replaces === 'wrong') holds = false;
          changes.push({ kind: 'put', key: one.name, json, eTag, ttlMs: DAY, ...replaces });
          after.push(() => twin.documents.set(one.name, { json, eTag }));
          break;
        }
        case 'delete':
          changes.push({ kind: 'delete', key: one.name });
          after.push(() => twin.documents.delete(one.name));
          break;
        case 'append':
          changes.push({ kind: 'append', log: one.name, texts: one.texts, keep: one.keep, ttlMs: DAY });
          after.push(() =>
            twin.logs.set(one.name, [...(twin.logs.get(one.name) ?? []), ...one.texts].slice(-one.keep)),
          );
          break;
        case 'trim': {
          // Of a log that the same commit leaves alone, so that the entries to drop are those that were read.
          if (drawn.some((other) => other !== one && 'name' in other && other.name === one.name)) break;
          const entries = await within(storage.readLog(one.name, 0));
          const last = entries[Math.min(one.entry, entries.length - 1)];
          if (last === undefined) break;
          changes.push({ kind: 'trim', log: one.name, through: last.at });
          after.push(() => twin.logs.set(one.name, twin.logs.get(one.name)!.slice(entries.indexOf(last) + 1)));
          break;
        }
        case 'drop':
          changes.push({ kind: 'drop', log: one.name });
          after.push(() => twin.logs.delete(one.name));
          break;
        case 'mark':
          changes.push({ kind: 'mark', set: one.name, member: one.member, ttlMs: DAY });
          after.push(() => twin.sets.set(one.name, (twin.sets.get(one.name) ?? new Set()).add(one.member)));
          break;
        case 'unmark':
          changes.push({ kind: 'unmark', set: one.name, member: one.member });
          after.push(() => twin.sets.get(one.name)?.delete(one.member));
          break;
      }
    }
    const { kind } = await within(storage.commit(changes));
    expect(kind).toBe(holds ? 'committed' : 'conflict');
    if (holds) for (const make of after) make();
  }

  // Of documents that were never read the storage takes any eTag for right while it is down.
  await storage.read(NAMES);
  for (const one of steps) {
    if (one.kind === 'commit') await commit(one.changes);
    else if (one.kind === 'fail') failing.fail(one.fault);
    else if (one.kind === 'failNext') failing.failNext(...one.faults);
    else if (one.kind === 'commitsOnly') failing.failCommitsOnly(one.only);
    else if (one.kind === 'pass') await clock.advance(one.ms);
    else failing[one.kind]();
    await untilQuiet();
    for (const each of NAMES) {
      expect(await within(storage.readLog(each, 0)).then((log) => log.map(({ text }) => text))).toEqual(
        twin.logs.get(each) ?? [],
      );
    }
  }
  failing.fail('none');
  failing.failNext();
  failing.resume();
  for (let wait = 0; wait < 20 && !storage.isUp(); wait++) await clock.advance(3_000);
  expect(storage.isUp()).toBe(true);
  expect(storage.waiting()).toBe(0);
  expect(await contentOf(underneath)).toEqual(contentOfTwin(twin));
  expect(await contentOf(storage)).toEqual(contentOfTwin(twin));
  await storage.close();
}

test('after whatever faults, the storage holds what a storage without faults would hold, and nothing twice', async () => {
  await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 40 }), play), {
    numRuns: 150,
  });
});
