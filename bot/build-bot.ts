import type { Understand } from '../knowledge/understanding';
import type { Bot } from './bot';
import type { Content } from './content';
import { buildHear } from './hear';
import { type Memory, NEW_MEMORY } from './memory';
import { answerTurn } from './turn';
import type { UserMessage } from './user-message';

/** Puts understanding and deciding together into the one function that every surface calls. */
export function buildBot(understand: Understand, content: Content): Bot {
  const hear = buildHear(understand, content);
  return {
    async respond(memory: Memory = NEW_MEMORY, message: UserMessage) {
      return answerTurn(memory, await hear(memory, message), content);
    },
  };
}
