import { targetKey } from '../../../dialogs/draw/branches';
import { combinations } from '../../../dialogs/draw/combinations';
import { waysThrough } from '../../../dialogs/draw/ways';
import type { Guide, Target } from '../../../dialogs/guide';

/** How a table is written: for a pull request or for a spreadsheet. */
export type TableForm = 'markdown' | 'tsv';

/**
 * Every way through a guide with what it leads to, line by line: grouped so that it can be read, or every single combination of
 * answers.
 */
export function* waysTable(guide: Guide, form: TableForm, all: boolean): Generator<string> {
  const line = form === 'markdown' ? markdownLine : tsvLine;
  const header = [...(all ? [] : ['from']), 'answers', 'leads to', 'verdict'];
  yield line(header);
  if (form === 'markdown') yield line(header.map(() => '---'));
  if (all) {
    for (const { steps, end } of combinations(guide)) yield line([steps.join(' → '), ...endCells(guide, end)]);
  } else {
    for (const { from, steps, end } of waysThrough(guide))
      yield line([from, steps.join(' → '), ...endCells(guide, end)]);
  }
}

function endCells(guide: Guide, end: Target): [string, string] {
  switch (end.kind) {
    case 'outcome':
      return [end.id, guide.outcomes.get(end.id)!.verdict];
    case 'guide':
      return [targetKey(end), '(another guide goes on)'];
    default:
      return [end.id, '(goes on below)'];
  }
}

function markdownLine(cells: readonly string[]): string {
  return `| ${cells.map((cell) => plain(cell).replaceAll('|', '\\|')).join(' | ')} |\n`;
}

function tsvLine(cells: readonly string[]): string {
  return `${cells.map(plain).join('\t')}\n`;
}

function plain(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
