import type { Evidence } from '../../knowledge/understanding';
import type { Explanation } from '../explanation';

/** An explanation for the terminal: how the text was read, what was found with every score, and the rule that decided. */
export function explanationText({ rule, reading, candidates, uncovered }: Explanation): string {
  const lines = [
    `why       ${rule}`,
    `read as   ${reading.text}`,
    ...reading.repairs.map(({ from, to }) => `spelling  "${from}" as "${to}"`),
    ...reading.expansions.map(({ from, to }) => `glossary  "${from}" is "${to}"`),
    `words     ${reading.tokens.join(', ') || 'none that say anything'}`,
    `by        ${reading.mode === 'semantic' ? 'words and sense' : 'words alone'}`,
    ...(uncovered === undefined ? [] : [`nearest   "${uncovered}", which the FAQ does not cover`]),
  ];
  if (candidates.length === 0) return `${lines.join('\n')}\nfound     nothing\n`;
  const header = ['sure', 'score', ...COLUMNS.map(([name]) => name), 'found'];
  const rows = candidates.map(({ kind, id, score, confidence, evidence }) => [
    `${Math.round(100 * confidence)} %`,
    score.toFixed(2),
    ...COLUMNS.map(([, of]) => (evidence === undefined ? '' : of(evidence))),
    kind === 'guide' ? `guide ${id}` : id,
  ]);
  const widths = header.map((_, column) => Math.max(...[header, ...rows].map((row) => row[column]!.length)));
  const table = [header, ...rows].map((row) =>
    row.map((cell, column) => (column === row.length - 1 ? cell : cell.padStart(widths[column]!))).join('  '),
  );
  const matched = candidates[0]!.evidence?.matched ?? [];
  return `${[...lines, `matched   ${matched.join(', ') || 'nothing word for word'} (in the first)`, '', ...table].join('\n')}\n`;
}

/** The parts of the score are shares of the best document's; cosines are of the closest utterance. */
const COLUMNS: readonly (readonly [string, (evidence: Evidence) => string])[] = [
  ['words', ({ tokens }) => tokens.toFixed(2)],
  ['text', ({ text }) => text.toFixed(2)],
  ['pieces', ({ grams }) => grams.toFixed(2)],
  ['sense', ({ sense }) => sense.toFixed(2)],
  ['covered', ({ coverage }) => coverage.toFixed(2)],
  ['closest', ({ closest, senseClosest }) => `${closest.toFixed(2)}/${senseClosest.toFixed(2)}`],
  ['ahead', ({ margin }) => margin.toFixed(2)],
];
