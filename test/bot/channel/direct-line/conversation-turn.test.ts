import { buildLocalBackplane } from '../../../../bot/channel/backplane/local-backplane';
import { buildConversationBus } from '../../../../bot/channel/direct-line/conversation-bus';
import { type KeptProgress, openConversationTurn } from '../../../../bot/channel/direct-line/conversation-turn';
import { buildMemoryStorage } from '../../../../bot/channel/storage/memory-storage';

const UNBEGUN: KeptProgress = { answered: 0, attempts: 0, grown: 0, eTag: null };

function build() {
  const storage = buildMemoryStorage({ maxItems: 100 });
  const bus = buildConversationBus(buildLocalBackplane());
  const open = (seq: number, progress: KeptProgress) =>
    openConversationTurn({
      storage,
      bus,
      conversationId: 'c',
      at: seq,
      seq,
      activityId: `c|${seq}`,
      progress,
      idleMs: 60_000,
      deletedMs: 60_000,
    });
  const texts = async () => (await storage.readLog('chat/c', 0)).map(({ text }) => JSON.parse(text).text);
  return { storage, open, texts };
}

const message = (text: string) => ({ type: 'message', text, conversation: { id: 'c' } as never });

describe('a turn', () => {
  test('says nothing before its commit, and that once', async () => {
    const { open, texts } = build();
    const turn = open(1, UNBEGUN);
    turn.say(message('hi'));
    expect(await texts()).toEqual([]);
    await turn.commit([]);
    expect(await texts()).toEqual(['hi']);
    expect(turn.isCommitted).toBe(true);
    await turn.commit([{ kind: 'put', key: 'more', json: '1', eTag: 'x', ttlMs: 1_000 }]);
    expect(await texts()).toEqual(['hi']);
  });

  test('that somebody else has made meanwhile changes nothing', async () => {
    const { storage, open, texts } = build();
    const [first, second] = [open(1, UNBEGUN), open(1, UNBEGUN)];
    first.say(message('first'));
    second.say(message('second'));
    await first.commit([]);
    const memory = { kind: 'put', key: 'memory', json: '2', eTag: 'x', ttlMs: 60_000 } as const;
    expect((await second.commit([memory])).kind).toBe('conflict');
    await expect(second.forget('bye')).rejects.toThrow();
    expect(await texts()).toEqual(['first']);
    expect(await storage.read(['memory'])).toEqual(new Map());
    const next = open(2, first.progress);
    next.say(message('next'));
    expect((await next.commit([])).kind).toBe('committed');
  });

  test('that is run anew says what it says then, under the same ids', async () => {
    const { open, texts } = build();
    const turn = open(1, UNBEGUN);
    const id = turn.say(message('once'));
    turn.reset();
    expect(turn.say(message('anew'))).toBe(id);
    await turn.commit([]);
    expect(await texts()).toEqual(['anew']);
  });

  test('that forgets its conversation takes everything along, with the changes that it was given', async () => {
    const { storage, open, texts } = build();
    await storage.commit([{ kind: 'put', key: 'memory', json: '1', eTag: 'x', ttlMs: 60_000 }]);
    const before = open(1, UNBEGUN);
    before.say(message('my name is Ada'));
    await before.commit([]);
    const turn = open(2, before.progress);
    turn.add({ kind: 'delete', key: 'memory' });
    turn.say(message('bye'));
    await turn.forget('bye');
    expect([turn.isOver, turn.isCommitted, await texts()]).toEqual([true, true, []]);
    expect((await storage.read(['memory', 'chat/c'])).get('chat/c')!.json).toBe('{"deleted":true}');
    expect((await storage.read(['memory'])).size).toBe(0);
  });
});
