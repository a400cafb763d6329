import type { Decision, Question, Target } from '../guide';
import { rowText } from './condition-text';

/** All replies, results or rows of one question or decision that lead to the same place. */
export interface Branch {
  readonly next: Target;
  /** In the order of the file; empty where everything leads there. */
  readonly labels: readonly string[];
  /** `unknown` for what somebody who does not know takes. */
  readonly kind: 'known' | 'unknown';
}

/** How a choice is called in a branch: its label for people, its id for a list of ids. */
export type Naming = 'label' | 'id';

/** Where the replies to a question lead. "I don’t know" has a branch of its own, unless all replies lead to the same place. */
export function questionBranches(question: Question, naming: Naming): Branch[] {
  const replies = question.choices.map((choice) => ({
    next: choice.next,
    label: choice[naming],
    kind: choice.id === 'unknown' ? ('unknown' as const) : ('known' as const),
  }));
  if (question.kind === 'value') replies.unshift({ next: question.next, label: question.asks, kind: 'known' });
  return joined(replies);
}

/** Where a decision leads. The rows of a table are numbered, because the first that fits is taken. */
export function decisionBranches(decision: Decision): Branch[] {
  if (decision.kind === 'check') {
    return joined(
      [...decision.results].map(([label, { next }]) => ({
        next,
        label,
        kind: label === 'unknown' ? ('unknown' as const) : ('known' as const),
      })),
    );
  }
  return joined(
    decision.rows.map((row, index) => ({
      next: row.next,
      label: row.when.length === 0 ? rowText(row) : `${index + 1}. ${rowText(row)}`,
      kind: 'known' as const,
    })),
  );
}

/** What tells targets apart: the id, and for another guide `guide:` and its id. */
export function targetKey({ kind, id }: Target): string {
  return kind === 'guide' ? `guide:${id}` : id;
}

type Reply = Omit<Branch, 'labels'> & { readonly label: string };

function joined(replies: readonly Reply[]): Branch[] {
  const first = replies[0]!;
  if (replies.every(({ next }) => targetKey(next) === targetKey(first.next)))
    return [{ next: first.next, labels: [], kind: 'known' }];
  const branches = new Map<string, Branch>();
  for (const { next, kind, label } of replies) {
    const key = `${kind} ${targetKey(next)}`;
    branches.set(key, { next, kind, labels: [...(branches.get(key)?.labels ?? []), label] });
  }
  return [...branches.values()];
}
