import type { JudgedQuestion } from './metrics';

/** Two entries of which one was first although the other was right. */
export interface Confusion {
  /** In alphabetical order. */
  readonly entries: readonly [string, string];
  /** Questions for the first of the two that found the second, by id. */
  readonly firstTakenForSecond: readonly string[];
  /** Questions for the second that found the first. */
  readonly secondTakenForFirst: readonly string[];
}

/**
 * The pairs of entries that fight each other, most questions first, then by name. Looks at answerable questions whose first answer is
 * none of the expected; of several expected entries the best stands for all.
 */
export function confusionsOf(judged: readonly JudgedQuestion[]): Confusion[] {
  const pairs = new Map<string, { entries: [string, string]; there: string[]; back: string[] }>();
  for (const { question, result, verdict } of judged) {
    const expected = question.expected[0];
    const found = result.answers[0]?.id;
    if (question.kind !== 'answerable' || expected === undefined || found === undefined || verdict.rank === 1) continue;
    const entries: [string, string] = expected < found ? [expected, found] : [found, expected];
    const key = entries.join('\n');
    const pair = pairs.get(key) ?? { entries, there: [], back: [] };
    pairs.set(key, pair);
    (expected < found ? pair.there : pair.back).push(question.id);
  }
  return [...pairs.values()]
    .toSorted(
      (a, b) =>
        b.there.length + b.back.length - a.there.length - a.back.length ||
        (a.entries.join() < b.entries.join() ? -1 : 1),
    )
    .map(({ entries, there, back }) => ({ entries, firstTakenForSecond: there, secondTakenForFirst: back }));
}
