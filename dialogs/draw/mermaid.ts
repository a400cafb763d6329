import type { Diagram, DiagramEdge, DiagramNode, Direction, NodeKind } from './diagram';
import { COLOURS, INK, QUIET_INK } from './palette';

const SHAPES: Readonly<Record<NodeKind, readonly [string, string]>> = {
  question: ['(', ')'],
  table: ['{{', '}}'],
  check: ['{', '}'],
  outcome: ['[', ']'],
  guide: ['[[', ']]'],
};

/** A diagram in the language of Mermaid, which GitHub and many wikis draw. Ends with a line break. */
export function mermaidOf({ title, start, nodes, edges }: Diagram, direction: Direction): string {
  return [
    `flowchart ${direction}`,
    `  accTitle: ${title.replaceAll(/[\n;]/g, ' ')}`,
    `  START(( )) --> ${idOf(start)}`,
    ...nodes.map(nodeLine),
    ...edges.map(edgeLine),
    ...Object.entries(COLOURS).map(
      ([kind, { fill, line }]) => `  classDef ${kind} fill:${fill},stroke:${line},color:${INK}`,
    ),
    `  classDef begin fill:${QUIET_INK},stroke:${QUIET_INK}`,
    '  class START begin',
    '',
  ].join('\n');
}

/** Mermaid breaks the lines of nodes itself, narrower than ours. */
function nodeLine({ key, kind, name, lines }: DiagramNode): string {
  const [open, close] = SHAPES[kind];
  const text = lines.length === 0 ? '' : `<br/>${quote(lines.join(' '))}`;
  return `  ${idOf(key)}${open}"<b>${quote(name)}</b>${text}"${close}:::${kind}`;
}

function edgeLine({ from, to, lines, kind }: DiagramEdge): string {
  const arrow = kind === 'unknown' ? '-.->' : '-->';
  const label = lines.length === 0 ? '' : `|"${lines.map(quote).join('<br/>')}"|`;
  return `  ${idOf(from)} ${arrow}${label} ${idOf(to)}`;
}

/** Never a word of the language, such as `end`. */
function idOf(key: string): string {
  return `n_${key.replaceAll(/[^a-z0-9]/g, '_')}`;
}

const SIGNS: Readonly<Record<string, string>> = { '"': '#quot;', '#': '#35;', '<': '#lt;', '>': '#gt;', '&': '#amp;' };

/** "1. " at the beginning would become a list, which Mermaid does not draw. */
function quote(text: string): string {
  return text.replaceAll(/["#<>&]/g, (sign) => SIGNS[sign]!).replace(/^(\d+)\. /, '$1#46; ');
}
