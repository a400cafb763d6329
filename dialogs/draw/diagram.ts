import type { Decision, Guide, Target } from '../guide';
import { type Branch, decisionBranches, questionBranches, targetKey } from './branches';
import { shortenText, wrapText } from './text-lines';

/** From top to bottom or from left to right. */
export type Direction = 'TB' | 'LR';

/** What a node stands for; each kind has a shape and a colour of its own. */
export type NodeKind = 'question' | 'table' | 'check' | 'outcome' | 'guide';

export interface DiagramNode {
  /** Unique in the diagram; for another guide `guide:` and its id. */
  readonly key: string;
  readonly kind: NodeKind;
  /** The id as it stands in the file. */
  readonly name: string;
  /** The text below the name, in lines; may be empty. */
  readonly lines: readonly string[];
}

export interface DiagramEdge {
  readonly from: string;
  readonly to: string;
  /** What leads along here, in lines; empty where everything does. */
  readonly lines: readonly string[];
  readonly kind: Branch['kind'];
}

/** A guide as boxes and arrows, in the order of its file; what no way leads to is left out. */
export interface Diagram {
  readonly id: string;
  readonly title: string;
  /** Key of the node that everything begins with. */
  readonly start: string;
  readonly nodes: readonly DiagramNode[];
  readonly edges: readonly DiagramEdge[];
}

const NODE_WIDTH = 28;
/** A diamond is wide enough only in its middle. */
const CHECK_WIDTH = 16;
const EDGE_LENGTH = 40;
const EDGE_WIDTH = 22;
const ROW_LENGTH = 64;
const ROW_WIDTH = 34;
const MOST_ROWS = 4;

/** What is drawn of a guide, whatever it is drawn with. */
export function diagramOf(guide: Guide): Diagram {
  const handovers = new Map<string, DiagramNode>();
  const edgesFrom = (from: string, branches: readonly Branch[], linesOf: (branch: Branch) => string[]): DiagramEdge[] =>
    branches.map((branch) => {
      addHandover(handovers, branch.next);
      return { from, to: targetKey(branch.next), lines: linesOf(branch), kind: branch.kind };
    });
  const questions = [...guide.questions.values()];
  const decisions = [...guide.decisions.values()];
  const edges = [
    ...questions.flatMap((question) => edgesFrom(question.id, questionBranches(question, 'label'), labelLines)),
    ...decisions.flatMap((decision) =>
      edgesFrom(decision.id, decisionBranches(decision), decision.kind === 'table' ? rowLines : labelLines),
    ),
  ];
  const nodes: DiagramNode[] = [
    ...questions.map(({ id, text }) => ({
      key: id,
      kind: 'question' as const,
      name: id,
      lines: wrapText(text, NODE_WIDTH),
    })),
    ...decisions.map((decision) => ({
      key: decision.id,
      kind: decision.kind,
      name: decision.id,
      lines: wrapText(decisionText(decision), decision.kind === 'check' ? CHECK_WIDTH : NODE_WIDTH),
    })),
    ...[...guide.outcomes.values()].map(({ id, verdict }) => ({
      key: id,
      kind: 'outcome' as const,
      name: id,
      lines: wrapText(verdict, NODE_WIDTH),
    })),
    ...handovers.values(),
  ];
  return { id: guide.id, title: guide.title, start: targetKey(guide.start), nodes, edges };
}

function addHandover(handovers: Map<string, DiagramNode>, target: Target): void {
  if (target.kind !== 'guide') return;
  const key = targetKey(target);
  handovers.set(key, { key, kind: 'guide', name: target.id, lines: [] });
}

function decisionText(decision: Decision): string {
  if (decision.kind === 'check') return `${decision.check} of ${decision.of.join(', ')}`;
  return `by ${[...new Set(decision.rows.flatMap(({ when }) => when.map(({ question }) => question)))].join(', ')}`;
}

function labelLines({ labels }: Branch): string[] {
  return wrapText(shortenText(labels.join(' / '), EDGE_LENGTH), EDGE_WIDTH);
}

/** One or two lines for each row. */
function rowLines({ labels }: Branch): string[] {
  const shown = labels.length > MOST_ROWS ? labels.slice(0, MOST_ROWS - 1) : labels;
  const rest = labels.length - shown.length;
  return [
    ...shown.flatMap((label) => wrapText(shortenText(label, ROW_LENGTH), ROW_WIDTH)),
    ...(rest === 0 ? [] : [`… (+${rest})`]),
  ];
}
