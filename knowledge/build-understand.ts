import { confidenceOf } from './confidence';
import type { Entry } from './entry';
import type { GlossaryItem } from './glossary';
import type { Intent } from './intent';
import { buildMatchIntent, messageKey } from './intent-matcher';
import { isQuestion } from './question-form';
import { buildRank, type CompiledRanking, compileRanking, type GuideTopic } from './rank';
import { buildTokenise } from './tokenise';
import type { Understand } from './understanding';
import { buildStemsOf } from './words';

/** How many candidates an understanding has at most. */
const MAX_CANDIDATES = 10;

/** Does the slow part of {@link buildUnderstand} ahead of time, as plain JSON. */
export function compileKnowledge(knowledge: {
  readonly entries: readonly Entry[];
  readonly glossary: readonly GlossaryItem[];
  readonly guides: readonly GuideTopic[];
}): CompiledRanking {
  return compileRanking(knowledge.entries, knowledge.guides, buildTokenise(knowledge.glossary));
}

/** Builds `understand` over everything we know. Building takes some tens of milliseconds; a call takes well under one. */
export function buildUnderstand(knowledge: {
  readonly entries: readonly Entry[];
  readonly glossary: readonly GlossaryItem[];
  readonly intents: readonly Intent[];
  readonly guides: readonly GuideTopic[];
  /** What {@link compileKnowledge} made of the same knowledge; without it that is done now. */
  readonly compiled?: CompiledRanking | undefined;
}): Understand {
  const toStems = buildStemsOf();
  const rank = buildRank(
    knowledge.entries,
    knowledge.guides,
    buildTokenise(knowledge.glossary, toStems),
    knowledge.compiled,
  );
  const matchIntent = buildMatchIntent(knowledge.intents, toStems);
  const courtesies = new Map(
    knowledge.intents
      .filter((intent) => intent.kind === 'smalltalk')
      .flatMap((intent) => intent.utterances.map((utterance) => [messageKey(utterance), intent.id] as const)),
  );

  return async (text) => {
    const { rest, courtesy } = withoutCourtesies(text, courtesies);
    return {
      text,
      candidates: rank(rest, MAX_CANDIDATES).map(({ kind, id, title, score, evidence }) => ({
        kind,
        id,
        title,
        score,
        confidence: confidenceOf(evidence),
      })),
      intent: matchIntent(text),
      courtesy,
      isQuestion: isQuestion(rest),
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
