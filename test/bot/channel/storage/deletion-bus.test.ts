import { buildLocalBackplane } from '../../../../bot/channel/backplane/local-backplane';
import { buildDeletionBus } from '../../../../bot/channel/storage/deletion-bus';
import { buildMemoryStorage } from '../../../../bot/channel/storage/memory-storage';
import type { Change, Storage } from '../../../../bot/channel/storage/storage';
import { buildSurvivingStorage } from '../../../../bot/channel/storage/surviving-storage';
import { buildLogger } from '../../../../bot/log';
import { buildFailingStorage } from '../../../support/failing-storage';
import { buildManualClock } from '../../../support/manual-clock';

/*
 * Processes over one storage, each with a copy for bad times of what it has seen.
 */

const DAY = 86_400_000;
const log = buildLogger({ logLevel: 'silent', logMessages: false });
const DELETION: readonly Change[] = [
  { kind: 'delete', key: 'state' },
  { kind: 'drop', log: 'said' },
  { kind: 'unmark', set: 'answered', member: 'a' },
];
const TALK: readonly Change[] = [
  { kind: 'put', key: 'state', json: '{}', eTag: 'e', ttlMs: DAY },
  { kind: 'put', key: 'other', json: '{}', eTag: 'e', ttlMs: DAY },
  { kind: 'append', log: 'said', texts: ['mine'], keep: 10, ttlMs: DAY },
  { kind: 'mark', set: 'answered', member: 'a', ttlMs: DAY },
];

async function knownTo(storage: Storage) {
  const documents = await storage.read(['state', 'other']);
  const lines = await storage.readLog('said', 0);
  return [...documents.keys(), ...lines.map(({ text }) => text), ...(await storage.members('answered'))];
}

function build() {
  const clock = buildManualClock();
  const failing = buildFailingStorage(buildMemoryStorage({ maxItems: 100, now: clock.now }));
  const backplane = buildLocalBackplane();
  const gaps: (() => void)[] = [];
  let isHeard = true;
  async function start() {
    const bus = buildDeletionBus({
      ...backplane,
      subscribe: (topic, hear) => backplane.subscribe(topic, (text) => void (isHeard && hear(text))),
      watchGaps(onGap) {
        gaps.push(onGap);
        return { end: () => undefined };
      },
    });
    const storage = buildSurvivingStorage({ storage: failing, timeoutMs: 1_000, log, clock, onDeleted: bus.tell });
    await bus.hear(storage);
    return storage;
  }
  const setHeard = (heard: boolean) => {
    isHeard = heard;
  };
  return { clock, failing, start, gap: () => gaps.forEach((tell) => void tell()), setHeard };
}

test('what one process deletes, another does not remember in an outage either', async () => {
  const { failing, start } = build();
  const [one, other] = [await start(), await start()];
  await one.commit(TALK);
  expect(await knownTo(other)).toEqual(['state', 'other', 'mine', 'a']);
  await one.commit(DELETION);
  failing.fail('lost');
  expect(await knownTo(other)).toEqual(['other']);
  expect(await knownTo(one)).toEqual(['other']);
});

test('what one process deletes in an outage, another lets go of when it is deleted in the storage', async () => {
  const { clock, failing, start } = build();
  const [one, other] = [await start(), await start()];
  await one.commit(TALK);
  await knownTo(other);
  failing.fail('lost');
  await one.commit(DELETION);
  failing.fail('none');
  await clock.advance(1_000);
  expect([one.isUp(), other.isUp()]).toEqual([true, true]);
  failing.fail('lost');
  expect(await knownTo(other)).toEqual(['other']);
});

test('what was deleted unheard is found when it is said that something was missed', async () => {
  const { clock, failing, start, gap, setHeard } = build();
  const [one, other] = [await start(), await start()];
  await one.commit(TALK);
  await knownTo(other);
  setHeard(false);
  await one.commit(DELETION);
  gap();
  await clock.advance(1_000);
  failing.fail('lost');
  expect(await knownTo(other)).toEqual(['other']);
});

test('what else comes over the bus changes nothing', async () => {
  const backplane = buildLocalBackplane();
  const letGo = jest.fn();
  await buildDeletionBus(backplane).hear({ letGo, recheck: () => undefined });
  for (const text of ['', 'x', '{}', '{"from":"x","changes":[{"kind":"put","key":"state"}]}']) {
    backplane.publish('deletions', text);
  }
  expect(letGo).not.toHaveBeenCalled();
});
