/** The commands that work at any time, typed or clicked. */
export const COMMANDS = [
  'help',
  'what-can-you-do',
  'show-guides',
  'talk-to-a-human',
  'cancel',
  'start-over',
  'back',
  'why',
  'change-answer',
] as const;

export type Command = (typeof COMMANDS)[number];

/** Whether a name is one of the commands: content must not promise another. */
export function isCommand(name: string): name is Command {
  return COMMANDS.includes(name as Command);
}

/** What a button does. Buttons travel through channels as one string (see {@link formatAction}). */
export type Action =
  | { readonly kind: 'entry'; readonly entry: string }
  | { readonly kind: 'guide'; readonly guide: string }
  | { readonly kind: 'choice'; readonly guide: string; readonly question: string; readonly choice: string }
  | { readonly kind: 'change'; readonly guide: string; readonly question: string }
  | { readonly kind: 'command'; readonly command: Command }
  | { readonly kind: 'none-of-these' };

const PART = /^[\w.-]{1,200}$/;

/**
 * The one-string form of an action: `entry:ID`, `guide:ID`, `choice:GUIDE/QUESTION/CHOICE`, `change:GUIDE/QUESTION`,
 * `command:NAME` or `none-of-these`.
 */
export function formatAction(action: Action): string {
  switch (action.kind) {
    case 'entry':
      return `entry:${action.entry}`;
    case 'guide':
      return `guide:${action.guide}`;
    case 'choice':
      return `choice:${action.guide}/${action.question}/${action.choice}`;
    case 'change':
      return `change:${action.guide}/${action.question}`;
    case 'command':
      return `command:${action.command}`;
    case 'none-of-these':
      return 'none-of-these';
  }
}

/** Reads what {@link formatAction} wrote; `undefined` for anything else (channels deliver whatever a client sends). */
export function parseAction(text: string): Action | undefined {
  if (text === 'none-of-these') return { kind: 'none-of-these' };
  const colon = text.indexOf(':');
  const kind = text.slice(0, colon);
  const parts = text.slice(colon + 1).split('/');
  if (colon < 1 || !parts.every((part) => PART.test(part))) return undefined;
  const [first, second, third] = parts as [string, string?, string?];
  switch (`${kind}/${parts.length}`) {
    case 'entry/1':
      return { kind: 'entry', entry: first };
    case 'guide/1':
      return { kind: 'guide', guide: first };
    case 'choice/3':
      return { kind: 'choice', guide: first, question: second!, choice: third! };
    case 'change/2':
      return { kind: 'change', guide: first, question: second! };
    case 'command/1':
      return isCommand(first) ? { kind: 'command', command: first } : undefined;
    default:
      return undefined;
  }
}
