/** Weights of a logistic model: log odds without any feature, and for each unit of one. */
export interface LogisticModel {
  readonly bias: number;
  readonly weights: readonly number[];
}

/** Probability, 0 to 1, that a logistic model gives to some features. */
export function probabilityOf({ bias, weights }: LogisticModel, features: readonly number[]): number {
  return 1 / (1 + Math.exp(-weights.reduce((sum, weight, index) => sum + weight * features[index]!, bias)));
}

const MAX_STEPS = 50;
const SMALL_STEP = 1e-9;

/**
 * Learns a logistic model by Newton's method. `penalty` pulls the weights of the features, each divided by its spread, to 0 (L2, not
 * the bias): about 1 for some hundred examples. A feature that never changes gets the weight 0. The same examples always give the same model.
 *
 * @param examples at least one of each kind, or the bias alone is learnt
 */
export function learnLogistic(
  examples: readonly { readonly features: readonly number[]; readonly positive: boolean }[],
  penalty = 1,
): LogisticModel {
  const size = examples[0]?.features.length ?? 0;
  const means = columns(size, (i) => mean(examples.map(({ features }) => features[i]!)));
  const spreads = columns(size, (i) =>
    Math.sqrt(mean(examples.map(({ features }) => (features[i]! - means[i]!) ** 2))),
  );
  const rows = examples.map(({ features }) => [
    1,
    ...features.map((value, i) => (spreads[i]! > SMALL_STEP ? (value - means[i]!) / spreads[i]! : 0)),
  ]);
  let beta = columns(size + 1, () => 0);
  for (let step = 0; step < MAX_STEPS; step++) {
    const gradient = columns(size + 1, (i) => (i === 0 ? -1e-6 * beta[0]! : -penalty * beta[i]!));
    const curve = columns(size + 1, (i) => columns(size + 1, (j) => (i === j ? (i === 0 ? 1e-6 : penalty) : 0)));
    rows.forEach((row, index) => {
      const p = 1 / (1 + Math.exp(-dot(row, beta)));
      const off = (examples[index]!.positive ? 1 : 0) - p;
      for (let i = 0; i <= size; i++) {
        gradient[i]! += off * row[i]!;
        for (let j = 0; j <= size; j++) curve[i]![j]! += p * (1 - p) * row[i]! * row[j]!;
      }
    });
    const move = solve(curve, gradient);
    beta = beta.map((value, i) => value + move[i]!);
    if (Math.max(...move.map(Math.abs)) < SMALL_STEP) break;
  }
  const weights = columns(size, (i) => (spreads[i]! > SMALL_STEP ? beta[i + 1]! / spreads[i]! : 0));
  return { bias: beta[0]! - dot(weights, means), weights };
}

/** Decimals that learnt weights are kept with: short enough to be read, long enough to decide alike. */
const DECIMALS = 4;

/**
 * {@link learnLogistic} for features with names: the weights by name, and `bias`, rounded. All examples have the same features.
 */
export function learnNamedLogistic<Name extends string>(
  examples: readonly { readonly features: Readonly<Record<Name, number>>; readonly positive: boolean }[],
): Record<Name | 'bias', number> {
  const names = Object.keys(examples[0]?.features ?? {}) as Name[];
  const { bias, weights } = learnLogistic(
    examples.map(({ features, positive }) => ({ features: names.map((name) => features[name]), positive })),
  );
  const rounded = (value: number): number => Number(value.toFixed(DECIMALS));
  return Object.fromEntries([
    ['bias', rounded(bias)],
    ...names.map((name, index) => [name, rounded(weights[index]!)] as const),
  ]) as Record<Name | 'bias', number>;
}

/** The x of `matrix` x = `right`, by elimination with pivots; `matrix` is regular and small. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, i) => [...row, right[i]!]);
  const size = rows.length;
  for (let column = 0; column < size; column++) {
    let pivot = column;
    for (let row = column + 1; row < size; row++) {
      if (Math.abs(rows[row]![column]!) > Math.abs(rows[pivot]![column]!)) pivot = row;
    }
    [rows[column], rows[pivot]] = [rows[pivot]!, rows[column]!];
    for (let row = 0; row < size; row++) {
      if (row === column) continue;
      const factor = rows[row]![column]! / rows[column]![column]!;
      for (let i = column; i <= size; i++) rows[row]![i]! -= factor * rows[column]![i]!;
    }
  }
  return rows.map((row, i) => row[size]! / row[i]!);
}

function columns<T>(size: number, value: (index: number) => T): T[] {
  return Array.from({ length: size }, (_, index) => value(index));
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, index) => sum + value * b[index]!, 0);
}
