import type { SearchEntries } from '../knowledge/search-entries';
import type { Understand } from '../knowledge/understanding';
import type { Bot } from './bot';
import type { Content } from './content';
import { buildFaqSearch } from './faq-search';
import { buildHear } from './hear';
import { type Memory, NEW_MEMORY } from './memory';
import { unwatched } from './stage';
import { answerTurn } from './turn';
import type { UserMessage } from './user-message';

const FINDS_NOTHING: SearchEntries = () => [];

/** Puts understanding, deciding and searching together into what every surface calls. Default: a search finds nothing but what is most asked. */
export function buildBot(understand: Understand, content: Content, search: SearchEntries = FINDS_NOTHING): Bot {
  const hear = buildHear(understand, content);
  return {
    search: buildFaqSearch(search, content),
    async respond(memory: Memory = NEW_MEMORY, message: UserMessage, during = unwatched) {
      const heard = await during('understand', () => hear(memory, message));
      return during('respond', () => answerTurn(memory, heard, content));
    },
  };
}
