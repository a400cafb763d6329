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

test('conversations that nobody talks in are packed, and go on as if they were not', () => {
  const conversations = create({ maxConversations: 10_000 });
  const said = (id: number) => ({ type: 'message', text: `${id} `.repeat(500) });
  const say = (id: number): void => {
    const { conversation } = conversations.open(String(id), 'dl')!;
    conversation.append(said(id));
    conversations.touch(conversation);
  };
  for (let id = 0; id < 600; id++) say(id);
  const total = () => conversations.sizes().reduce((sum, size) => sum + size, 0);
  expect(total()).toBeLessThan(600 * 1_000 + 500 * 2_100);
  say(0);
  expect(
    conversations
      .get('0')!
      .since(0)
      .activities.map((json) => JSON.parse(json)),
  ).toEqual([said(0), said(0)]);
  expect(
    conversations
      .get('1')!
      .since(0)
      .activities.map((json) => JSON.parse(json)),
  ).toEqual([said(1)]);
  expect(conversations.sizes().filter((size) => size > 2_000)).toHaveLength(500);
});

describe('a conversation that is deleted', () => {
  test('tells its pages, hangs up on them, and is not opened again', () => {
    const conversations = create();
    const { conversation } = conversations.open('a', 'dl')!;
    const heard: string[] = [];
    conversation.listeners.add({ hear: (json) => heard.push(json), end: () => heard.push('end') });
    conversations.forget('a');
    expect(heard).toEqual([expect.stringContaining('"name":"conversation-deleted"'), 'end']);
    expect(conversations.get('a')).toBeUndefined();
    expect(conversations.open('a', 'dl')).toBeUndefined();
    conversations.touch(conversation);
    expect(conversations.get('a')).toBeUndefined();
  });

  test('may be one that nobody knows, or be deleted twice', () => {
    const conversations = create();
    conversations.forget('x');
    conversations.forget('x');
    expect(conversations.open('x', 'dl')).toBeUndefined();
  });

  test('is remembered as long as its tokens live', () => {
    let now = 1;
    const conversations = create({ deletedMs: 5_000, now: () => now });
    conversations.forget('a');
    now += 4_900;
    expect(conversations.open('a', 'dl')).toBeUndefined();
    now += 200;
    expect(conversations.open('a', 'dl')).toBeDefined();
  });
});

describe('conversations that are saved', () => {
  const said = (text: string) => ({ type: 'message', text });
  const carry = (from: ReturnType<typeof create>, to = create({ maxConversations: 10 })) => {
    to.restore(from.dump().map(({ key, usedAt, json }) => ({ key, usedAt, json })));
    return to;
  };

  test('come back as they were, deleted ones as deleted, the least recently used first', () => {
    const before = create({ maxConversations: 10 });
    for (const id of ['a', 'b', 'c']) {
      const { conversation } = before.open(id, `dl_${id}`)!;
      conversation.append(said(id));
      before.touch(conversation);
    }
    before.forget('b');
    before.get('a');
    const after = carry(carry(before));
    expect(after.dump().map(({ key }) => key)).toEqual(['c', 'b', 'a']);
    expect(after.get('a')!.since(0).activities).toEqual([JSON.stringify(said('a'))]);
    expect(after.get('c')!.userId).toBe('dl_c');
    expect([after.get('b'), after.open('b', 'dl')]).toEqual([undefined, undefined]);
    expect(after.open('a', 'dl_a')!.isNew).toBe(false);
  });

  test('are gone where their time is over, and live no longer for being looked at', async () => {
    const conversations = create({ idleMs: 60_000 });
    const at = Date.now();
    const json = create().open('x', 'dl')!.conversation.toJson();
    conversations.restore([
      { key: 'old', usedAt: at - 70_000, json },
      { key: 'new', usedAt: at - 50_000, json },
      { key: 'tomorrow', usedAt: at + 1e9, json },
      { key: 'damaged', usedAt: at, json: '{}' },
    ]);
    expect(conversations.get('old')).toBeUndefined();
    expect(conversations.get('damaged')).toBeUndefined();
    expect(conversations.get('new')).toBeDefined();
    const kept = new Map(conversations.dump().map(({ key, usedAt }) => [key, usedAt]));
    expect([...kept.keys()].sort()).toEqual(['new', 'tomorrow']);
    expect(kept.get('new')).toBeLessThan(at - 49_000);
    expect(kept.get('tomorrow')).toBeLessThanOrEqual(Date.now());
  });

  test('are saved again whenever something has changed', () => {
    const conversations = create({ maxConversations: 1 });
    const changed = (change: () => void): boolean => {
      const before = conversations.changes();
      change();
      return conversations.changes() !== before;
    };
    expect(changed(() => conversations.open('a', 'dl'))).toBe(true);
    expect(changed(() => conversations.open('a', 'dl'))).toBe(false);
    expect(changed(() => conversations.get('a'))).toBe(false);
    expect(changed(() => conversations.touch(conversations.get('a')!))).toBe(true);
    expect(changed(() => conversations.forget('a'))).toBe(true);
  });

  test('are bounded as those that begin are', () => {
    const before = create({ maxConversations: 10 });
    for (let id = 0; id < 10; id++) before.open(String(id), 'dl');
    const after = carry(before, create({ maxConversations: 3 }));
    expect(after.dump().map(({ key }) => key)).toEqual(['7', '8', '9']);
  });
});
