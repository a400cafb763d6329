/** One question of the training: what each candidate has of every part, and which candidates are right. */
export interface RankedExample {
  readonly candidates: readonly (readonly number[])[];
  readonly right: readonly boolean[];
}

const STEPS = 150;
/** A smaller loss than this is none. */
const SMALL_GAIN = 1e-6;

/**
 * Learns how much each part of the evidence counts, by listwise learning to rank (ListNet's softmax over the candidates, Cao et
 * al. 2007): the weights under which the right candidates of each question are likeliest, with a small pull to 0. No weight is
 * negative: more of a part must never rank a candidate lower. They add up to 1. Examples without a right candidate are left out.
 * The same examples always give the same weights.
 */
export function learnRankingWeights(examples: readonly RankedExample[], parts: number, penalty = 1): number[] {
  const usable = examples.filter(({ right }) => right.includes(true));
  let weights = Array.from({ length: parts }, () => 1);
  let loss = lossOf(usable, weights, penalty);
  let stride = 1 / Math.max(1, usable.length);
  for (let step = 0; step < STEPS; step++) {
    const gradient = gradientOf(usable, weights, penalty);
    // A step that does not help is halved; one that does may be longer next time. Where none helps we are there.
    let helped = false;
    for (let tries = 0; tries < 20 && !helped; tries++) {
      const moved = weights.map((weight, i) => Math.max(0, weight - stride * gradient[i]!));
      const movedLoss = lossOf(usable, moved, penalty);
      helped = movedLoss < loss - SMALL_GAIN;
      if (helped) {
        weights = moved;
        loss = movedLoss;
      }
      stride *= helped ? 1.5 : 0.5;
    }
    if (!helped) break;
  }
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => (sum > 0 ? weight / sum : 1 / parts));
}

function lossOf(examples: readonly RankedExample[], weights: readonly number[], penalty: number): number {
  let loss = (penalty / 2) * weights.reduce((sum, weight) => sum + weight * weight, 0);
  for (const example of examples) {
    const shares = softmax(example.candidates, weights);
    loss -= Math.log(example.right.reduce((sum, right, i) => sum + (right ? shares[i]! : 0), 1e-12));
  }
  return loss;
}

function gradientOf(examples: readonly RankedExample[], weights: readonly number[], penalty: number): number[] {
  const gradient = weights.map((weight) => penalty * weight);
  for (const { candidates, right } of examples) {
    const shares = softmax(candidates, weights);
    const rightShare = right.reduce((sum, isRight, i) => sum + (isRight ? shares[i]! : 0), 1e-12);
    candidates.forEach((candidate, i) => {
      const pull = shares[i]! - (right[i] ? shares[i]! / rightShare : 0);
      for (let part = 0; part < gradient.length; part++) gradient[part]! += pull * candidate[part]!;
    });
  }
  return gradient;
}

function softmax(candidates: readonly (readonly number[])[], weights: readonly number[]): Float64Array {
  const shares = new Float64Array(candidates.length);
  let most = Number.NEGATIVE_INFINITY;
  candidates.forEach((candidate, i) => {
    let score = 0;
    for (let part = 0; part < weights.length; part++) score += weights[part]! * candidate[part]!;
    shares[i] = score;
    most = Math.max(most, score);
  });
  let sum = 0;
  for (let i = 0; i < shares.length; i++) sum += shares[i] = Math.exp(shares[i]! - most);
  for (let i = 0; i < shares.length; i++) shares[i]! /= sum;
  return shares;
}
