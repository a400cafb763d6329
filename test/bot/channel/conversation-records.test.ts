import fc from 'fast-check';
import { buildConversationRecords } from '../../../bot/channel/conversation-records';
import { NO_DELIVERIES } from '../../../bot/channel/deliveries';
import { buildMemoryStorage } from '../../../bot/channel/storage/memory-storage';
import { NEW_MEMORY } from '../../../bot/memory';

const RECORD = { memory: { ...NEW_MEMORY, misses: 2 }, last: undefined, answered: { ids: ['1'], lately: [] } };

function open() {
  const storage = buildMemoryStorage({ maxItems: 100 });
  const damaged: string[] = [];
  const onDamage = (conversation: string) => void damaged.push(conversation);
  return { storage, damaged, records: buildConversationRecords({ storage, idleMs: 60_000, onDamage }) };
}

describe('the record of a conversation', () => {
  test('is nothing to begin with', async () => {
    const { records, damaged } = open();
    const nothing = { memory: undefined, last: undefined, answered: NO_DELIVERIES, eTag: null };
    expect(await records.read('c')).toEqual(nothing);
    expect(damaged).toEqual([]);
  });

  test('comes back as it was written, with the eTag that the next write must name', async () => {
    const { storage, records } = open();
    const last = { id: '1', isTyped: true, before: NEW_MEMORY };
    const change = records.writing('c', { ...RECORD, last }, null);
    await storage.commit([change]);
    expect(await records.read('c')).toEqual({ ...RECORD, last, eTag: change.eTag });
    expect(await storage.commit([records.writing('c', RECORD, null)])).toEqual({ kind: 'conflict' });
    expect((await storage.commit([records.writing('c', RECORD, change.eTag)])).kind).toBe('committed');
  });

  test('is none where it cannot be read, whatever stands there, and can be written anew', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string(), fc.json()), async (json) => {
        const { storage, records } = open();
        await storage.commit([{ kind: 'put', key: 'state/c', json, eTag: 'x', ttlMs: 60_000 }]);
        const { memory, eTag } = await records.read('c');
        expect([memory, eTag]).toEqual([undefined, 'x']);
        expect((await storage.commit([records.writing('c', RECORD, 'x')])).kind).toBe('committed');
      }),
    );
  });

  test('that is damaged is said', async () => {
    const { storage, records, damaged } = open();
    await storage.commit([{ kind: 'put', key: 'state/c', json: '{"version":1,', eTag: 'x', ttlMs: 60_000 }]);
    await records.read('c');
    expect(damaged).toEqual(['c']);
  });

  test('is found with all others of its place, until it is forgotten', async () => {
    const { storage, records } = open();
    for (const one of ['p/users/ana', 'p;messageid=1/users/ben']) await storage.commit([records.entering('p', one)]);
    expect([...(await records.within('p'))].sort()).toEqual(['p/users/ana', 'p;messageid=1/users/ben'].sort());
    await storage.commit(records.forgetting('p/users/ana'));
    await storage.commit(records.forgetting('p;messageid=1/users/ben'));
    expect(await records.within('p')).toEqual([]);
  });
});
