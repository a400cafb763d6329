import type { Activity } from 'botbuilder';
import { buildConversationStore } from '../../../bot/channel/conversation-store';
import { conversationKey, MemoryState } from '../../../bot/channel/memory-state';

const said = (from: string, conversation: object, channelId = 'msteams') =>
  conversationKey({ channelId, from: { id: from }, conversation } as Activity);

describe('whose memory answers', () => {
  test('is the conversation’s where one person talks', () => {
    expect(said('ana', { id: 'c', conversationType: 'personal' })).toBe('msteams/conversations/c');
    expect(said('ana', { id: 'c' }, 'emulator')).toBe(said('ben', { id: 'c' }, 'emulator'));
  });

  test.each([
    { isGroup: true },
    { conversationType: 'groupChat' },
    { conversationType: 'channel' },
  ])('is each person’s own where several talk: %j', (kind) => {
    const conversation = { id: 'c', ...kind };
    expect(said('ana', conversation)).not.toBe(said('ben', conversation));
    expect(said('ana', conversation)).toBe(said('ana', conversation));
  });

  test('of the bot’s coming is everybody’s', () => {
    const conversation = { id: 'c', conversationType: 'channel' };
    for (const type of ['conversationUpdate', 'installationUpdate']) {
      const came = { type, channelId: 'msteams', from: { id: 'ana' }, conversation } as Activity;
      expect(conversationKey(came)).toBe('msteams/conversations/c');
    }
  });

  test('is forgotten for everybody in a conversation and its threads, and nowhere else', async () => {
    const store = buildConversationStore({ maxConversations: 9, conversationIdleMs: 60_000 });
    const keys = ['c/', 'c/users/ana/', 'c;messageid=1/users/ben/', 'cc/', 'd/'].map(
      (end) => `msteams/conversations/${end}`,
    );
    await store.write(Object.fromEntries(keys.map((key) => [key, {}])));
    const forgotten = await new MemoryState(store).forget({
      channelId: 'msteams',
      conversation: { id: 'c' },
    } as Activity);
    expect(forgotten).toEqual(keys.slice(0, 3).map((key) => key.slice(0, -1)));
    expect(store.dump().map(({ key }) => key)).toEqual(keys.slice(3));
  });
});
