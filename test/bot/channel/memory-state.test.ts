import type { Activity } from 'botbuilder';
import { conversationKey } from '../../../bot/channel/memory-state';

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
});
