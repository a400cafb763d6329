import { buildMemoryStorage } from '../../../bot/channel/storage/memory-storage';
import { buildTranscripts, MAX_LINE_LENGTH, MAX_LINES } from '../../../bot/channel/transcripts';
import type { TranscriptLine } from '../../../bot/transcript-text';

const line = (text: string, from: TranscriptLine['from'] = 'user', id?: string): TranscriptLine => ({
  from,
  text,
  at: '2026-05-01T10:00:00.000Z',
  ...(id === undefined ? {} : { id }),
});

function open() {
  const storage = buildMemoryStorage({ maxItems: 100 });
  const transcripts = buildTranscripts(storage, 60_000);
  const add = (conversation: string, ...lines: readonly TranscriptLine[]) =>
    storage.commit([transcripts.adding(conversation, lines)]);
  return { storage, transcripts, add };
}

describe('transcripts', () => {
  test('keep who said what, oldest first, each conversation for itself', async () => {
    const { transcripts, add } = open();
    await add('a', line('hi', 'user', 'm1'));
    await add('b', line('other'));
    await add('a', line('hello', 'bot'));
    expect(await transcripts.of('a')).toEqual([line('hi', 'user', 'm1'), line('hello', 'bot')]);
    expect(await transcripts.of('nobody')).toEqual([]);
  });

  test('keep the last messages only, and cut long ones', async () => {
    const { transcripts, add } = open();
    for (let index = 0; index < MAX_LINES + 5; index++) await add('a', line(`${index}`));
    await add('a', line('x'.repeat(MAX_LINE_LENGTH * 2)));
    const lines = await transcripts.of('a');
    expect(lines).toHaveLength(MAX_LINES);
    expect(lines[0]?.text).toBe('6');
    expect(lines.at(-1)?.text).toHaveLength(MAX_LINE_LENGTH);
  });

  test('leave what is left of a conversation, and forget all of it', async () => {
    const { storage, transcripts, add } = open();
    await add('a', line('my password', 'user', 'm1'), line('oh', 'bot'));
    await storage.commit(transcripts.leaving('a', [line('oh', 'bot')]));
    expect(await transcripts.of('a')).toEqual([line('oh', 'bot')]);
    await storage.commit([transcripts.forgetting('a')]);
    expect(await transcripts.of('a')).toEqual([]);
  });

  test('leave out what is no line of theirs', async () => {
    const { storage, transcripts, add } = open();
    const texts = ['{', 'null', '[]', '{"from":"nobody","text":"x","at":"y"}', '{"from":"bot"}'];
    await storage.commit([{ kind: 'append', log: 'said/a', texts, keep: 50, ttlMs: 60_000 }]);
    await add('a', line('hi'));
    expect(await transcripts.of('a')).toEqual([line('hi')]);
  });
});
