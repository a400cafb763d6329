import type { Button, Reply } from '../reply';
import { replyToMarkdown } from '../reply-text';

const BOLD = ['\u001b[1m', '\u001b[22m'] as const;
const DIM = ['\u001b[2m', '\u001b[22m'] as const;
const CYAN = ['\u001b[36m', '\u001b[39m'] as const;

export interface TerminalStyle {
  readonly colours: boolean;
  /** Number of the first button that is listed; choices of a question have numbers of their own in the text. Default 1. */
  readonly firstButton?: number;
}

/** A reply for a terminal: Markdown with its signs turned into colours or left out, and the buttons as a numbered list. */
export function replyToTerminal(reply: Reply, { colours, firstButton = 1 }: TerminalStyle): string {
  const paint = ([on, off]: readonly [string, string], text: string): string => (colours ? `${on}${text}${off}` : text);
  const text = alignTables(replyToMarkdown(reply))
    .replace(/^```[\w-]*$/gm, '')
    .replace(/\*\*([^*]+)\*\*/g, (_, words: string) => paint(BOLD, words))
    .replace(/(^|\s)\*([^*\n]+)\*(?=\s|$)/g, (_, before: string, words: string) => before + paint(DIM, words))
    .replace(/\[([^\]]+)\]\(mailto:[^)]+\)/g, (_, words: string) => words)
    .replace(
      /\[([^\]]+)\]\((https?:[^)]+)\)/g,
      (_, words: string, address: string) => `${words} (${paint(CYAN, address)})`,
    )
    .replace(/^#{3,6}\s+(.+)$/gm, (_, words: string) => paint(BOLD, words))
    .replace(/`([^`\n]+)`/g, (_, words: string) => paint(CYAN, words))
    .replace(/\n{3,}/g, '\n\n');
  const buttons = buttonLines(reply.buttons, firstButton).map((line) => paint(CYAN, line));
  return [text, ...(buttons.length > 0 ? [buttons.join('\n')] : [])].join('\n\n');
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
    const plain = (cell: string): number => cell.replace(/\*\*|`/g, '').length;
    const widths = rows[0]!.map((_, column) =>
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

function buttonLines(buttons: readonly Button[], first: number): string[] {
  return buttons.map(({ label }, index) => `  [${first + index}] ${label}`);
}
