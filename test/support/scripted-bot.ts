import type { Bot } from '../../bot/bot';
import { type Memory, NEW_MEMORY } from '../../bot/memory';
import type { Reply } from '../../bot/reply';
import type { TurnOutcome, TurnResult } from '../../bot/turn-result';
import type { UserMessage } from '../../bot/user-message';

const OUTCOME: TurnOutcome = {
  kind: 'smalltalk',
  answers: [],
  guide: undefined,
  guidesOffered: [],
  confidence: 1,
  miss: undefined,
  guideMoves: undefined,
  explanation: undefined,
};

/** A plain reply without buttons. */
export function say(text: string): Reply {
  return { kind: 'text', text, buttons: [] };
}

/** The result of a turn that says `replies` and remembers `memory`. */
export function turn(memory: Memory, replies: readonly Reply[], changes: Partial<TurnResult> = {}): TurnResult {
  return { memory, replies, outcome: OUTCOME, effect: 'none', ...changes };
}

/**
 * A bot with just enough of a brain for the edge's tests. It greets once, counts its turns in `memory.misses`, and answers
 * typed text with `COUNT: TEXT`; `overrides` answer instead for the texts they name. Every message it gets is in `heard`. It finds nothing, unless `search` does.
 */
export function scriptedBot(
  overrides: Readonly<Record<string, (memory: Memory) => TurnResult | Promise<TurnResult>>> = {},
  search: Bot['search'] = () => [],
): Bot & { readonly heard: UserMessage[] } {
  const heard: UserMessage[] = [];
  return {
    heard,
    search,
    async respond(memory = NEW_MEMORY, message) {
      heard.push(message);
      const next: Memory = { ...memory, misses: memory.misses + 1 };
      switch (message.kind) {
        case 'arrival':
          return memory.greeted ? turn(memory, []) : turn({ ...memory, greeted: true }, [say('hello')]);
        case 'unreadable':
          return turn(next, [say('cannot read that')]);
        case 'button':
          return turn(next, [say(`pressed ${message.action} (${message.label})`)]);
        case 'text': {
          const override = Object.hasOwn(overrides, message.text) ? overrides[message.text] : undefined;
          return override?.(memory) ?? turn(next, [say(`${next.misses}: ${message.text}`)]);
        }
      }
    },
  };
}
