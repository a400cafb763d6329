import { confidenceOf } from './confidence';
import type { Entry } from './entry';
import type { GlossaryItem } from './glossary';
import type { Intent } from './intent';
import { buildMatchIntent } from './intent-matcher';
import { isQuestion } from './question-form';
import { buildRank, type CompiledRanking, compileRanking, type GuideTopic, writtenDocuments } from './rank';
import { buildReadQuestion } from './read-question';
import type { Semantics } from './semantics/semantics';
import { buildTokenise } from './tokenise';
import type { TrainedModel } from './trained-model';
import type { UncoveredTopic } from './uncovered-topic';
import type { Candidate, Understand } from './understanding';
import { buildStemsOf } from './words';

/** How many candidates an understanding has at most. */
const MAX_CANDIDATES = 10;
/** How many documents are looked at to find them: topics that are not covered stand between them. */
const MAX_RANKED = 2 * MAX_CANDIDATES;

/** What can be found by a question. */
export interface FindableKnowledge {
  readonly entries: readonly Entry[];
  readonly glossary: readonly GlossaryItem[];
  readonly guides: readonly GuideTopic[];
  readonly uncovered: readonly UncoveredTopic[];
}

/** Does the slow part of {@link buildUnderstand} ahead of time, as plain JSON. */
export function compileKnowledge({ entries, glossary, guides, uncovered }: FindableKnowledge): CompiledRanking {
  return compileRanking(writtenDocuments(entries, guides, uncovered), buildTokenise(glossary));
}

/** Builds `understand` over everything we know. Building takes some tens of milliseconds. */
export function buildUnderstand(
  knowledge: FindableKnowledge & {
    readonly intents: readonly Intent[];
    /** What {@link compileKnowledge} made of the same knowledge; without it that is done now. */
    readonly compiled?: CompiledRanking | undefined;
  },
  model: TrainedModel,
  semantics?: Semantics,
): Understand {
  const toStems = buildStemsOf();
  const tokenise = buildTokenise(knowledge.glossary, toStems);
  const rank = buildRank(knowledge.compiled ?? compileKnowledge(knowledge));
  const matchIntent = buildMatchIntent(knowledge.intents, toStems);
  const readQuestion = buildReadQuestion(knowledge.intents, tokenise, rank, semantics);

  return async (text) => {
    const { asked, courtesy } = await readQuestion(text);
    const mode = asked.semantics === undefined ? 'lexical' : 'semantic';
    const { ranking, confidence, thresholds } = model[mode];
    const ranked = rank(asked, ranking, MAX_RANKED);
    const candidates = ranked.flatMap(({ kind, id, title, score, evidence }): Candidate[] =>
      kind === 'uncovered'
        ? []
        : [{ kind, id, title, score, confidence: confidenceOf(evidence, confidence), evidence }],
    );
    return {
      text,
      candidates: candidates.slice(0, MAX_CANDIDATES),
      intent: matchIntent(text),
      courtesy,
      isQuestion: isQuestion(asked.text),
      uncovered: ranked[0]?.kind === 'uncovered' ? ranked[0].title : undefined,
      thresholds,
      reading: { text: asked.text, tokens: asked.tokens, mode },
    };
  };
}

