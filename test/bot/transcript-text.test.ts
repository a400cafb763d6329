import fc from 'fast-check';
import { phrases } from '../../bot/phrases';
import { type TranscriptLine, transcriptText } from '../../bot/transcript-text';

const line = (from: TranscriptLine['from'], text: string, minute: number): TranscriptLine => ({
  from,
  text,
  at: new Date(Date.UTC(2026, 4, 2, 14, minute)).toISOString(),
});

describe('a transcript as plain text', () => {
  test('says how far back it goes, who said what and when, without Markdown of the bot', () => {
    const lines = [line('user', 'a **star**', 3), line('bot', '**Bold** and [a page](https://a.example)', 4)];
    expect(transcriptText(lines)).toEqual({
      count: 2,
      since: '2026-05-02 14:03',
      text: [
        phrases.transcriptOpening(2, '2026-05-02 14:03', true),
        '2026-05-02 14:03 You:\na **star**',
        '2026-05-02 14:04 Bot:\nBold and a page (https://a.example)',
      ].join('\n\n'),
    });
  });

  test('is nothing where nothing was said', () => {
    expect(transcriptText([])).toBeUndefined();
  });

  test('keeps the last messages where all would be too long, and says so', () => {
    const lines = [1, 2, 3].map((minute) => line('user', 'é'.repeat(100), minute));
    const shortened = transcriptText(lines, 500);
    expect(shortened).toMatchObject({ count: 2, since: '2026-05-02 14:02' });
    expect(shortened?.text).toContain(phrases.transcriptOpening(2, '2026-05-02 14:02', false));
  });

  test('is never much longer than it may be, whatever was said', () => {
    const anyLine = fc.record({
      from: fc.constantFrom('user' as const, 'bot' as const),
      text: fc.string({ unit: 'binary', maxLength: 300 }),
      at: fc.constant('2026-05-02T14:03:00.000Z'),
    });
    fc.assert(
      fc.property(
        fc.array(anyLine, { minLength: 1, maxLength: 30 }),
        fc.integer({ min: 1_500, max: 4_000 }),
        (lines, max) => {
          const made = transcriptText(lines, max)!;
          expect(made.count).toBeGreaterThan(0);
          expect(Buffer.byteLength(made.text)).toBeLessThan(max + 200);
        },
      ),
    );
  });
});
