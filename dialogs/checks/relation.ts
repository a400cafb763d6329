import { partsOf, type Relation, relationOf } from '../values/address-range';

/** How one value lies to another; the figures are the two ranges or addresses that lie so, empty if a value is not known. */
export interface RelationFound {
  readonly result: Exclude<Relation, 'overlap'> | 'unknown';
  readonly figures: { readonly first: string; readonly second: string };
}

/** The strongest first. */
const STRENGTH = ['same', 'inside', 'covers', 'apart'] as const;

/**
 * How the first value lies to the second (ranges or addresses in normal form). Of lists, each range is compared with each of the
 * other: the strongest relation of any pair counts (same, then inside, covers, apart), and the first pair that has it is named.
 * `unknown` if one of the two is not known.
 */
export function findRelation([first, second]: readonly (string | undefined)[]): RelationFound {
  if (first === undefined || second === undefined) return { result: 'unknown', figures: { first: '', second: '' } };
  const pairs = partsOf(first).flatMap((one) =>
    partsOf(second).map((other) => ({ first: one, second: other, relation: relationOf(one, other) })),
  );
  for (const result of STRENGTH) {
    const pair = pairs.find(({ relation }) => relation === result);
    if (pair !== undefined) return { result, figures: { first: pair.first, second: pair.second } };
  }
  throw new Error(`Single ranges cannot merely overlap: ${first}; ${second}`);
}
