import type { Activity } from 'botbuilder';
import { conversationKey, placeKey } from '../../../bot/channel/conversation-key';

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
});

test('the threads of a channel are one place', () => {
  const place = (id: string) => placeKey({ channelId: 'msteams', conversation: { id } } as Activity);
  expect(place('c;messageid=1')).toBe(place('c'));
  expect(place('cc')).not.toBe(place('c'));
});
