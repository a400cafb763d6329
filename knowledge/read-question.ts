import type { Intent } from './intent';
import { messageKey } from './intent-matcher';
import type { AskedQuestion, Rank } from './rank';
import type { Semantics } from './semantics/semantics';
import type { Repaired, RepairSpelling } from './spelling';
import type { Expansion, Tokenise } from './tokenise';

/** A message read: what of it is looked for, and the courtesy it came with. */
export interface ReadMessage {
  readonly asked: AskedQuestion;
  /** The small talk that the message opens with ("Hi, …"): the id of its intent. */
  readonly courtesy: string | undefined;
  /** The whole message with its misspellings put right. */
  readonly repaired: Repaired;
  /** Spellings that were read as terms of the glossary. */
  readonly expansions: readonly Expansion[];
}

/** Reads a message up to the point where documents can be ranked for it. Never rejects. */
export type ReadQuestion = (text: string) => Promise<ReadMessage>;

/** Builds the reading of messages; `semantics` is left out for words alone. */
export function buildReadQuestion(
  intents: readonly Intent[],
  tokenise: Tokenise,
  rank: Pick<Rank, 'isWordForWord'>,
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
    // What is said word for word needs no model to be understood, and what has no words of meaning has no sense to look for.
    const needsSense = tokens.length > 0 && !rank.isWordForWord(tokens);
    const senses = needsSense ? await semantics?.query(rest) : undefined;
    return { asked: { text: rest, tokens, semantics: senses }, courtesy, repaired, expansions };
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
