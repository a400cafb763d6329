import type { Calibration } from './calibration';
import type { ChangedQuestion, Comparison, Reaction } from './comparison';
import type { Evaluation } from './evaluation';
import { chance, counted, percent, percentWithInterval } from './figure-text';
import type { EvaluationRow } from './metrics';
import type { OpeningFigures } from './openings';

const CONFUSIONS_SHOWN = 10;

/** An evaluation for a terminal: Markdown tables, with 95 % intervals in brackets. */
export function evaluationTable(evaluation: Evaluation): string {
  const { count, calibration, openings, confusions, comparison, latency } = evaluation;
  const sections = [figures(evaluation)];
  if (calibration.count > 0) sections.push(calibrationTable(calibration));
  if (openings !== undefined) sections.push(openingText(openings));
  if (confusions.length > 0) sections.push(confusionTable(evaluation));
  sections.push(comparison === undefined ? 'No baseline to compare with.\n' : comparisonText(comparison));
  const times = `${latency.medianMs.toFixed(2)} ms (median), ${latency.p95Ms.toFixed(2)} ms (95th percentile)`;
  sections.push(`${counted(count, 'question')}; one takes ${times}. In brackets: 95 % intervals.\n`);
  return sections.join('\n');
}

function figures({ rows, totals }: Evaluation): string {
  const withTotals = totals.flatMap((total) => {
    const ofKind = rows.filter(({ kind }) => kind === total.kind);
    return ofKind.length > 1 ? [...ofKind, total] : ofKind;
  });
  const found = withTotals.filter(({ refused }) => refused === undefined);
  const others = withTotals.filter(({ refused }) => refused !== undefined);
  const start = ({ kind, origin, count }: EvaluationRow): string[] => [kind, origin ?? 'all', String(count)];
  const tables: string[] = [];
  if (found.length > 0) {
    tables.push(
      table(
        ['kind', 'origin', 'n', 'top-1', 'top-3', 'MRR', 'right outright', 'wrong, confident', 'right guide'],
        found.map((row) => [
          ...start(row),
          percentWithInterval(row.top1),
          percentWithInterval(row.top3),
          row.meanReciprocalRank?.toFixed(2) ?? '',
          percentWithInterval(row.rightOutright),
          percentWithInterval(row.wrongConfident),
          percentWithInterval(row.guideReached),
        ]),
        2,
      ),
    );
  }
  if (others.length > 0) {
    tables.push(
      table(
        ['kind', 'origin', 'n', 'correctly refused', 'wrong, confident'],
        others.map((row) => [...start(row), percentWithInterval(row.refused), percentWithInterval(row.wrongConfident)]),
        2,
      ),
    );
  }
  return tables.join('\n');
}

function calibrationTable({ bins, count, expectedCalibrationError }: Calibration): string {
  const rows = bins
    .filter((bin) => bin.count > 0)
    .map(({ from, to, count: inBin, confidence = 0, right }) => [
      `${from.toFixed(1)}–${to.toFixed(1)}`,
      String(inBin),
      confidence.toFixed(2),
      percentWithInterval(right),
      `${confidence > right.share ? '+' : ''}${(confidence - right.share).toFixed(2)}`,
    ]);
  const title = `Confidence of the best answer: expected calibration error ${expectedCalibrationError.toFixed(3)} on ${counted(count, 'question')}`;
  return `${title}\n\n${table(['confidence', 'n', 'mean', 'truly right', 'too high by'], rows, 0)}`;
}

/** What guides took from their opening sentences. */
function openingText({ sentences, given, right, wrong, saved, amiss }: OpeningFigures): string {
  const taken = right + wrong;
  const lines = [
    `Opening sentences of guides: ${counted(sentences, 'sentence')} with ${counted(given, 'answer')}`,
    `${right} taken as meant (${percent(given === 0 ? 1 : right / given)}), ${wrong} wrongly (${percent(taken === 0 ? 0 : wrong / taken)} of those taken)`,
    `${counted(saved, 'question')} saved, ${(saved / sentences).toFixed(2)} a sentence`,
    ...(amiss.length > 0 ? [`amiss: ${amiss.join(' ')}`] : []),
  ];
  return `${lines.join('\n')}\n`;
}

function confusionTable({ confusions }: Evaluation): string {
  const shown = confusions.slice(0, CONFUSIONS_SHOWN);
  const rows = shown.map(({ entries: [first, second], firstTakenForSecond, secondTakenForFirst }) => [
    String(firstTakenForSecond.length + secondTakenForFirst.length),
    ...(firstTakenForSecond.length >= secondTakenForFirst.length ? [first, second] : [second, first]),
    [...firstTakenForSecond, ...secondTakenForFirst].join(' '),
  ]);
  const more = confusions.length > shown.length ? `and ${confusions.length - shown.length} more pairs\n` : '';
  return `Entries that fight each other\n\n${table(['n', 'expected', 'first instead', 'questions'], rows, 0, 3)}${more}`;
}

/** What the comparison came to, in words: the verdict, the measures, the questions that changed. */
export function comparisonText({ verdict, compared, added, gone, measures, changed }: Comparison): string {
  const headline = {
    worse: 'WORSE than the baseline, by more than noise.',
    better: 'Better than the baseline, by more than noise.',
    same: 'Neither better nor worse than the baseline, as far as these questions can tell.',
  }[verdict];
  const rest = [added > 0 ? `${added} new` : '', gone > 0 ? `${gone} gone` : ''].filter((part) => part !== '');
  const lines = measures.map(({ name, count, before, after, better, worse, p, verdict: one }) => {
    const shares = count === 0 ? '' : `${percent(before / count)} → ${percent(after / count)}`;
    return [name, shares, `${before} → ${after} of ${count}`, String(better), String(worse), chance(p), one];
  });
  const intro = `${headline} ${[`${counted(compared, 'question')} compared`, ...rest].join(', ')}.`;
  const figureTable = table(['against the baseline', 'share', 'questions', 'gained', 'lost', 'p', 'verdict'], lines, 1);
  if (changed.length === 0) return `${intro}\n\n${figureTable}\nNo question has another top answer or outcome.\n`;
  const other = changed.filter(({ firstChanged }) => firstChanged).length;
  const title = `${counted(other, 'question')} with another top answer, ${changed.length - other} only with another outcome`;
  return `${intro}\n\n${figureTable}\n${title}\n\n${changed.map(changeLine).join('\n')}\n`;
}

function changeLine({ id, before, after, verdict }: ChangedQuestion): string {
  const sign = { better: '+', worse: '-', same: ' ' }[verdict];
  return `${sign} ${id}: ${reactionText(before)} → ${reactionText(after)}`;
}

function reactionText({ kind, first, confidence, guide }: Reaction): string {
  const what = kind === 'guide' ? guide : first === undefined ? undefined : `${first} ${confidence.toFixed(2)}`;
  return what === undefined ? kind : `${kind} (${what})`;
}

/** A Markdown table; the first `left` columns and `leftToo` after them are left-aligned, the others right. */
function table(head: readonly string[], rows: readonly (readonly string[])[], left: number, leftToo = 0): string {
  const isLeft = (column: number): boolean => column < left || (leftToo > 0 && column >= head.length - leftToo);
  const widths = head.map((title, column) => Math.max(3, title.length, ...rows.map((row) => row[column]!.length)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => (isLeft(column) ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!))).join(' | ')} |\n`;
  const rule = widths.map((width, column) => (isLeft(column) ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`));
  return line(head) + line(rule) + rows.map(line).join('');
}
