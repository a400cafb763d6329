import path from 'node:path';
import type { Guide } from '../dialogs/guide';
import { buildUnderstand, type CompiledKnowledge, encodedDocuments } from '../knowledge/build-understand';
import type { Entry } from '../knowledge/entry';
import type { Knowledge } from '../knowledge/load-knowledge';
import { type Semantics, startSemantics } from '../knowledge/semantics/semantics';
import { openSentenceEncoder } from '../knowledge/semantics/sentence-encoder';
import { loadTrainedModel, type TrainedModel } from '../knowledge/trained-model';
import type { Understand } from '../knowledge/understanding';
import type { Bot } from './bot';
import { buildBot } from './build-bot';
import { type Config, PROJECT_ROOT } from './config';
import type { Content } from './content';
import { ContentError, type ContentFault } from './foundation/content-error';
import { type ContentOnDisk, type ContentPlaces, loadContent } from './load-content';

/** What `npm run train` learnt. */
export const MODEL_FILE = path.join(PROJECT_ROOT, 'knowledge', 'trained-model.json');
/** Sentence vectors that come with the knowledge. */
export const SHIPPED_VECTORS = path.join(PROJECT_ROOT, 'knowledge', 'sentence-vectors.bin');
/** Those of sentences that were changed since: they lie with the build, and go when that is deleted. */
export const VECTOR_CACHE = path.join(PROJECT_ROOT, 'dist', '.sentence-vectors');
/** Where the sentences lie, worked out by the last start with the same ones. */
const PLACES_CACHE = path.join(PROJECT_ROOT, 'dist', '.sentence-places');

/** A bot with what it was made of. */
export interface LoadedBot {
  readonly bot: Bot;
  readonly content: Content;
  readonly understand: Understand;
  readonly knowledge: Knowledge;
  readonly guides: readonly Guide[];
  readonly warnings: readonly ContentFault[];
  /** `undefined` where questions are to be found by their words alone. */
  readonly semantics: Semantics | undefined;
}

/**
 * Loads everything and builds the bot, and waits until it is known whether it finds questions by their sense too: for commands,
 * whose answers must not depend on how quick a start was.
 * @throws {ContentError} with all faults of the content
 */
export async function loadBot(config: ContentPlaces & Pick<Config, 'contact' | 'semantic'>): Promise<LoadedBot> {
  const [onDisk, model] = await Promise.all([loadContent(config), loadTrainedModel(MODEL_FILE)]);
  const loaded = assembleBot(onDisk, model, config);
  await loaded.semantics?.settled;
  return loaded;
}

/**
 * Builds the bot of content that has been read. Semantics are started, not waited for.
 * @throws {ContentError} with all faults of the content
 */
export function assembleBot(
  onDisk: ContentOnDisk & { readonly compiled?: CompiledKnowledge | undefined },
  model: TrainedModel,
  { contact, semantic }: Pick<Config, 'contact' | 'semantic'>,
): LoadedBot {
  const { knowledge, guides, faults, warnings, compiled } = onDisk;
  if (faults.length > 0) throw new ContentError(faults);
  const semantics = semantic ? startSemanticsOf(knowledge, guides) : undefined;
  const understand = buildUnderstand({ ...knowledge, guides, compiled }, model, semantics);
  const content: Content = {
    entries: byId(knowledge.entries),
    guides: byId(guides),
    intents: byId(knowledge.intents),
    glossary: knowledge.glossary,
    contact,
  };
  return { bot: buildBot(understand, content), content, understand, knowledge, guides, warnings, semantics };
}

/** Semantics over the same documents, in the same order, as the ranking. */
export function startSemanticsOf(
  knowledge: Knowledge,
  guides: readonly Guide[],
  cacheFiles: readonly string[] = [VECTOR_CACHE, SHIPPED_VECTORS],
): Semantics {
  return startSemantics(
    () => openSentenceEncoder({ cacheFiles, placesFile: PLACES_CACHE }),
    encodedDocuments({ ...knowledge, guides }),
  );
}

function byId<T extends Pick<Entry, 'id'>>(items: readonly T[]): ReadonlyMap<string, T> {
  return new Map(items.map((item) => [item.id, item]));
}
