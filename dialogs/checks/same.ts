/** Whether two values are the same; the figure is that value, empty unless they are. */
export interface Sameness {
  readonly result: 'same' | 'different' | 'unknown';
  readonly figures: { readonly value: string };
}

/** Whether two addresses or AS numbers in normal form are the same; `unknown` if one of the two is not known. */
export function findSame([first, second]: readonly (string | undefined)[]): Sameness {
  if (first === undefined || second === undefined) return { result: 'unknown', figures: { value: '' } };
  return first === second
    ? { result: 'same', figures: { value: first } }
    : { result: 'different', figures: { value: '' } };
}
