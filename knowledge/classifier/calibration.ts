/** The scores of one example that its model had not seen, and which label is right. */
export interface JudgedScores {
  readonly scores: Float32Array;
  /** Number of the right label. */
  readonly right: number;
}

const SHARPNESS_RANGE = [0.5, 40] as const;

/** Probabilities, in the order of the scores, that sum up to 1: a softmax of the scores times the sharpness. */
export function probabilitiesOf(scores: Float32Array, sharpness: number): Float64Array {
  const highest = scores.reduce((high, score) => Math.max(high, score), Number.NEGATIVE_INFINITY);
  const powers = Float64Array.from(scores, (score) => Math.exp(sharpness * (score - highest)));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

/**
 * The sharpness with which {@link probabilitiesOf} gives the right labels the highest likelihood (temperature scaling, Guo et al.
 * 2017), 0.5 to 40, found by golden-section search. Without examples: 4.
 */
export function fitSharpness(judged: readonly JudgedScores[]): number {
  if (judged.length === 0) return 4;
  const loss = (logSharpness: number): number => {
    const sharpness = Math.exp(logSharpness);
    let sum = 0;
    for (const { scores, right } of judged) {
      let highest = Number.NEGATIVE_INFINITY;
      for (const score of scores) if (score > highest) highest = score;
      let powers = 0;
      for (const score of scores) powers += Math.exp(sharpness * (score - highest));
      sum += Math.log(powers) - sharpness * (scores[right]! - highest);
    }
    return sum;
  };
  const golden = (Math.sqrt(5) - 1) / 2;
  let [low, high] = SHARPNESS_RANGE.map(Math.log) as [number, number];
  while (high - low > 0.02) {
    const left = high - golden * (high - low);
    const right = low + golden * (high - low);
    if (loss(left) <= loss(right)) high = right;
    else low = left;
  }
  return Math.exp((low + high) / 2);
}

/** How sure the classifier was that a text is in scope, and whether its best label is right; undefined for one that is out of scope. */
export interface JudgedScope {
  readonly inScopeScore: number;
  readonly right: boolean | undefined;
}

/** Share of the in-scope texts that may be refused although their label is right, where it is known what to refuse, and else. */
const COST_OF_REFUSAL = { known: 0.0025, unknown: 0.001 };

/**
 * The in-scope score from which on a text is taken: the highest that refuses at most 0.25 % of the in-scope texts whose label is
 * right; 0.1 % where nothing is out of scope, because then there is nothing to gain. Minus infinity without a right one.
 */
export function chooseThreshold(judged: readonly JudgedScope[]): number {
  const inScope = judged.filter(({ right }) => right !== undefined);
  const scores = inScope
    .filter(({ right }) => right)
    .map(({ inScopeScore }) => inScopeScore)
    .sort((a, b) => a - b);
  const share = inScope.length < judged.length ? COST_OF_REFUSAL.known : COST_OF_REFUSAL.unknown;
  return scores[Math.floor(share * inScope.length)] ?? Number.NEGATIVE_INFINITY;
}

/**
 * Area under the ROC curve: how probable it is that a text in scope scores higher than one out of scope, ties counting half; 0 to 1,
 * undefined without examples of both. Equals the Mann-Whitney U statistic over the number of pairs.
 */
export function areaUnderRoc(inScope: readonly number[], outOfScope: readonly number[]): number | undefined {
  if (inScope.length === 0 || outOfScope.length === 0) return undefined;
  const all = [
    ...inScope.map((score) => ({ score, inside: true })),
    ...outOfScope.map((score) => ({ score, inside: false })),
  ].sort((a, b) => a.score - b.score);
  let rankSum = 0;
  for (let from = 0; from < all.length; ) {
    let to = from;
    while (to < all.length && all[to]!.score === all[from]!.score) to++;
    const rank = (from + 1 + to) / 2;
    for (let at = from; at < to; at++) if (all[at]!.inside) rankSum += rank;
    from = to;
  }
  const n = inScope.length;
  return (rankSum - (n * (n + 1)) / 2) / (n * outOfScope.length);
}
