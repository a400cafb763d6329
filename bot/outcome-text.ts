import { phrases } from './phrases';
import type { Reply } from './reply';
import { monthAndYear } from './reply-text';

/**
 * An outcome as plain text for a mail or a ticket: guide, verdict, reasons, steps or checklist, sources and date, without any
 * Markdown signs. Empty parts leave no gap.
 */
export function outcomeToPlainText(outcome: Reply & { readonly kind: 'outcome' }): string {
  const { guideTitle, verdict, explanation, reasons, ruledOut, nextSteps, checklist, cites, asOf } = outcome;
  return [
    guideTitle,
    verdict,
    explanation,
    list(phrases.reasons, reasons.map(bullet)),
    list(
      phrases.ruledOut,
      ruledOut.map(({ what, because }) => bullet(because === '' ? what : `${what}: ${because}`)),
    ),
    list(phrases.nextSteps, nextSteps.map(numbered)),
    list(
      phrases.checklist,
      checklist.map(({ text, done }, index) => `${done ? '☑' : '☐'} ${numbered(text, index)}`),
    ),
    list(
      phrases.sources,
      cites.map(({ title }) => bullet(title)),
    ),
    phrases.asOf(monthAndYear(asOf)),
  ]
    .filter((part) => part !== '')
    .map(withoutMarkdown)
    .join('\n\n');
}

function list(heading: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : [`${heading}:`, ...lines].join('\n');
}

function bullet(text: string): string {
  return `- ${text}`;
}

function numbered(text: string, index: number): string {
  return `${index + 1}. ${text}`;
}

/** Markdown without its signs. Link texts keep their address behind them: whoever reads the copy cannot click. */
export function withoutMarkdown(text: string): string {
  return text
    .replace(/\[([^\]]+)\]\((?:mailto:)?([^()\s]+)\)/g, (_, words: string, to: string) =>
      words === to ? words : `${words} (${to})`,
    )
    .replace(/\*\*([^*\n]+)\*\*|`([^`\n]+)`/g, (_, strong?: string, code?: string) => strong ?? code ?? '')
    .replace(/(?<![\w*])\*(\S|\S[^*\n]*\S)\*(?![\w*])/g, '$1');
}
