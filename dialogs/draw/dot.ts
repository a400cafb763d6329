import type { Diagram, DiagramEdge, DiagramNode, Direction, NodeKind } from './diagram';
import { COLOURS, INK, QUIET_INK } from './palette';

/** Graphviz knows the widths of its letters. */
const FONT = 'Arial';

const SHAPES: Readonly<Record<NodeKind, string>> = {
  question: 'shape=box style="rounded,filled"',
  table: 'shape=hexagon style=filled',
  check: 'shape=diamond style=filled margin="0.02,0.06"',
  outcome: 'shape=box style=filled penwidth=2',
  guide: 'shape=folder style=filled',
};

/** A diagram in the language of Graphviz. A node that stands for another guide links to its drawing. */
export function dotOf({ id, start, nodes, edges }: Diagram, direction: Direction): string {
  return [
    `digraph ${quote(id)} {`,
    `  graph [rankdir=${direction} bgcolor=white pad=0.3 nodesep=0.3 ranksep=0.4]`,
    `  node [fontname="${FONT}" fontsize=12 fontcolor="${INK}" margin="0.18,0.1"]`,
    `  edge [fontname="${FONT}" fontsize=10 fontcolor="${QUIET_INK}" color="${QUIET_INK}" arrowsize=0.7]`,
    `  start [shape=point width=0.16 color="${QUIET_INK}"]`,
    `  start -> ${quote(start)}`,
    ...nodes.map(nodeLine),
    ...edges.map(edgeLine),
    '}',
    '',
  ].join('\n');
}

function nodeLine({ key, kind, name, lines }: DiagramNode): string {
  const { fill, line } = COLOURS[kind];
  const id = `<FONT POINT-SIZE="10" COLOR="${QUIET_INK}">${markup(name)}</FONT>`;
  const label = [id, ...lines.map(markup)].join('<BR/>');
  const link = kind === 'guide' ? ` URL=${quote(`${name}.svg`)}` : '';
  return `  ${quote(key)} [${SHAPES[kind]} fillcolor="${fill}" color="${line}"${link} label=<${label}>]`;
}

function edgeLine({ from, to, lines, kind }: DiagramEdge): string {
  const label = lines.length === 0 ? [] : [`label=<${lines.map((line) => ` ${markup(line)} `).join('<BR/>')}>`];
  const style = kind === 'unknown' ? ['style=dashed'] : [];
  const options = [...label, ...style].join(' ');
  return `  ${quote(from)} -> ${quote(to)}${options === '' ? '' : ` [${options}]`}`;
}

function quote(text: string): string {
  return `"${text.replaceAll(/["\\]/g, '\\$&')}"`;
}

const SIGNS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function markup(text: string): string {
  return text.replaceAll(/[&<>"]/g, (sign) => SIGNS[sign]!);
}
