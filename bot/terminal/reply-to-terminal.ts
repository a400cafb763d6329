import type { Button, Reply } from '../reply';
import { replyToMarkdown } from '../reply-text';
import { printable } from './printable';

const BOLD = ['\u001b[1m', '\u001b[22m'] as const;
const DIM = ['\u001b[2m', '\u001b[22m'] as const;
const CYAN = ['\u001b[36m', '\u001b[39m'] as const;

export interface TerminalStyle {
  readonly colours: boolean;
  /** Number of the first button that is listed; choices of a question have numbers of their own in the text. Default 1. */
  readonly firstButton?: number;
  /** Whether a typed number can name a button; default yes. Under a question that a number answers it never can. */
  readonly numbered?: boolean;
}

type Paint = (colour: readonly [string, string], text: string) => string;

const FENCE = /^[ \t]*```[^\n]*$\n?/m;
// Code, strong, soft, a mail address, a link; each within one paragraph, which may have several lines.
const INLINE =
  /`((?:[^`\n]|\n(?!\n))+)`|\*\*((?:[^\n]|\n(?!\n))+?)\*\*|(?<!\S)\*(\S|\S[^*\n]*\S)\*(?![\w*])|\[([^\]]+)\]\(mailto:[^)]+\)|\[([^\]]+)\]\((https?:[^)\s]+)\)/g;

/** A reply for a terminal: Markdown with its signs turned into colours or left out, and the buttons as a list, numbered where a number names them. */
export function replyToTerminal(reply: Reply, { colours, firstButton = 1, numbered = true }: TerminalStyle): string {
  const paint: Paint = ([on, off], text) => (colours ? `${on}${text}${off}` : text);
  // Every second part is code, which is shown as it stands.
  const text = markdownOf(reply)
    .split(FENCE)
    .map((part, index) => (index % 2 === 1 ? part : showProse(part, paint)))
    .join('')
    .trimEnd();
  const takesNumbers = reply.kind === 'question' && reply.places !== 'numbers';
  const first = numbered && !takesNumbers ? firstButton : undefined;
  const buttons = buttonLines(reply.buttons, first).map((line) => paint(CYAN, line));
  return [text, ...(buttons.length > 0 ? [buttons.join('\n')] : [])].join('\n\n');
}

/** Lettered choices are paragraphs in Markdown; here they are lines like numbered ones. */
function markdownOf(reply: Reply): string {
  const markdown = printable(replyToMarkdown(reply));
  if (reply.kind !== 'question' || reply.places !== 'letters') return markdown;
  return markdown.replace(/\n\n(?=[B-Z]\. )/g, '\n');
}

function showProse(markdown: string, paint: Paint): string {
  const headed = alignTables(markdown).replace(/^#{1,6}\s+(.+)$/gm, '**$1**');
  return showInline(headed, paint).replace(/\n{3,}/g, '\n\n');
}

/** One pass, so that no sign that was put in is taken for Markdown again. */
function showInline(markdown: string, paint: Paint): string {
  return markdown.replace(
    INLINE,
    (_, code?: string, strong?: string, soft?: string, mail?: string, link?: string, to = '') => {
      if (code !== undefined) return paint(CYAN, code);
      if (strong !== undefined) return paint(BOLD, showInline(strong, paint));
      if (soft !== undefined) return paint(DIM, showInline(soft, paint));
      return mail ?? `${showInline(link ?? '', paint)} (${paint(CYAN, to)})`;
    },
  );
}

/** Pads the cells of Markdown tables so that their columns stand under each other; drops empty last rows. */
function alignTables(markdown: string): string {
  return markdown.replace(/(?:^[ \t]*\|.*\|[ \t]*$\n?)+/gm, (table) => {
    const rows = table
      .trim()
      .split('\n')
      .map((line) =>
        line
          .trim()
          .slice(1, -1)
          .split('|')
          .map((cell) => cell.trim()),
      )
      .filter((cells) => cells.some((cell) => cell !== ''));
    const header = rows.find((cells) => !isRule(cells));
    if (header === undefined) return table;
    const plain = (cell: string): number => showInline(cell, (_, words) => words).length;
    const widths = header.map((_, column) =>
      Math.max(...rows.filter((cells) => !isRule(cells)).map((cells) => plain(cells[column] ?? ''))),
    );
    const lines = rows.map((cells) =>
      widths
        .map((width, column) => {
          if (isRule(cells)) return '-'.repeat(width);
          const cell = cells[column] ?? '';
          return cell + ' '.repeat(Math.max(0, width - plain(cell)));
        })
        .join('  ')
        .trimEnd(),
    );
    return `${lines.join('\n')}\n`;
  });
}

function isRule(cells: readonly string[]): boolean {
  return cells.every((cell) => /^:?-+:?$/.test(cell));
}

function buttonLines(buttons: readonly Button[], first: number | undefined): string[] {
  return buttons.map(({ label }, index) =>
    printable(first === undefined ? `  [${label}]` : `  [${first + index}] ${label}`),
  );
}
