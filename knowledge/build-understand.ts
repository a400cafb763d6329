import { confidenceOf } from './confidence';
import type { Entry } from './entry';
import type { GlossaryItem } from './glossary';
import type { Intent } from './intent';
import { buildMatchIntent, messageKey } from './intent-matcher';
import { isQuestion } from './question-form';
import { buildRank, type CompiledRanking, compileRanking, type GuideTopic, writtenDocuments } from './rank';
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
  const courtesies = new Map(
    knowledge.intents
      .filter((intent) => intent.kind === 'smalltalk')
      .flatMap((intent) => intent.utterances.map((utterance) => [messageKey(utterance), intent.id] as const)),
  );

  return async (text) => {
    const { rest, courtesy } = withoutCourtesies(text, courtesies);
    const intent = matchIntent(text);
    const tokens = tokenise(rest);
    // What is said word for word needs no model to be understood, and what has no words of meaning has no sense to look for.
    const wordForWord = intent?.exact === true || rank.isWordForWord(tokens);
    const senses = wordForWord || tokens.length === 0 ? undefined : await semantics?.query(rest);
    const mode = senses === undefined ? 'lexical' : 'semantic';
    const { ranking, confidence, thresholds } = model[mode];
    const ranked = rank({ tokens, text: rest, semantics: senses }, ranking, MAX_RANKED);
    const candidates = ranked.flatMap(({ kind, id, title, score, evidence }): Candidate[] =>
      kind === 'uncovered'
        ? []
        : [{ kind, id, title, score, confidence: confidenceOf(evidence, confidence), evidence }],
    );
    return {
      text,
      candidates: candidates.slice(0, MAX_CANDIDATES),
      intent,
      courtesy,
      isQuestion: isQuestion(rest),
      uncovered: ranked[0]?.kind === 'uncovered' ? ranked[0].title : undefined,
      thresholds,
      reading: { text: rest, tokens, mode },
    };
  };
}

/** Takes "Hi," and "Thanks!" off the ends of a message that says more, so that they cannot blur the question. */
function withoutCourtesies(
  text: string,
  courtesies: ReadonlyMap<string, string>,
): { readonly rest: string; readonly courtesy: string | undefined } {
  const clauses = text.slice(0, 2_000).split(/(?<=[,.!?;:\n])\s+/u);
  let from = 0;
  let to = clauses.length;
  let courtesy: string | undefined;
  while (from < to - 1 && courtesies.has(messageKey(clauses[from]!))) {
    courtesy ??= courtesies.get(messageKey(clauses[from]!));
    from++;
  }
  while (to > from + 1 && courtesies.has(messageKey(clauses[to - 1]!))) to--;
  return from === 0 && to === clauses.length
    ? { rest: text, courtesy }
    : { rest: clauses.slice(from, to).join(' '), courtesy };
}
