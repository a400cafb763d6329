import type { Choice, Consequence, Question } from './guide';
import type { Answer } from './guide-state';
import { readValue } from './values/read-value';

/** What a person answered, as the guide understands it. */
export interface Reply {
  /** In its normal form: choices in the order of the question, a value as it is written in {@link readValue}. */
  readonly answer: Answer;
  /** For people: the labels of the choices, or the value. */
  readonly label: string;
  /** The choices that were made; empty for a value. */
  readonly choices: readonly Choice[];
  /** What the answer brings with it, in order. */
  readonly consequences: readonly Consequence[];
}

/**
 * An answer as a question takes it; `undefined` for anything that is no answer to it, be it from an old button, from an older
 * version of the guide or made up.
 */
export function replyOf(question: Question, answer: Answer | undefined): Reply | undefined {
  if (answer === undefined) return undefined;
  const single = question.choices.find(({ id }) => id === answer);
  if (single !== undefined && (question.kind !== 'several' || single.id === 'unknown'))
    return replyOfChoices([single], single.id);
  switch (question.kind) {
    case 'one':
      return undefined;
    case 'several': {
      if (typeof answer === 'string' || answer.length === 0) return undefined;
      const choices = question.choices.filter(({ id }) => id !== 'unknown' && answer.includes(id));
      if (choices.length !== new Set(answer).size) return undefined;
      if (choices.length > 1 && choices.some(({ alone }) => alone)) return undefined;
      return replyOfChoices(
        choices,
        choices.map(({ id }) => id),
      );
    }
    case 'value': {
      if (typeof answer !== 'string') return undefined;
      const read = readValue(question.asks, answer, { refuse: question.refuse });
      return read.ok && read.value === answer
        ? { answer, label: answer, choices: [], consequences: [question] }
        : undefined;
    }
  }
}

function replyOfChoices(choices: readonly Choice[], answer: Answer): Reply {
  return { answer, label: listOf(choices.map(({ label }) => label)), choices, consequences: choices };
}

/** "A", "A and B", "A, B and C". */
export function listOf(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}
