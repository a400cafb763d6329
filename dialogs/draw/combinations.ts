import { CHECKS } from '../checks/check';
import { decideNext, type GivenAnswer } from '../decision';
import type { Decision, Guide, Question, Target } from '../guide';

/** One combination of answers, from the first question to the end. */
export interface Combination {
  /** `question: answer` for each question asked, and `decision: result` for each check, whose result the value decides. */
  readonly steps: readonly string[];
  readonly end: Target;
}

/**
 * Every single combination of answers, one after another; a guide may have tens of thousands. A typed value counts as `known` or
 * `unknown`, and a check of known values takes each of its results in turn.
 */
export function* combinations(guide: Guide): Generator<Combination> {
  yield* from(guide, guide.start, [], new Map());
}

function* from(
  guide: Guide,
  target: Target,
  steps: readonly string[],
  given: ReadonlyMap<string, GivenAnswer>,
): Generator<Combination> {
  if (target.kind === 'question') {
    const question = guide.questions.get(target.id)!;
    for (const { picks, next } of answersTo(question)) {
      const known = new Map([...given, [question.id, { picks, value: undefined }]]);
      yield* from(guide, next, [...steps, `${question.id}: ${picks.join(' + ')}`], known);
    }
  } else if (target.kind === 'decision') {
    const decision = guide.decisions.get(target.id)!;
    if (decision.kind === 'table') yield* from(guide, decideNext(decision, given)!.next, steps, given);
    else {
      for (const result of resultsOf(decision, given)) {
        yield* from(guide, decision.results.get(result)!.next, [...steps, `${decision.id}: ${result}`], given);
      }
    }
  } else yield { steps, end: target };
}

function answersTo(question: Question): { readonly picks: readonly string[]; readonly next: Target }[] {
  const single = question.choices.map(({ id, next }) => ({ picks: [id], next }));
  switch (question.kind) {
    case 'one':
      return single;
    case 'value':
      return [{ picks: ['known'], next: question.next }, ...single];
    case 'several': {
      const joinable = question.choices.filter(({ id, alone }) => id !== 'unknown' && !alone);
      const others = single.filter(({ picks }) => !joinable.some(({ id }) => id === picks[0]));
      const subsets = Array.from({ length: 2 ** joinable.length - 1 }, (_, mask) =>
        joinable.filter((_choice, bit) => ((mask + 1) >> bit) & 1),
      );
      return [...subsets.map((all) => ({ picks: all.map(({ id }) => id), next: all[0]!.next })), ...others];
    }
  }
}

/** The results that a check may come to, given which values are known. */
function resultsOf(decision: Decision & { readonly kind: 'check' }, given: ReadonlyMap<string, GivenAnswer>): string[] {
  const known = decision.of.filter((id) => given.get(id)?.picks[0] === 'known').length;
  return [...decision.results.keys()].filter(
    (result) => (result === 'unknown') === known < CHECKS[decision.check].least,
  );
}
