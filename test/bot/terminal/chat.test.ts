import { phrases } from '../../../bot/phrases';
import { effectText, replyTexts } from '../../../bot/terminal/chat';

test('a terminal prints a transcript whole, and says what stays on the screen after deleting', () => {
  const line = { from: 'user', text: 'x'.repeat(3_000), at: '2026-05-02T14:03:00.000Z' } as const;
  const long = Array.from({ length: 20 }, () => line);
  expect(effectText('send-transcript', long)).toContain(phrases.transcriptOpening(20, '2026-05-02 14:03', true));
  expect(effectText('send-transcript', [])).toBe(phrases.noTranscript);
  expect(effectText('delete-data', long)).toContain(phrases.dataDeleted);
  expect(effectText('none', long)).toBeUndefined();
});

test('the question whether to delete has no numbers: one may be typed by mistake', () => {
  const buttons = [{ label: phrases.confirmDelete, action: 'confirm-delete' }];
  expect(replyTexts([{ kind: 'text', text: phrases.askToDelete, buttons }], false).join()).toContain(
    `[${phrases.confirmDelete}]`,
  );
});
