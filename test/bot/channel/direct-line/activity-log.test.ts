import fc from 'fast-check';
import { ActivityLog, formatActivitySet, parseWatermark } from '../../../../bot/channel/direct-line/activity-log';

const logOf = (count: number, maxActivities = 3) => {
  const log = new ActivityLog({ maxActivities, maxSize: 1_000 });
  for (let i = 1; i <= count; i++) log.append(`"${i}"`);
  return log;
};

describe('the activity log', () => {
  test('gives everything to whoever has seen nothing', () => {
    expect(logOf(2).since(0)).toEqual({ activities: ['"1"', '"2"'], watermark: '2' });
  });

  test('gives nothing to whoever has seen everything', () => {
    expect(logOf(2).since(2)).toEqual({ activities: [], watermark: '2' });
  });

  test('gives nothing for a watermark from the future', () => {
    expect(logOf(2).since(99)).toEqual({ activities: [], watermark: '2' });
  });

  test('counts on when old activities are dropped', () => {
    const log = logOf(10);
    expect(log.since(0)).toEqual({ activities: ['"8"', '"9"', '"10"'], watermark: '10' });
    expect(log.since(9)).toEqual({ activities: ['"10"'], watermark: '10' });
  });

  test('keeps the newest activity however large it is', () => {
    const log = logOf(2);
    log.append('x'.repeat(5_000));
    expect(log.since(0).activities).toEqual(['x'.repeat(5_000)]);
    expect(log.size).toBe(5_000);
  });

  test('hears each activity once, in order, whenever it asks, as long as it asks in time', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(5), { maxLength: 60 }), (bursts) => {
        const log = new ActivityLog({ maxActivities: 5, maxSize: 1_000 });
        const said: string[] = [];
        const heard: string[] = [];
        let watermark = 0;
        for (const burst of bursts) {
          for (let i = 0; i < burst; i++) {
            const activity = String(said.length);
            said.push(activity);
            log.append(activity);
          }
          const set = log.since(watermark);
          heard.push(...set.activities);
          watermark = parseWatermark(set.watermark);
        }
        expect(heard).toEqual(said);
      }),
    );
  });

  test('agrees with a slow twin that keeps everything', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ maxLength: 30 }), { maxLength: 50 }),
        fc.nat(60),
        fc.integer({ min: 1, max: 8 }),
        (all, from, max) => {
          const log = new ActivityLog({ maxActivities: max, maxSize: 60 });
          for (const activity of all) log.append(activity);
          let kept = all.slice(-max);
          while (kept.length > 1 && kept.join('').length > 60) kept = kept.slice(1);
          const dropped = all.length - kept.length;
          const expected = all.filter((_, index) => index >= from && index >= dropped);
          expect(log.since(from)).toEqual({ activities: expected, watermark: String(all.length) });
          expect(log.size).toBe(kept.join('').length);
        },
      ),
    );
  });
});

describe('a watermark from a client', () => {
  test.each([
    ['7', 7],
    ['0', 0],
    ['007', 7],
    [undefined, 0],
    [null, 0],
    ['', 0],
    ['-1', 0],
    ['NaN', 0],
    ['1e9', 0],
    ['1.5', 0],
    [' 3', 0],
    ['٣', 0],
    ['9'.repeat(400), 0],
  ])('%p is %p', (text, expected) => {
    expect(parseWatermark(text)).toBe(expected);
  });

  test('is a whole number from 0 on, whatever the text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const watermark = parseWatermark(text);
        expect(Number.isSafeInteger(watermark) && watermark >= 0).toBe(true);
      }),
    );
  });
});

test('an activity set is the JSON that Direct Line sends', () => {
  expect(JSON.parse(formatActivitySet(logOf(2).since(0)))).toEqual({ activities: ['1', '2'], watermark: '2' });
});

describe('a log that is packed', () => {
  test('says and takes the same as one that is not, and is smaller', () => {
    const step = fc.oneof(
      fc.constantFrom('pack', 'dump'),
      fc.string({ unit: latin }).map((text) => JSON.stringify({ text })),
    );
    fc.assert(
      fc.property(fc.array(step), fc.nat(60), (steps, from) => {
        const [packed, plain] = [logOf(0, 10), logOf(0, 10)];
        for (const one of steps) {
          if (one === 'pack') packed.pack();
          else if (one === 'dump') packed.dump();
          else for (const log of [packed, plain]) log.append(asNarrow(one));
          expect(packed.since(from)).toEqual(plain.since(from));
        }
      }),
    );
    const log = logOf(0, 100);
    for (let i = 0; i < 20; i++) log.append(JSON.stringify({ text: 'the same again', i }));
    const before = log.size;
    log.pack();
    expect(log.size).toBeLessThan(before / 3);
  });

  test.each(['', 'AAAA', Buffer.from('no zlib').toString('base64')])('is not taken damaged: %j', (packed) => {
    expect(() => new ActivityLog({ maxActivities: 5, maxSize: 1_000 }, 0, { at: [1], packed })).toThrow();
  });
});

const latin = fc.constantFrom('a', '"', '\n', '·', 'é', 'ÿ', '\u0080', '–');
const asNarrow = (json: string): string => json.replace(/[^ -ÿ]/g, '?');

describe('a log that comes back', () => {
  const limits = { maxActivities: 5, maxSize: 1_000 };

  test('goes on above every watermark that it may have given since it was saved', () => {
    const before = new ActivityLog(limits, 100);
    before.append('"saved"');
    const saved = structuredClone(before.dump());
    before.append('"lost"');
    const after = new ActivityLog(limits, 103, saved);
    after.append('"new"');
    expect(after.since(Number(before.watermark)).activities).toEqual(['"new"']);
    expect(after.since(0).activities).toEqual(['"saved"', '"new"']);
  });

  test('goes on above what was saved where the clock was put back', () => {
    const before = new ActivityLog(limits, 499);
    before.append('"saved"');
    const after = new ActivityLog(limits, 0, before.dump());
    after.append('"new"');
    expect(after.since(510).activities).toEqual(['"new"']);
  });

  test('neither loses nor doubles anything for anybody, whenever it was saved and killed', () => {
    const room = { maxActivities: 100, maxSize: 10_000 };
    const steps = fc.array(fc.constantFrom('say', 'say', 'hear', 'hear', 'save', 'kill'), { maxLength: 60 });
    fc.assert(
      fc.property(steps, (all) => {
        let clock = 10_000;
        let log = new ActivityLog(room, clock);
        let saved = structuredClone(log.dump());
        const heard: string[] = [];
        let watermark = 0;
        for (const step of all) {
          clock += 1;
          if (step === 'say') log.append(`"${clock}"`);
          if (step === 'save') saved = structuredClone(log.dump());
          // What nobody saved is gone; who has heard it has heard it.
          if (step === 'kill') log = new ActivityLog(room, clock, saved);
          if (step === 'hear') {
            const set = log.since(watermark);
            heard.push(...set.activities);
            watermark = parseWatermark(set.watermark);
          }
        }
        heard.push(...log.since(watermark).activities);
        expect(new Set(heard).size).toBe(heard.length);
        expect(heard).toEqual(expect.arrayContaining([...log.since(0).activities]));
      }),
      { numRuns: 500 },
    );
  });
});
