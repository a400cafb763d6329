import { CHECKS } from './checks/check';
import type { Condition, Consequence, Decision, Target } from './guide';
import type { Answer } from './guide-state';

/** What an answer counts as in a condition: ids of choices; `known` or `unknown` for a typed value. */
export interface GivenAnswer {
  readonly picks: readonly string[];
  /** The typed value; `undefined` for choices and where it is not known. */
  readonly value: string | undefined;
}

/** What a decision came to. */
export interface Decided extends Consequence {
  readonly next: Target;
  /** Figures of a check for texts, by name; empty for a table. */
  readonly figures: Readonly<Record<string, string>>;
}

/** An answer as conditions see it. */
export function givenAnswer(answer: Answer, isValue: boolean): GivenAnswer {
  if (!isValue) return { picks: typeof answer === 'string' ? [answer] : answer, value: undefined };
  return answer === 'unknown' || typeof answer !== 'string'
    ? { picks: ['unknown'], value: undefined }
    : { picks: ['known'], value: answer };
}

/**
 * Where the answers given on the way lead: the first row of a table whose conditions all hold, or the result of a check.
 * `undefined` where a table has no row for them, which a checked guide never has.
 */
export function decideNext(decision: Decision, given: ReadonlyMap<string, GivenAnswer>): Decided | undefined {
  if (decision.kind === 'table') {
    const row = decision.rows.find(({ when }) => when.every((condition) => holds(condition, given)));
    return row && { ...row, figures: {} };
  }
  const { result, figures } = CHECKS[decision.check].run(decision.of.map((id) => given.get(id)?.value));
  const found = decision.results.get(result);
  return found && { ...found, figures };
}

/** Whether a condition holds. On a question that was not asked only "none of these" does. */
export function holds({ question, any, all, only, none }: Condition, given: ReadonlyMap<string, GivenAnswer>): boolean {
  const picks = given.get(question)?.picks;
  if (picks === undefined) return any === undefined && all === undefined && only === undefined;
  return (
    (any === undefined || any.some((id) => picks.includes(id))) &&
    (all === undefined || all.every((id) => picks.includes(id))) &&
    (only === undefined || picks.every((id) => only.includes(id))) &&
    (none === undefined || !none.some((id) => picks.includes(id)))
  );
}
