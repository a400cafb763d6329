import { conditionOf } from './build-guide';
import { CHECKS } from './checks/check';
import { type GivenAnswer, holds } from './decision';
import type { Condition } from './guide';
import type { DraftDecision, DraftQuestion, GuideDraft, GuideFault } from './guide-draft';

/** Most combinations of answers that are tried out. */
const MAX_COMBINATIONS = 20_000;

export function isCheckName(name: string | undefined): name is keyof typeof CHECKS {
  return name !== undefined && Object.hasOwn(CHECKS, name);
}

/**
 * A decision is a table or a check, names questions and choices that there are, and has a way for every case. `asked` are the
 * questions that lie on every way to it; any other may not have been asked.
 */
export function checkDecision(
  decision: DraftDecision,
  draft: GuideDraft,
  asked: (question: string) => boolean,
): GuideFault[] {
  const { at, check, rows } = decision;
  if ((check === undefined) === (rows === undefined)) {
    return [
      { at, message: `the decision "${decision.id}" needs either \`rows\` or a \`check\` with \`of\` and \`results\`` },
    ];
  }
  return check === undefined ? checkTable(decision, draft, asked) : checkCheck(decision, draft);
}

function checkCheck({ id, at, check, of, results }: DraftDecision, { questions }: GuideDraft): GuideFault[] {
  if (!isCheckName(check)) return [];
  const { results: known, types, least, most } = CHECKS[check];
  const faults: GuideFault[] = [];
  if (of.length < least || of.length > most) {
    const wanted =
      least === most ? `${least}` : most === Number.POSITIVE_INFINITY ? `at least ${least}` : `${least} to ${most}`;
    faults.push({
      at: [...at, 'of'],
      message: `the check "${check}" needs ${wanted} questions in \`of\`, not ${of.length}`,
    });
  }
  for (const name of of) {
    const asks = questions.find((question) => question.id === name)?.asks;
    if (asks !== undefined && (types as readonly string[]).includes(asks)) continue;
    const found = asks === undefined ? 'is no question that asks for a value' : `asks for ${asks}`;
    faults.push({ at: [...at, 'of'], message: `"${name}" ${found}; the check "${check}" takes ${types.join(', ')}` });
  }
  for (const result of known.filter((one) => !results.includes(one))) {
    faults.push({ at, message: `the check "${id}" has no way on for the result "${result}"` });
  }
  for (const result of results.filter((one) => !known.includes(one))) {
    const message = `"${result}" is no result of the check "${check}"; results: ${known.join(', ')}`;
    faults.push({ at: [...at, 'results', result], message });
  }
  return faults;
}

function checkTable(
  decision: DraftDecision,
  { questions }: GuideDraft,
  asked: (question: string) => boolean,
): GuideFault[] {
  const faults: GuideFault[] = [];
  for (const { question: name, choices, at } of decision.rows!.flatMap(({ conditions }) => conditions)) {
    const question = questions.find(({ id }) => id === name);
    if (question === undefined) {
      faults.push({ at, message: `"${name}" is no question of this guide` });
      continue;
    }
    const known = answersTo(question);
    for (const choice of choices.filter((one) => !known.includes(one))) {
      faults.push({ at, message: `"${choice}" is no answer to "${name}"; answers: ${known.join(', ')}` });
    }
  }
  if (faults.length > 0 || decision.otherwise) return faults;
  const left = combinationWithoutRow(decision, questions, asked);
  return left === undefined ? [] : [{ at: decision.at, message: `no row is for ${left}; add one, or \`otherwise\`` }];
}

function answersTo(question: DraftQuestion): string[] {
  return question.asks === undefined ? [...question.choices.map(({ id }) => id), 'unknown'] : ['known', 'unknown'];
}

/** The first combination of answers that no row is for, in words; `undefined` for none. */
function combinationWithoutRow(
  decision: DraftDecision,
  questions: readonly DraftQuestion[],
  asked: (question: string) => boolean,
): string | undefined {
  const rows = decision.rows!.map(({ when }) =>
    Object.entries(when as Record<string, Parameters<typeof conditionOf>[1]>).map(([name, one]) =>
      conditionOf(name, one),
    ),
  );
  const named = questions.filter(({ id }) => rows.some((row) => row.some(({ question }) => question === id)));
  const hasRow = (given: ReadonlyMap<string, GivenAnswer>): boolean =>
    rows.some((row: readonly Condition[]) => row.every((condition) => holds(condition, given)));
  const given = new Map<string, GivenAnswer>();
  let tried = 0;
  const search = (index: number): string | undefined => {
    if (tried > MAX_COMBINATIONS) return 'some of its very many combinations, perhaps';
    const question = named[index];
    if (question === undefined) {
      tried += 1;
      if (hasRow(given)) return undefined;
      return named.map(({ id }) => `${id}: ${given.get(id)?.picks.join(' and ') ?? 'not asked'}`).join(', ');
    }
    for (const picks of [...(asked(question.id) ? [] : [undefined]), ...picksOf(question)]) {
      if (picks === undefined) given.delete(question.id);
      else given.set(question.id, { picks, value: undefined });
      const left = search(index + 1);
      if (left !== undefined) return left;
    }
    return undefined;
  };
  return search(0);
}

/** Every answer to a question, as what is picked. */
function picksOf(question: DraftQuestion): string[][] {
  const answers = answersTo(question);
  if (!question.several) return answers.map((id) => [id]);
  const choices = question.choices.filter(({ alone }) => !alone).map(({ id }) => id);
  const alone = question.choices.filter((choice) => choice.alone).map(({ id }) => [id]);
  const subsets = Array.from({ length: 2 ** Math.min(choices.length, 8) - 1 }, (_, mask) =>
    choices.filter((__, index) => ((mask + 1) >> index) & 1),
  );
  return [...subsets, ...alone, ['unknown']];
}
