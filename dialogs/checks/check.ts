import type { ValueType } from '../values/read-value';
import { findOverlap } from './overlap';
import { findRelation } from './relation';
import { findSame } from './same';
import { findSubnetSize } from './subnet-size';

export type CheckName = 'overlap' | 'relation' | 'subnet-size' | 'same';

/** A computation on typed answers that a guide branches on. */
export interface Check {
  /** Every result there may be; a guide must say for each where it leads. */
  readonly results: readonly string[];
  /** Names of what texts may quote. */
  readonly figures: readonly string[];
  /** The types of values it can work on. */
  readonly types: readonly ValueType[];
  /** How many values it takes, both ends included; `most` may be infinite. */
  readonly least: number;
  readonly most: number;
  /** Works on values in normal form, `undefined` for what is not known. A figure there is none of is empty. */
  run(values: readonly (string | undefined)[]): {
    readonly result: string;
    readonly figures: Readonly<Record<string, string>>;
  };
}

/** All checks by the name that guides use. */
export const CHECKS: Readonly<Record<CheckName, Check>> = {
  overlap: {
    results: ['overlap', 'apart', 'unknown'],
    figures: ['first', 'second'],
    types: ['range', 'ranges', 'address'],
    least: 2,
    most: Number.POSITIVE_INFINITY,
    run: findOverlap,
  },
  relation: {
    results: ['same', 'covers', 'inside', 'apart', 'unknown'],
    figures: ['first', 'second'],
    types: ['range', 'ranges', 'address'],
    least: 2,
    most: 2,
    run: findRelation,
  },
  'subnet-size': {
    results: ['too-small', 'small', 'recommended', 'unknown'],
    figures: ['prefix', 'addresses'],
    types: ['range'],
    least: 1,
    most: 1,
    run: findSubnetSize,
  },
  same: {
    results: ['same', 'different', 'unknown'],
    figures: ['value'],
    types: ['asn', 'address'],
    least: 2,
    most: 2,
    run: findSame,
  },
};
