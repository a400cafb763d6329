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
  'take-back',
  'later',
  'resume',
  'summary',
  'what-if',
  'print',
  'transcript',
  'delete-data',
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
  /** In a question with several choices. */
  | { readonly kind: 'pick' | 'unpick'; readonly guide: string; readonly question: string; readonly choice: string }
  /** What is picked is all. */
  | { readonly kind: 'done'; readonly guide: string; readonly question: string }
  | { readonly kind: 'tick' | 'untick'; readonly guide: string; readonly item: string }
  /** Begin a guide: anew, after putting the running one aside, after stopping it; or go on with one that was put aside. */
  | { readonly kind: 'begin' | 'later' | 'instead' | 'resume'; readonly guide: string }
  | { readonly kind: 'command'; readonly command: Command }
  | { readonly kind: 'none-of-these' }
  /** The answers to whether everything is to be deleted. The first counts only as the answer to that question. */
  | { readonly kind: 'confirm-delete' | 'keep-data' };

const PART = /^[\w.-]{1,200}$/;

/** The parts of each kind of action, in the order in which they are written. */
const PARTS = {
  entry: ['entry'],
  guide: ['guide'],
  begin: ['guide'],
  later: ['guide'],
  instead: ['guide'],
  resume: ['guide'],
  choice: ['guide', 'question', 'choice'],
  pick: ['guide', 'question', 'choice'],
  unpick: ['guide', 'question', 'choice'],
  change: ['guide', 'question'],
  done: ['guide', 'question'],
  tick: ['guide', 'item'],
  untick: ['guide', 'item'],
  command: ['command'],
  'none-of-these': [],
  'confirm-delete': [],
  'keep-data': [],
} as const satisfies Record<Action['kind'], readonly string[]>;

/** The one-string form of an action: its kind, and its parts after a colon: `choice:GUIDE/QUESTION/CHOICE`, `none-of-these`. */
export function formatAction(action: Action): string {
  const parts = PARTS[action.kind].map((name) => (action as unknown as Record<string, string>)[name]);
  return parts.length === 0 ? action.kind : `${action.kind}:${parts.join('/')}`;
}

/** Reads what {@link formatAction} wrote; `undefined` for anything else (channels deliver whatever a client sends). */
export function parseAction(text: string): Action | undefined {
  const colon = text.indexOf(':');
  const kind = colon < 0 ? text : text.slice(0, colon);
  if (!Object.hasOwn(PARTS, kind)) return undefined;
  const names = PARTS[kind as Action['kind']];
  const parts = colon < 0 ? [] : text.slice(colon + 1).split('/');
  if (parts.length !== names.length || !parts.every((part) => PART.test(part))) return undefined;
  if (kind === 'command' && !isCommand(parts[0]!)) return undefined;
  const action: Record<string, string> = { kind };
  for (let at = 0; at < names.length; at++) action[names[at]!] = parts[at]!;
  return action as unknown as Action;
}

/** What the button does that every open question has. */
export const WHY = formatAction({ kind: 'command', command: 'why' });
