import { buildConversationStore } from '../../../bot/channel/conversation-store';
import { NEW_MEMORY } from '../../../bot/memory';

const bounds = { maxConversations: 2, conversationIdleMs: 60_000 };

describe('the conversation store', () => {
  test('gives back what was written, and nothing for what was not', async () => {
    const store = buildConversationStore(bounds);
    await store.write({ a: { memory: NEW_MEMORY } });
    const read = await store.read(['a', 'b']);
    expect(Object.keys(read)).toEqual(['a']);
    expect(read.a.memory).toEqual({ ...NEW_MEMORY, guide: undefined });
  });

  test('gives copies: what is done to them stays out of the store', async () => {
    const store = buildConversationStore(bounds);
    const written = { memory: { list: [1] } };
    await store.write({ a: written });
    written.memory.list.push(2);
    (await store.read(['a'])).a.memory.list.push(3);
    expect((await store.read(['a'])).a.memory.list).toEqual([1]);
  });

  test('forgets the least recently used conversation first', async () => {
    const store = buildConversationStore(bounds);
    await store.write({ a: {}, b: {} });
    await store.read(['a']);
    await store.write({ c: {} });
    expect(Object.keys(await store.read(['a', 'b', 'c']))).toEqual(['a', 'c']);
  });

  test('forgets a conversation that is idle for too long', async () => {
    let now = 1_000;
    const store = buildConversationStore(bounds, () => now);
    await store.write({ a: {}, b: {} });
    now += 50_000;
    await store.read(['a']);
    now += 50_000;
    expect(Object.keys(await store.read(['a', 'b']))).toEqual(['a']);
  });

  test('deletes', async () => {
    const store = buildConversationStore(bounds);
    await store.write({ a: {} });
    await store.delete(['a', 'nobody']);
    expect(await store.read(['a'])).toEqual({});
  });

  test('overwrites with eTag * or none, and refuses a stale one', async () => {
    const store = buildConversationStore(bounds);
    await store.write({ a: { n: 1 } });
    const { eTag } = (await store.read(['a'])).a;
    await store.write({ a: { n: 2, eTag } });
    await store.write({ a: { n: 3, eTag: '*' } });
    await expect(store.write({ a: { n: 4, eTag } })).rejects.toThrow('eTag');
    expect((await store.read(['a'])).a.n).toBe(3);
  });
});
