import { addressCount } from '../values/address-range';

/** Whether a range is large enough for a gateway subnet; the figures are like "/28" and "16", empty if it is not known. */
export interface SubnetSize {
  readonly result: 'too-small' | 'small' | 'recommended' | 'unknown';
  readonly figures: { readonly prefix: string; readonly addresses: string };
}

/** Longest prefix that a gateway subnet can have, and longest that is recommended. */
const LONGEST_POSSIBLE = 29;
const LONGEST_RECOMMENDED = 27;

/** The size of one range in normal form: /30 and smaller are too small, /29 and /28 small, /27 and larger recommended. */
export function findSubnetSize([range]: readonly (string | undefined)[]): SubnetSize {
  if (range === undefined) return { result: 'unknown', figures: { prefix: '', addresses: '' } };
  const prefix = Number(range.split('/')[1]);
  const figures = { prefix: `/${prefix}`, addresses: String(addressCount(prefix)) };
  if (prefix > LONGEST_POSSIBLE) return { result: 'too-small', figures };
  return { result: prefix > LONGEST_RECOMMENDED ? 'small' : 'recommended', figures };
}
