import fc from 'fast-check';
import { effectText } from '../../../bot/terminal/chat';
import { printable } from '../../../bot/terminal/printable';
import { replyToTerminal } from '../../../bot/terminal/reply-to-terminal';

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what may not be there
const OBEYED = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202e]/;
const HOSTILE = [
  '\u001b]8;;https://foreign.example\u0007click\u001b]8;;\u0007',
  '\u001b[2J\u001b[H gone',
  '\u009b2J',
  '\u001b]0;title\u001b\\',
  '\u001bP+q\u001b\\',
  'safe\r\u001b[Kforged',
  '\b\b\b',
  '\u202etxt.exe',
];

test.each(HOSTILE)('a terminal gets nothing to obey from %j', (words) => {
  const button = { label: words, action: words };
  const reply = {
    kind: 'text',
    text: `${words}\n\n\`${words}\`\n\n\`\`\`\n${words}\n\`\`\``,
    buttons: [button],
  } as const;
  expect(replyToTerminal(reply, { colours: false })).not.toMatch(OBEYED);
  expect(effectText('send-transcript', [{ from: 'user', text: words, at: '2026-01-01T00:00:00Z' }])).not.toMatch(
    OBEYED,
  );
});

test('all but control characters stays, and once is enough', () => {
  expect(printable('a\tb\r\nc é 日本 👍🏽')).toBe('a\tb\nc é 日本 👍🏽');
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(printable(text)).not.toMatch(OBEYED);
      expect(printable(printable(text))).toBe(printable(text));
    }),
  );
});
