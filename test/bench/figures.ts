/** The value below which a share of the values lies (nearest rank); `NaN` for no values. `share` is 0 to 1. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/** The middle value. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** By how much y grows when x grows by one, by least squares. */
export function slope(points: readonly { readonly x: number; readonly y: number }[]): number {
  const meanX = points.reduce((sum, { x }) => sum + x, 0) / points.length;
  const meanY = points.reduce((sum, { y }) => sum + y, 0) / points.length;
  const along = points.reduce((sum, { x }) => sum + (x - meanX) ** 2, 0);
  return points.reduce((sum, { x, y }) => sum + (x - meanX) * (y - meanY), 0) / along;
}

/** One line of the table. */
export interface Figure {
  readonly name: string;
  readonly unit: string;
  readonly echo: number;
  readonly ours: number;
  /** How the two are compared. */
  readonly by: 'ratio' | 'difference';
  /** What ours may be at most; left out for figures without a target. */
  readonly limit?: { readonly words: string; readonly value: number };
}

/** The figures as a Markdown table. */
export function toMarkdown(figures: readonly Figure[]): string {
  const rows = figures.map(({ name, unit, echo, ours, by, limit }) => [
    name,
    `${shown(echo)} ${unit}`,
    `${shown(ours)} ${unit}`,
    by === 'ratio' ? `× ${(ours / echo).toFixed(2)}` : `${ours < echo ? '−' : '+'}${shown(Math.abs(ours - echo))}`,
    limit?.words ?? '',
    limit === undefined ? '' : ours <= limit.value ? 'ok' : 'over',
  ]);
  const lines = [
    ['figure', 'echo bot', 'this bot', 'compared', 'target', ''],
    ['---', '--:', '--:', '--:', '---', '---'],
  ];
  return [...lines, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function shown(value: number): string {
  const digits = Math.abs(value) < 10 ? 2 : Math.abs(value) < 100 ? 1 : 0;
  return value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}
