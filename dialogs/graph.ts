import type { Guide } from './guide';

/** What a guide's graph looks like from its first question. */
export interface Ways {
  /** Question id to the number of questions, itself included, on the longest way from it to an outcome. */
  readonly longest: ReadonlyMap<string, number>;
  /** Every question and outcome that some reply leads to, and the first question. */
  readonly reached: ReadonlySet<string>;
  /** Questions that lead back to the first of them; `undefined` for a graph without cycles. */
  readonly cycle: readonly string[] | undefined;
}

/** Walks the whole graph once, depth first. On a graph with a cycle `longest` is incomplete. */
export function longestWays(guide: Guide): Ways {
  const longest = new Map<string, number>();
  const reached = new Set<string>();
  const open: string[] = [];
  let cycle: string[] | undefined;
  const visit = (id: string): number => {
    reached.add(id);
    const known = longest.get(id);
    if (known !== undefined) return known;
    if (open.includes(id)) {
      cycle ??= [...open.slice(open.indexOf(id)), id];
      return 0;
    }
    open.push(id);
    let most = 0;
    for (const { next } of guide.questions.get(id)?.choices ?? []) {
      if (next.kind === 'question') most = Math.max(most, visit(next.id));
      else reached.add(next.id);
    }
    open.pop();
    longest.set(id, most + 1);
    return most + 1;
  };
  visit(guide.start);
  return { longest, reached, cycle };
}
