import fc from 'fast-check';
import pino from 'pino';
import type { Backplane } from '../../../../bot/channel/backplane/backplane';
import { buildLocalBackplane } from '../../../../bot/channel/backplane/local-backplane';
import { appendTo } from '../../../../bot/channel/direct-line/activity-log';
import { buildConversationBus } from '../../../../bot/channel/direct-line/conversation-bus';
import { buildListeners, type Listener } from '../../../../bot/channel/direct-line/listeners';
import { buildMemoryStorage } from '../../../../bot/channel/storage/memory-storage';
import type { Storage } from '../../../../bot/channel/storage/storage';
import { until } from '../../../support/until';

interface Ear extends Listener {
  readonly heard: number[];
  readonly watermarks: string[];
}

function ear(): Ear {
  const heard: number[] = [];
  const watermarks: string[] = [];
  return {
    heard,
    watermarks,
    hear(message) {
      const set = JSON.parse(message) as { activities: { n: number }[]; watermark: string };
      heard.push(...set.activities.map(({ n }) => n));
      watermarks.push(set.watermark);
    },
    end: () => heard.push(-1),
  };
}

/** A storage that takes as long as it likes to read. */
function slow(storage: Storage, waits: readonly number[]): Storage {
  let next = 0;
  const dawdle = async (): Promise<void> => {
    next += 1;
    for (let i = waits[next % waits.length] ?? 0; i > 0; i--) await Promise.resolve();
  };
  return {
    ...storage,
    async readLog(log, after) {
      await dawdle();
      const entries = await storage.readLog(log, after);
      await dawdle();
      return entries;
    },
  };
}

function gappy(): { readonly backplane: Backplane; gap(): void } {
  let onGap = (): void => undefined;
  const backplane: Backplane = {
    ...buildLocalBackplane(),
    watchGaps(watch) {
      onGap = watch;
      return { end: () => undefined };
    },
  };
  return { backplane, gap: () => onGap() };
}

const step = fc.oneof(
  // Something is said, and its notice comes, is lost, or comes twice.
  fc.record({
    kind: fc.constant('say' as const),
    notices: fc.integer({ min: 0, max: 2 }),
    size: fc.integer({ min: 1, max: 3 }),
  }),
  fc.record({ kind: fc.constant('join' as const), behind: fc.integer({ min: 0, max: 5 }) }),
  fc.record({ kind: fc.constant('pause' as const) }),
);

test('everybody hears all that was said since they were there last, once and in order, whatever notices are lost', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 30 }),
      fc.array(fc.nat(8), { minLength: 1, maxLength: 7 }),
      async (steps, waits) => {
        const storage = buildMemoryStorage({ maxItems: 10 });
        const { backplane, gap } = gappy();
        const bus = buildConversationBus(backplane);
        const listeners = buildListeners({
          storage: slow(storage, waits),
          bus,
          log: pino({ level: 'silent' }),
          idleMs: 60_000,
          maxPerConversation: 100,
        });
        /** The watermark after each number that was said. */
        const marks: number[] = [0];
        const ears: { readonly one: Ear; readonly from: number; readonly joined: Promise<unknown> }[] = [];
        for (const one of steps) {
          if (one.kind === 'pause') await new Promise(setImmediate);
          else if (one.kind === 'join') {
            const from = Math.max(0, marks.length - 1 - one.behind);
            const mine = ear();
            ears.push({ one: mine, from, joined: listeners.join('c', mine, marks[from]!) });
          } else {
            const texts = Array.from({ length: one.size }, (_, i) => JSON.stringify({ n: marks.length + i }));
            const committed = await storage.commit([appendTo('c', texts, 60_000)]);
            if (committed.kind !== 'committed') throw new Error('cannot be');
            const last = committed.lastAt.get('chat/c')!;
            for (let i = 1; i <= one.size; i++) marks.push(last - one.size + i);
            for (let i = 0; i < one.notices; i++) bus.tell('c', { kind: 'said' });
          }
        }
        await Promise.all(ears.map(({ joined }) => joined));
        gap();
        const expected = ears.map(({ from }) =>
          Array.from({ length: marks.length - 1 - from }, (_, i) => from + 1 + i),
        );
        await until(() => ears.every(({ one }, i) => one.heard.length >= expected[i]!.length));
        await new Promise(setImmediate);
        expect(ears.map(({ one }) => one.heard)).toEqual(expected);
        for (const { one } of ears) expect([...one.watermarks].sort()).toEqual(one.watermarks);
      },
    ),
    { numRuns: 150 },
  );
});

describe('a listener', () => {
  const build = (storage = buildMemoryStorage({ maxItems: 10 })) => {
    const bus = buildConversationBus(buildLocalBackplane());
    const log = pino({ level: 'silent' });
    return { storage, bus, listeners: buildListeners({ storage, bus, log, idleMs: 60_000, maxPerConversation: 2 }) };
  };

  test('with a watermark from the future hears what is said from now on', async () => {
    const { storage, bus, listeners } = build();
    await storage.commit([appendTo('c', ['{"n":1}'], 60_000)]);
    const one = ear();
    await listeners.join('c', one, 999_999_999_999_999);
    await storage.commit([appendTo('c', ['{"n":2}'], 60_000)]);
    bus.tell('c', { kind: 'said' });
    await until(() => one.heard.length > 0);
    expect(one.heard).toEqual([2]);
  });

  test('gives way to newer ones, and hears nothing once it has left', async () => {
    const { storage, bus, listeners } = build();
    const all = [ear(), ear(), ear()];
    const leave = [];
    for (const one of all) leave.push(await listeners.join('c', one, 0));
    leave[2]!();
    await storage.commit([appendTo('c', ['{"n":1}'], 60_000)]);
    bus.tell('c', { kind: 'said' });
    await until(() => all[1]!.heard.length > 0);
    expect(all.map(({ heard }) => heard)).toEqual([[-1], [1], []]);
  });

  test('hears the last words and the end, and that somebody types', async () => {
    const { bus, listeners } = build();
    const one = ear();
    await listeners.join('c', one, 0);
    bus.tell('c', { kind: 'live', activity: '{"n":7}' });
    bus.tell('c', { kind: 'over', activities: ['{"n":8}'] });
    bus.tell('c', { kind: 'live', activity: '{"n":9}' });
    expect(one.heard).toEqual([7, 8, -1]);
  });

  test('hears later what could not be read', async () => {
    const storage = buildMemoryStorage({ maxItems: 10 });
    let isDown = false;
    const { bus, listeners } = build({
      ...storage,
      readLog: (log, after) => (isDown ? Promise.reject(new Error('down')) : storage.readLog(log, after)),
    });
    const one = ear();
    await listeners.join('c', one, 0);
    isDown = true;
    await storage.commit([appendTo('c', ['{"n":1}'], 60_000)]);
    bus.tell('c', { kind: 'said' });
    await new Promise(setImmediate);
    isDown = false;
    await until(() => one.heard.length > 0);
    expect(one.heard).toEqual([1]);
  });
});
