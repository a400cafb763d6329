import type { Share } from './share';

/** A share as whole percent: `72 %`; empty for none. */
export function percent(share: number | undefined): string {
  return share === undefined ? '' : `${(100 * share).toFixed(0)} %`;
}

/** A share with its 95 % interval: `72 % (57–83)`; empty for none. */
export function percentWithInterval(share: Share | undefined): string {
  if (share === undefined) return '';
  return `${percent(share.share)} (${(100 * share.low).toFixed(0)}–${(100 * share.high).toFixed(0)})`;
}

/** A chance with two significant digits, never as 0: `0.031`, `< 0.001`. */
export function chance(p: number): string {
  return p < 0.001 ? '< 0.001' : String(Number(p.toPrecision(2)));
}

/** A number of things: `1 question`, `2 questions`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
