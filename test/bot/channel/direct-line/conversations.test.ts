import { Conversation } from '../../../../bot/channel/direct-line/conversation';
import { createConversations } from '../../../../bot/channel/direct-line/conversations';

const create = (options: Partial<Parameters<typeof createConversations>[0]> = {}) =>
  createConversations({ maxConversations: 3, idleMs: 1_000, ...options });

const endless = { hear: () => undefined, end: () => undefined };

describe('conversations', () => {
  test('open once and are then known', () => {
    const conversations = create();
    const first = conversations.open('a', 'dl_a')!;
    const second = conversations.open('a', 'dl_a')!;
    expect(first.isNew).toBe(true);
    expect(second).toEqual({ conversation: first.conversation, isNew: false });
    expect(conversations.get('a')).toBe(first.conversation);
    expect(conversations.get('b')).toBeUndefined();
  });

  test('the least recently used goes when there are too many, and its listeners are told', () => {
    const conversations = create();
    const ended: string[] = [];
    for (const id of ['a', 'b', 'c']) {
      conversations.open(id, 'dl')!.conversation.listeners.add({ ...endless, end: () => ended.push(id) });
    }
    conversations.get('a');
    conversations.open('d', 'dl')!;
    expect(ended).toEqual(['b']);
    expect(conversations.count).toBe(3);
    expect(conversations.get('b')).toBeUndefined();
  });

  test('one without a message for long goes; a message keeps it', () => {
    let now = 1;
    const conversations = create({ now: () => now });
    const { conversation } = conversations.open('kept', 'dl')!;
    let ended = 0;
    conversations.open('idle', 'dl')!.conversation.listeners.add({ ...endless, end: () => (ended += 1) });
    now += 900;
    conversation.append({ type: 'message', text: 'hi' });
    conversations.touch(conversation);
    now += 900;
    conversations.purge();
    expect(conversations.count).toBe(1);
    expect(conversations.get('kept')).toBe(conversation);
    expect(ended).toBe(1);
    now += 200;
    expect(conversations.get('kept')).toBeUndefined();
  });

  test('the size of all together is bounded', () => {
    const conversations = create({ maxConversations: 100, maxTotalSize: 20_000 });
    for (let id = 0; id < 50; id++) {
      const { conversation } = conversations.open(String(id), 'dl')!;
      conversation.append({ type: 'message', text: 'x'.repeat(4_000) });
      conversations.touch(conversation);
    }
    expect(conversations.sizes().reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(20_000);
    expect(conversations.get('49')).toBeDefined();
    expect(conversations.get('0')).toBeUndefined();
  });

  test('a conversation that is gone does not come back by being touched', () => {
    const conversations = create({ maxConversations: 1 });
    const { conversation } = conversations.open('a', 'dl')!;
    conversations.open('b', 'dl')!;
    conversations.touch(conversation);
    expect(conversations.get('a')).toBeUndefined();
  });
});

describe('a conversation', () => {
  test('gives every activity a time after the one before', () => {
    const conversation = new Conversation('a', 'dl', 0);
    const times = Array.from({ length: 50 }, () => conversation.nextTimestamp());
    expect([...new Set(times)].sort()).toEqual(times);
  });

  test('gives every activity an id of its own', () => {
    const conversation = new Conversation('a', 'dl', 0);
    expect(conversation.nextActivityId()).toBe('a|1');
    expect(conversation.nextActivityId()).toBe('a|2');
  });
});
