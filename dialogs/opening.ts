import { replyOf } from './answers';
import { buildFactsSaid, type Facts } from './facts';
import type { Choice, Guide, Question } from './guide';
import type { Answer, GuideState, KnownFacts } from './guide-state';
import { choiceForNumber } from './match-reply';
import {
  compilePhrase,
  findPhrase,
  readMessage,
  type SaidMatch,
  type SaidMessage,
  type SaidPhrase,
} from './said-phrase';
import { readNumber } from './values/read-number';
import { readValue } from './values/read-value';
import type { Opening } from './walk';

/** Where facts may be known from when a guide opens. */
export interface KnownBefore {
  /** The message that opens the guide; `undefined` for a button. */
  readonly message?: string | undefined;
  /** What other guides know. */
  readonly facts?: KnownFacts;
  /** The guide that hands over. */
  readonly from?: GuideState;
}

/** Finds the answers that are known before a guide asks for them. */
export type OpenGuide = (guide: Guide, known: KnownBefore) => Opening;

interface OpeningQuestion {
  readonly question: Question;
  /** For numbers and typed values. */
  readonly said: readonly SaidPhrase[];
  readonly choices: readonly { readonly choice: Choice; readonly said: readonly SaidPhrase[] }[];
}

/**
 * Builds the opening of guides. A choice is known where the message has one of its phrases, or where all shared facts that it
 * stands for are known; a number or value where a phrase gives it or its shared fact is known. Where two choices of one
 * question fit, it is asked.
 */
export function buildOpenGuide(guides: Iterable<Guide>, facts: Facts): OpenGuide {
  const openings = new Map<string, readonly OpeningQuestion[]>();
  const factsSaid = buildFactsSaid(facts);
  for (const guide of guides) openings.set(guide.id, [...guide.questions.values()].map(compile));
  return (guide, { message, facts: before = {}, from }) => {
    const said = message === undefined ? undefined : readMessage(message);
    const known: KnownFacts = { ...before, ...(said === undefined ? {} : factsSaid(said)) };
    const answers: Record<string, Answer> = {};
    for (const opening of openings.get(guide.id) ?? []) {
      const answer = knownAnswer(opening, known, said);
      const reply = replyOf(opening.question, answer);
      if (reply !== undefined) answers[opening.question.id] = reply.answer;
    }
    return { answers, facts: known, from };
  };
}

function compile(question: Question): OpeningQuestion {
  const phrases = (texts: readonly string[], value: 'number' | 'value' | 'none'): SaidPhrase[] =>
    texts.flatMap((text) => {
      const result = compilePhrase(text, { value });
      return result.ok ? [result.phrase] : [];
    });
  return {
    question,
    said: phrases(question.said, question.kind === 'value' ? 'value' : 'number'),
    choices: question.choices.map((choice) => ({ choice, said: phrases(choice.said, 'none') })),
  };
}

function knownAnswer(
  opening: OpeningQuestion,
  facts: KnownFacts,
  message: SaidMessage | undefined,
): Answer | undefined {
  const { question } = opening;
  const typed = typedText(opening, facts, message);
  if (question.kind === 'value') {
    const read = typed === undefined ? undefined : readValue(question.asks, typed, { refuse: question.refuse });
    return read?.ok ? read.value : undefined;
  }
  if (question.kind === 'one' && question.numeric && typed !== undefined) {
    return choiceForNumber(question, readNumber(typed, question.unit))?.id;
  }
  const said = message === undefined ? [] : choicesSaid(opening, message);
  const implied = choicesImplied(question, facts);
  if (question.kind === 'several') {
    const ids = [...new Set([...said, ...implied].map(({ id }) => id))];
    return ids.length === 0 ? undefined : ids;
  }
  // What is said in so many words counts more than what follows from facts.
  const found = said.length > 0 ? said : implied;
  return found.length === 1 ? found[0]!.id : undefined;
}

/** What was written for a number or a value; `undefined` for nothing, or for two different ones. */
function typedText(
  { question, said }: OpeningQuestion,
  facts: KnownFacts,
  message: SaidMessage | undefined,
): string | undefined {
  const found = message === undefined ? [] : said.flatMap((phrase) => findPhrase(phrase, message));
  const values = [...new Set(found.flatMap(({ value }) => value ?? []))];
  if (values.length > 0) return values.length === 1 ? values[0] : undefined;
  const fact = question.fact === undefined ? undefined : facts[question.fact];
  return typeof fact === 'string' ? fact : undefined;
}

/** Choices one of whose phrases the message has. Of phrases that overlap the longer counts. */
function choicesSaid({ choices }: OpeningQuestion, message: SaidMessage): Choice[] {
  const found = choices.flatMap(({ choice, said }) =>
    said.flatMap((phrase) => findPhrase(phrase, message).map((match) => ({ ...match, choice }))),
  );
  const covers = (one: SaidMatch, other: SaidMatch): boolean =>
    one.from < other.to && other.from < one.to && one.length > other.length;
  const longest = found.filter((one) => !found.some((other) => covers(other, one)));
  return choices.flatMap(({ choice }) => (longest.some((one) => one.choice === choice) ? choice : []));
}

/** Choices all of whose facts are known; of these, those that stand for the most facts. */
function choicesImplied({ choices }: Question, known: KnownFacts): Choice[] {
  const fits = ([name, value]: [string, string]): boolean => {
    const fact = known[name];
    return fact === value || (Array.isArray(fact) && fact.includes(value));
  };
  const fitting = choices.filter(({ facts }) => Object.keys(facts).length > 0 && Object.entries(facts).every(fits));
  const most = Math.max(0, ...fitting.map(({ facts }) => Object.keys(facts).length));
  return fitting.filter(({ facts }) => Object.keys(facts).length === most);
}
