import { buildTranscripts, MAX_LINE_LENGTH, MAX_LINES } from '../../../bot/channel/transcripts';

const bounds = { maxConversations: 2, conversationIdleMs: 60_000 };

describe('transcripts', () => {
  test('keep who said what, oldest first, each conversation for itself', () => {
    const transcripts = buildTranscripts(bounds);
    transcripts.add('a', 'user', 'hi');
    transcripts.add('b', 'user', 'other');
    transcripts.add('a', 'bot', 'hello');
    expect(transcripts.of('a')).toEqual([
      { from: 'user', text: 'hi', at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) },
      { from: 'bot', text: 'hello', at: expect.any(String) },
    ]);
    expect(transcripts.of('nobody')).toEqual([]);
  });

  test('keep the last messages only, and cut long ones', () => {
    const transcripts = buildTranscripts(bounds);
    for (let index = 0; index < MAX_LINES + 5; index++) transcripts.add('a', 'user', `${index}`);
    transcripts.add('a', 'user', 'x'.repeat(MAX_LINE_LENGTH * 2));
    const lines = transcripts.of('a');
    expect(lines).toHaveLength(MAX_LINES);
    expect(lines[0]?.text).toBe('6');
    expect(lines.at(-1)?.text).toHaveLength(MAX_LINE_LENGTH);
  });

  test('forget the least recently used conversation first', () => {
    const transcripts = buildTranscripts(bounds);
    for (const conversation of ['a', 'b', 'c']) transcripts.add(conversation, 'user', 'hi');
    expect(transcripts.of('a')).toEqual([]);
    expect(transcripts.of('c')).toHaveLength(1);
  });

  test('stay within their total length, whatever people write', () => {
    const transcripts = buildTranscripts({ ...bounds, maxConversations: 1_000 }, 10_000);
    for (let index = 0; index < 100; index++) transcripts.add(`${index}`, 'user', 'x'.repeat(1_000));
    const kept = Array.from({ length: 100 }, (_, index) => transcripts.of(`${index}`)).filter(
      (lines) => lines.length > 0,
    );
    expect(kept).toHaveLength(9);
    expect(transcripts.of('99')).toHaveLength(1);
  });

  test('hand out copies', () => {
    const transcripts = buildTranscripts(bounds);
    transcripts.add('a', 'user', 'hi');
    const before = transcripts.of('a');
    transcripts.add('a', 'user', 'more');
    expect(before).toHaveLength(1);
  });

  test('drop a message that was deleted, and forget a conversation', () => {
    const transcripts = buildTranscripts(bounds);
    transcripts.add('a', 'user', 'my password', 'm1');
    transcripts.add('a', 'bot', 'oh');
    transcripts.drop('a', 'm1');
    transcripts.drop('b', 'm1');
    expect(transcripts.of('a').map(({ text }) => text)).toEqual(['oh']);
    transcripts.forget('a');
    expect(transcripts.of('a')).toEqual([]);
  });
});
