import fc from 'fast-check';
import {
  appendTo,
  boundLog,
  parseWatermark,
  readActivities,
  toNarrowJson,
} from '../../../../bot/channel/direct-line/activity-log';
import { buildMemoryStorage } from '../../../../bot/channel/storage/memory-storage';

const ttlMs = 60_000;

test('any activity is told as it was said, with a time that grows', async () => {
  const latin = fc.constantFrom('·', 'é', 'ÿ', '\u0080', '\u2028', '\n');
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: latin }));
  await fc.assert(
    fc.asyncProperty(fc.array(fc.record({ text, value: fc.jsonValue() }), { minLength: 1 }), async (said) => {
      const storage = buildMemoryStorage({ maxItems: 10 });
      const texts = said.map(toNarrowJson);
      for (const one of texts) expect(one).toMatch(/^[\0-ÿ]*$/);
      await storage.commit([appendTo('c', texts, ttlMs)]);
      const { activities, watermark } = await readActivities(storage, 'c', 0);
      const parsed = activities.map((json) => JSON.parse(json));
      expect(parsed.map(({ timestamp, ...rest }) => rest)).toEqual(said.map((one) => JSON.parse(JSON.stringify(one))));
      const times = parsed.map(({ timestamp }) => timestamp);
      expect([...new Set(times)].sort()).toEqual(times);
      expect(await readActivities(storage, 'c', Number(watermark))).toEqual({ activities: [], watermark });
    }),
  );
});

test('a watermark from the future is set right', async () => {
  const storage = buildMemoryStorage({ maxItems: 10 });
  expect(await readActivities(storage, 'c', 999_999_999_999_999)).toEqual({ activities: [], watermark: '0' });
  await storage.commit([appendTo('c', ['{"id":"1"}'], ttlMs)]);
  const { watermark } = await readActivities(storage, 'c', 0);
  expect(await readActivities(storage, 'c', 999_999_999_999_999)).toEqual({ activities: [], watermark });
});

test('a log stays at about a million characters, and keeps what was said last', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 10, max: 240_000 }), { minLength: 30, maxLength: 60 }),
      async (sizes) => {
        const storage = buildMemoryStorage({ maxItems: 10 });
        let grown = { page: 0, bot: 0 };
        for (const [index, size] of sizes.entries()) {
          const who = index % 2 === 0 ? 'page' : 'bot';
          const said = [`{"id":"${'x'.repeat(size)}"}`];
          const bound = await boundLog(storage, 'c', grown[who], said);
          grown = { ...grown, [who]: bound.grown };
          await storage.commit([appendTo('c', said, ttlMs), ...bound.changes]);
          const kept = await storage.readLog('chat/c', 0);
          expect(kept.reduce((sum, { text }) => sum + text.length, 0)).toBeLessThan(1_000_000);
          expect(kept.at(-1)!.text).toBe(said[0]);
        }
      },
    ),
    { numRuns: 20 },
  );
});

test.each([
  ['12', 12],
  ['', 0],
  [null, 0],
  ['-1', 0],
  ['1e3', 0],
  ['9'.repeat(16), 0],
])('the watermark %p is %p', (text, watermark) => {
  expect(parseWatermark(text)).toBe(watermark);
});
