/** How many of how many, with the range in which the true share may well lie. */
export interface Share {
  readonly hits: number;
  readonly count: number;
  /** 0 to 1; 0 where `count` is 0. */
  readonly share: number;
  /** Ends of the 95 % interval, 0 to 1. */
  readonly low: number;
  readonly high: number;
}

/** The 97.5 % point of the normal distribution. */
const Z = 1.959_963_984_540_054;

/**
 * A share with its 95 % score interval, which holds for small counts and for shares near 0 and 1 too: 8 of 10 is 0.49 to 0.94. With
 * nothing counted it is 0 to 1. (E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22, 1927.)
 */
export function shareOf(hits: number, count: number): Share {
  if (count === 0) return { hits, count, share: 0, low: 0, high: 1 };
  const share = hits / count;
  const scale = 1 + Z ** 2 / count;
  const centre = (share + Z ** 2 / (2 * count)) / scale;
  const half = (Z / scale) * Math.sqrt((share * (1 - share)) / count + Z ** 2 / (4 * count ** 2));
  // The bounds at none and all are 0 and 1 exactly; computed, they miss by a rounding error.
  const low = hits === 0 ? 0 : Math.max(0, centre - half);
  const high = hits === count ? 1 : Math.min(1, centre + half);
  return { hits, count, share, low, high };
}
