import { type MakeOnce, makeAnew } from '../bot/foundation/make-once';
import { confidenceOf } from './confidence';
import type { Entry } from './entry';
import type { GlossaryItem } from './glossary';
import type { Intent } from './intent';
import { buildMatchIntent, type CompiledIntents, compileIntents } from './intent-matcher';
import { isQuestion } from './question-form';
import {
  buildRank,
  type CompiledRanking,
  compileRanking,
  type GuideTopic,
  type Ranked,
  writtenDocuments,
} from './rank';
import { buildReadQuestion, intentMessageOf } from './read-question';
import { buildSearchEntries, type SearchEntries } from './search-entries';
import type { Semantics } from './semantics/semantics';
import { buildRepairSpelling, type RepairSpelling, vocabularyOf } from './spelling';
import { buildTokenise } from './tokenise';
import type { ConfidenceWeights, TrainedModel } from './trained-model';
import type { UncoveredTopic } from './uncovered-topic';
import type { Candidate, Understand } from './understanding';
import { buildStemsOf } from './words';

/** How many candidates an understanding has at most. */
const MAX_CANDIDATES = 10;
/** How many documents are looked at to find them: topics that are not covered stand between them. */
const MAX_RANKED = 2 * MAX_CANDIDATES;

/** Confidence from which a topic that is not covered is named. */
const NAME_UNCOVERED_AT = 0.4;

/** What can be found by a question. */
export interface FindableKnowledge {
  readonly entries: readonly Entry[];
  readonly glossary: readonly GlossaryItem[];
  readonly guides: readonly GuideTopic[];
  readonly intents: readonly Intent[];
  readonly uncovered: readonly UncoveredTopic[];
}

/** What can be worked out before a start: plain JSON, valid for the content and the code it was made with. */
export interface CompiledKnowledge {
  readonly ranking: CompiledRanking;
  readonly intents: CompiledIntents;
  /** Words of the content and how often they stand in it, by which misspellings are put right: `word count`, one a line. */
  readonly vocabulary: string;
}

/** What the sentence encoder reads, in the order in which its hits are read: all documents, then all intents. */
export function encodedDocuments(knowledge: FindableKnowledge): readonly { readonly utterances: readonly string[] }[] {
  return [...writtenDocuments(knowledge.entries, knowledge.guides, knowledge.uncovered), ...knowledge.intents];
}

/** Does the slow part of {@link buildUnderstand} ahead of time, as plain JSON. The slowest parts are made by `once`. */
export function compileKnowledge(knowledge: FindableKnowledge, once: MakeOnce = makeAnew): CompiledKnowledge {
  const documents = writtenDocuments(knowledge.entries, knowledge.guides, knowledge.uncovered);
  const words = vocabularyOf([
    // Guides are asked for in whole stories with typing errors in them: those are not to be learnt from.
    ...documents
      .filter(({ kind }) => kind !== 'guide')
      .flatMap(({ title, utterances, body }) => [title, ...utterances, body]),
    ...knowledge.glossary.flatMap(({ term, aliases }) => [term, ...aliases]),
    ...knowledge.intents.flatMap(({ utterances }) => utterances),
  ]);
  return {
    ranking: compileRanking(documents, buildTokenise(knowledge.glossary), once),
    intents: once(compileIntents, knowledge.intents),
    vocabulary: Array.from(words, ([word, count]) => `${word} ${count}`).join('\n'),
  };
}

/** The two ways to find something: by a whole question, and while one is being typed. */
export interface Finding {
  readonly understand: Understand;
  readonly search: SearchEntries;
}

/** What is found, with what {@link compileKnowledge} made of the same knowledge; without it that is done now. */
type MaybeCompiled = FindableKnowledge & { readonly compiled?: CompiledKnowledge | undefined };

/** Builds `understand` over everything we know. Building takes some tens of milliseconds. */
export function buildUnderstand(knowledge: MaybeCompiled, model: TrainedModel, semantics?: Semantics): Understand {
  return buildFinding(knowledge, model, semantics).understand;
}

/** Builds both over the same indexes. */
export function buildFinding(knowledge: MaybeCompiled, model: TrainedModel, semantics?: Semantics): Finding {
  const toStems = buildStemsOf();
  const tokenise = buildTokenise(knowledge.glossary, toStems);
  const compiled = knowledge.compiled ?? compileKnowledge(knowledge);
  const rank = buildRank(compiled.ranking);
  const matchIntent = buildMatchIntent(knowledge.intents, compiled.intents, toStems);
  const repair = buildLazyRepair(compiled);
  const readQuestion = buildReadQuestion(knowledge.intents, tokenise, rank, matchIntent, repair, semantics);

  const understand: Understand = async (text) => {
    const { asked, intentSemantics, exactIntent, courtesy, repairs, expansions } = await readQuestion(text);
    const mode = asked.semantics === undefined ? 'lexical' : 'semantic';
    const { ranking, confidence, guideConfidence, thresholds } = model[mode];
    const ranked = rank(asked, ranking, MAX_RANKED);
    const candidates: Candidate[] = [];
    for (const { kind, id, title, score, evidence } of ranked) {
      if (kind === 'uncovered') continue;
      if (candidates.length === MAX_CANDIDATES) break;
      const weights = kind === 'guide' ? guideConfidence : confidence;
      candidates.push({ kind, id, title, score, confidence: confidenceOf(evidence, weights), evidence });
    }
    return {
      text,
      candidates,
      intent: exactIntent ?? matchIntent.match(intentMessageOf(asked, intentSemantics, ranked), model[mode].intents),
      courtesy,
      isQuestion: isQuestion(asked.text),
      uncovered: uncoveredTopic(ranked[0], confidence),
      thresholds,
      reading: { text: asked.text, tokens: asked.tokens, expansions, repairs, mode },
    };
  };
  const { entries } = knowledge;
  return {
    understand,
    search: buildSearchEntries({ entries, tokenise, repair, rank, weights: model.lexical.ranking }),
  };
}

/** The topic that leads without being covered, where it is likely enough to be named. */
function uncoveredTopic(first: Ranked | undefined, weights: ConfidenceWeights): string | undefined {
  if (first?.kind !== 'uncovered') return undefined;
  return confidenceOf(first.evidence, weights) >= NAME_UNCOVERED_AT ? first.title : undefined;
}

/** The repair of spelling, built for the first message: a start does not wait for it. */
export function buildLazyRepair({ vocabulary }: CompiledKnowledge): RepairSpelling {
  let built: RepairSpelling | undefined;
  return (text) => {
    built ??= buildRepairSpelling(
      vocabulary.split('\n').map((line): readonly [string, number] => {
        const [word = '', count] = line.split(' ');
        return [word, Number(count)];
      }),
    );
    return built(text);
  };
}
