import type { Guide } from '../dialogs/guide';
import { buildUnderstand } from '../knowledge/build-understand';
import type { Entry } from '../knowledge/entry';
import type { Knowledge } from '../knowledge/load-knowledge';
import type { CompiledRanking } from '../knowledge/rank';
import type { Understand } from '../knowledge/understanding';
import type { Bot } from './bot';
import { buildBot } from './build-bot';
import type { Config } from './config';
import type { Content } from './content';
import { ContentError, type ContentFault } from './foundation/content-error';
import { type ContentOnDisk, type ContentPlaces, loadContent } from './load-content';

/** A bot with what it was made of. */
export interface LoadedBot {
  readonly bot: Bot;
  readonly content: Content;
  readonly understand: Understand;
  readonly knowledge: Knowledge;
  readonly guides: readonly Guide[];
  readonly warnings: readonly ContentFault[];
}

/**
 * Loads everything and builds the bot.
 * @throws {ContentError} with all faults of the content
 */
export async function loadBot(places: ContentPlaces & Pick<Config, 'contact'>): Promise<LoadedBot> {
  return assembleBot(await loadContent(places), places.contact);
}

/**
 * Builds the bot of content that has been read.
 * @throws {ContentError} with all faults of the content
 */
export function assembleBot(
  onDisk: ContentOnDisk & { readonly compiled?: CompiledRanking | undefined },
  contact: Config['contact'],
): LoadedBot {
  const { knowledge, guides, faults, warnings, compiled } = onDisk;
  if (faults.length > 0) throw new ContentError(faults);
  const understand = buildUnderstand({ ...knowledge, guides, compiled });
  const content: Content = {
    entries: byId(knowledge.entries),
    guides: byId(guides),
    intents: byId(knowledge.intents),
    contact,
  };
  return { bot: buildBot(understand, content), content, understand, knowledge, guides, warnings };
}

function byId<T extends Pick<Entry, 'id'>>(items: readonly T[]): ReadonlyMap<string, T> {
  return new Map(items.map((item) => [item.id, item]));
}
