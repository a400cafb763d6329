import type { Guide, Target } from '../guide';
import { type Branch, decisionBranches, questionBranches, targetKey } from './branches';
import { rowText } from './condition-text';

/** Answers one after another, and what they lead to. */
export interface WayThrough {
  /** Where it begins: `start`, or the id of a decision or question that several ways go on from. */
  readonly from: string;
  /** Steps such as `device: yes / unknown`; a row or a result of a decision may be the first. */
  readonly steps: readonly string[];
  /** An outcome or another guide, or a decision or question that other ways begin with. */
  readonly end: Target;
}

/**
 * All ways through a guide in pieces that never multiply: from the start, and from every decision and every question after one, to
 * the next decision or to the end. Choices that lead to the same place are one step.
 */
export function waysThrough(guide: Guide): WayThrough[] {
  const ways: WayThrough[] = [];
  const begun = new Set<string>();
  const open: Target[] = [];
  const begin = (target: Target): void => {
    if (target.kind !== 'question' && target.kind !== 'decision') return;
    if (begun.has(target.id)) return;
    begun.add(target.id);
    open.push(target);
  };
  const walk = (from: string, question: string, steps: readonly string[]): void => {
    for (const { next, labels } of merged(guide, question)) {
      const now = [...steps, `${question}: ${labels}`];
      if (next.kind === 'question' && !begun.has(next.id)) walk(from, next.id, now);
      else {
        ways.push({ from, steps: now, end: next });
        begin(next);
      }
    }
  };
  begin(guide.start);
  for (let target = open.shift(); target !== undefined; target = open.shift()) {
    const from = targetKey(target) === targetKey(guide.start) ? 'start' : target.id;
    if (target.kind === 'question') {
      walk(from, target.id, []);
      continue;
    }
    for (const { step, next } of decided(guide, target.id)) {
      ways.push({ from: target.id, steps: [step], end: next });
      begin(next);
    }
  }
  return ways;
}

/** The replies to a question by what they lead to, "I don’t know" among them. */
function merged(guide: Guide, id: string): Merged[] {
  return byTarget(questionBranches(guide.questions.get(id)!, 'id'));
}

interface Merged {
  readonly next: Target;
  readonly labels: string;
}

function byTarget(branches: readonly Branch[]): Merged[] {
  const groups = new Map<string, Merged>();
  for (const { next, labels } of branches) {
    const before = groups.get(targetKey(next));
    const all = [...(before === undefined ? [] : [before.labels]), ...labels].join(' / ');
    groups.set(targetKey(next), { next, labels: all === '' ? 'any' : all });
  }
  return [...groups.values()];
}

/** One step for each row of a table, in full; the results of a check by what they lead to. */
function decided(guide: Guide, id: string): { readonly step: string; readonly next: Target }[] {
  const decision = guide.decisions.get(id)!;
  if (decision.kind === 'table') {
    return decision.rows.map((row, index) => ({
      step: row.when.length === 0 ? rowText(row) : `${index + 1}. ${rowText(row)}`,
      next: row.next,
    }));
  }
  return byTarget(decisionBranches(decision)).map(({ labels, next }) => ({
    step: `${decision.check}: ${labels}`,
    next,
  }));
}
