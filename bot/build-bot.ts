import type { Understand } from '../knowledge/understanding';
import { parseAction } from './action';
import type { Bot } from './bot';
import type { Content } from './content';
import { type Memory, NEW_MEMORY } from './memory';
import { answerTurn, type Heard } from './turn';
import type { UserMessage } from './user-message';

/** Puts understanding and deciding together into the one function that every surface calls. */
export function buildBot(understand: Understand, content: Content): Bot {
  const hear = async (message: UserMessage): Promise<Heard> => {
    switch (message.kind) {
      case 'arrival':
      case 'unreadable':
        return message;
      case 'text':
        return { kind: 'text', understanding: await understand(message.text) };
      case 'button': {
        const action = parseAction(message.action);
        // A button that some other bot or an older version made: its words are all we have.
        return action === undefined
          ? { kind: 'text', understanding: await understand(message.label) }
          : { kind: 'action', action };
      }
    }
  };
  return {
    async respond(memory: Memory | undefined, message: UserMessage) {
      return answerTurn(memory ?? NEW_MEMORY, await hear(message), content);
    },
  };
}
