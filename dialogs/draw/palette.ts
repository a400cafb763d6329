import type { NodeKind } from './diagram';

/** Quiet colours that dark text is legible on (contrast above 10 : 1), and a darker shade of each for the line around it. */
export const COLOURS: Readonly<Record<NodeKind, { readonly fill: string; readonly line: string }>> = {
  question: { fill: '#e7f0fa', line: '#5b83b0' },
  table: { fill: '#fbf3da', line: '#a98a3a' },
  check: { fill: '#fbf3da', line: '#a98a3a' },
  outcome: { fill: '#e6f4ea', line: '#5a9270' },
  guide: { fill: '#f0eaf8', line: '#8469ab' },
};

/** Of all text. */
export const INK = '#1f2933';

/** Of ids, arrows and what stands at them; legible as text on white (contrast 5.5 : 1). */
export const QUIET_INK = '#5f6b7a';
