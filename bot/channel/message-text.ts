import type { UserMessage } from '../user-message';

/** What a person said with a message, in words: what was typed, or what the button said; empty for all else. */
export function textOf(message: UserMessage): string {
  switch (message.kind) {
    case 'text':
      return message.text;
    case 'button':
      return message.label;
    default:
      return '';
  }
}
