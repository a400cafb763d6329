import type { Intent } from './intent';
import { type IntentMessage, type MatchIntent, messageKey } from './intent-matcher';
import type { AskedQuestion, Rank, Ranked } from './rank';
import type { Semantics } from './semantics/semantics';
import type { SemanticHit } from './semantics/sentence-encoder';
import type { Repair, RepairSpelling } from './spelling';
import type { Expansion, Tokenise } from './tokenise';
import type { IntentMatch } from './understanding';

/** A message read: what of it is looked for, and the courtesy it came with. */
export interface ReadMessage {
  readonly asked: AskedQuestion;
  /** By intent, how close its utterances are by sense; `undefined` without the sentence encoder. */
  readonly intentSemantics: readonly SemanticHit[] | undefined;
  /** The intent that the message is to the letter. */
  readonly exactIntent: IntentMatch | undefined;
  /** The small talk that the message opens with ("Hi, …"): the id of its intent. */
  readonly courtesy: string | undefined;
  /** Misspelled words and what they were read as. */
  readonly repairs: readonly Repair[];
  /** Spellings that were read as terms of the glossary. */
  readonly expansions: readonly Expansion[];
}

/** Reads a message up to the point where documents can be ranked for it. Never rejects. */
export type ReadQuestion = (text: string) => Promise<ReadMessage>;

/** Builds the reading of messages; `semantics` is left out for words alone. */
export function buildReadQuestion(
  intents: readonly Intent[],
  tokenise: Tokenise,
  rank: Pick<Rank, 'isWordForWord' | 'documents'>,
  matchIntent: Pick<MatchIntent, 'exact'>,
  repairSpelling: RepairSpelling,
  semantics: Semantics | undefined,
): ReadQuestion {
  const courtesies = new Map(
    intents
      .filter((intent) => intent.kind === 'smalltalk')
      .flatMap((intent) => intent.utterances.map((utterance) => [messageKey(utterance), intent.id] as const)),
  );
  return async (text) => {
    const repaired = repairSpelling(text);
    const { rest, courtesy } = withoutCourtesies(repaired.text, courtesies);
    const { tokens, expansions } = tokenise.explain(rest);
    const exactIntent =
      matchIntent.exact(text) ?? (repaired.text === text ? undefined : matchIntent.exact(repaired.text));
    // What is said word for word needs no model to be understood. Without a model nobody needs to know.
    const needsSense = semantics !== undefined && exactIntent === undefined && !rank.isWordForWord(tokens);
    const senses = needsSense ? await semantics.query(rest) : undefined;
    return {
      asked: { text: rest, tokens, semantics: senses?.slice(0, rank.documents) },
      intentSemantics: senses?.slice(rank.documents),
      exactIntent,
      courtesy,
      repairs: repaired.repairs,
      expansions,
    };
  };
}

/** A message as intents are looked for in it, once its documents are ranked. */
export function intentMessageOf(
  { text, tokens }: AskedQuestion,
  semantics: readonly SemanticHit[] | undefined,
  ranked: readonly Ranked[],
): IntentMessage {
  return { text, topicWords: new Set(tokens).size, semantics, rival: ranked[0]?.evidence };
}

/** Takes "Hi," and "Thanks!" off the ends of a message that says more, so that they cannot blur the question. */
function withoutCourtesies(
  text: string,
  courtesies: ReadonlyMap<string, string>,
): { readonly rest: string; readonly courtesy: string | undefined } {
  const clauses = text.slice(0, 2_000).split(/(?<=[,.!?;:])\s+|(?<!\s)\s*\n\s*/u);
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
