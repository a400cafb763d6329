import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Guide } from '../dialogs/guide';
import { buildOpenGuide } from '../dialogs/opening';
import {
  buildFinding,
  type CompiledKnowledge,
  compileKnowledge,
  encodedDocuments,
  type FindableKnowledge,
  type Finding,
} from '../knowledge/build-understand';
import type { Entry } from '../knowledge/entry';
import type { Knowledge } from '../knowledge/load-knowledge';
import type { SearchEntries } from '../knowledge/search-entries';
import { type Semantics, startSemantics } from '../knowledge/semantics/semantics';
import { openSentenceEncoder } from '../knowledge/semantics/sentence-encoder';
import { loadTrainedModel, type TrainedModel } from '../knowledge/trained-model';
import type { Understand } from '../knowledge/understanding';
import type { Bot } from './bot';
import { buildBot } from './build-bot';
import { type Config, PROJECT_ROOT } from './config';
import type { Content } from './content';
import { ContentError, type ContentFault } from './foundation/content-error';
import { type MakeOnce, makeAnew } from './foundation/make-once';
import { type ContentOnDisk, type ContentPlaces, loadContent } from './load-content';

/** What `npm run train` learnt. */
export const MODEL_FILE = path.join(PROJECT_ROOT, 'knowledge', 'trained-model.json');
/** Sentence vectors that come with the knowledge. */
export const SHIPPED_VECTORS = path.join(PROJECT_ROOT, 'knowledge', 'sentence-vectors.bin');
/** Those of sentences that were changed since: they lie with the build, and go when that is deleted. */
export const VECTOR_CACHE = path.join(PROJECT_ROOT, 'dist', '.sentence-vectors');
/** Where the sentences lie, worked out by the last start with the same ones. */
export const PLACES_CACHE = path.join(PROJECT_ROOT, 'dist', '.sentence-places');

/** A bot with what it was made of. */
export interface LoadedBot {
  readonly bot: Bot;
  readonly content: Content;
  readonly understand: Understand;
  readonly search: SearchEntries;
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
 * Builds the bot of content that has been read. Semantics are started, not waited for. What `previous` finds questions with is
 * taken over as far as nothing in it has changed: its understanding, or its semantics alone. Indexes that are needed are made by `once`.
 * @throws {ContentError} with all faults of the content
 */
export function assembleBot(
  onDisk: ContentOnDisk & { readonly compiled?: CompiledKnowledge | undefined },
  model: TrainedModel,
  { contact, semantic }: Pick<Config, 'contact' | 'semantic'>,
  { previous, once = makeAnew }: { readonly previous?: LoadedBot; readonly once?: MakeOnce } = {},
): LoadedBot {
  const { knowledge, guides, facts, faults, warnings, compiled } = onDisk;
  if (faults.length > 0) throw new ContentError(faults);
  const findable = findableOf({ knowledge, guides });
  const semantics = semantic ? (usableSemantics(previous, findable) ?? startSemanticsOf(knowledge, guides)) : undefined;
  const isFoundAlike =
    previous?.semantics === semantics && isDeepStrictEqual(findable, previous && findableOf(previous));
  const { understand, search }: Finding =
    previous !== undefined && isFoundAlike
      ? previous
      : buildFinding({ ...findable, compiled: compiled ?? compileKnowledge(findable, once) }, model, semantics);
  const content: Content = {
    entries: byId(knowledge.entries),
    mostAsked: knowledge.mostAsked.map(({ id }) => id),
    guides: byId(guides),
    openGuide: buildOpenGuide(guides, facts),
    intents: byId(knowledge.intents),
    glossary: knowledge.glossary,
    sources: new Map(knowledge.sources.flatMap(({ title, url, files }) => files.map((file) => [file, { title, url }]))),
    contact,
  };
  return {
    bot: buildBot(understand, content, search),
    content,
    understand,
    search,
    knowledge,
    guides,
    warnings,
    semantics,
  };
}

/** What has a say in how questions are found; of a guide that is not what it asks and advises. */
function findableOf({ knowledge, guides }: Pick<LoadedBot, 'knowledge' | 'guides'>): FindableKnowledge {
  const { entries, glossary, intents, uncovered } = knowledge;
  const topics = guides.map(({ id, title, description, utterances }) => ({ id, title, description, utterances }));
  return { entries, glossary, intents, uncovered, guides: topics };
}

/** The semantics of a bot, where they work or may yet and read the very same sentences. */
function usableSemantics(previous: LoadedBot | undefined, findable: FindableKnowledge): Semantics | undefined {
  if (previous?.semantics === undefined || previous.semantics.state().kind === 'off') return undefined;
  const sentencesOf = (knowledge: FindableKnowledge) => encodedDocuments(knowledge).map(({ utterances }) => utterances);
  return isDeepStrictEqual(sentencesOf(findable), sentencesOf(findableOf(previous))) ? previous.semantics : undefined;
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
