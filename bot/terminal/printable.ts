// Everything but tab and new line: a terminal obeys them, so content or typed text could clear the screen or forge a link.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const COMMANDS = /\r(?=\n)|[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

/** The text without control characters and changes of direction; tabs and line breaks stay. Idempotent. */
export function printable(text: string): string {
  return text.replace(COMMANDS, '');
}
