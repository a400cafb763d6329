import type { Bot } from '../../bot/bot';
import type { Memory } from '../../bot/memory';
import type { Button, Reply } from '../../bot/reply';
import { replyToMarkdown } from '../../bot/reply-text';
import type { TurnResult } from '../../bot/turn-result';
import type { UserMessage } from '../../bot/user-message';

/** One person talking to a bot. After every turn the memory goes through JSON, as it does where it is stored. */
export interface Conversation {
  say(message: UserMessage): Promise<TurnResult>;
  type(text: string): Promise<TurnResult>;
  /** Presses the button or the choice of the last replies with this label. */
  click(label: string): Promise<TurnResult>;
  arrive(): Promise<TurnResult>;
  readonly memory: Memory | undefined;
}

export function converse(bot: Bot, start?: Memory): Conversation {
  let memory = start;
  let buttons: readonly Button[] = [];
  const say = async (message: UserMessage): Promise<TurnResult> => {
    const result = await bot.respond(memory, message);
    memory = JSON.parse(JSON.stringify(result.memory)) as Memory;
    expect(memory).toEqual(result.memory);
    if (result.replies.length > 0) buttons = buttonsOf(result.replies);
    return result;
  };
  return {
    say,
    type: (text) => say({ kind: 'text', text }),
    click: (label) => {
      const button = buttons.find((one) => one.label === label);
      if (button === undefined)
        throw new Error(`no button "${label}" among ${buttons.map((one) => one.label).join(', ')}`);
      return say({ kind: 'button', ...button });
    },
    arrive: () => say({ kind: 'arrival' }),
    get memory() {
      return memory;
    },
  };
}

/** What is remembered of a turn, whether it was typed or clicked. */
export function rememberedOf({ memory: { pressed: _, ...remembered } }: TurnResult): Omit<Memory, 'pressed'> {
  return remembered;
}

/** Every button of some replies, the choices of a question first. */
export function buttonsOf(replies: readonly Reply[]): Button[] {
  return replies.flatMap((reply) => [...(reply.kind === 'question' ? reply.choices : []), ...reply.buttons]);
}

export function labelsOf({ replies }: TurnResult): string[] {
  return buttonsOf(replies).map(({ label }) => label);
}

export function textOf({ replies }: TurnResult): string {
  return replies.map(replyToMarkdown).join('\n\n');
}

/** The question that is asked last; fails where none is. */
export function questionOf({ replies }: TurnResult): Reply & { kind: 'question' } {
  const question = replies.findLast((reply) => reply.kind === 'question');
  if (question === undefined) throw new Error(`no question among: ${replies.map(({ kind }) => kind).join(', ')}`);
  return question;
}

/** The outcome that is told; fails where none is. */
export function outcomeOf({ replies }: TurnResult): Reply & { kind: 'outcome' } {
  const outcome = replies.findLast((reply) => reply.kind === 'outcome');
  if (outcome === undefined) throw new Error(`no outcome among: ${replies.map(({ kind }) => kind).join(', ')}`);
  return outcome;
}
