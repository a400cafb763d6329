import { isDeepStrictEqual } from 'node:util';

/** What `make` makes of its input: anew, or what it made of an equal input the time before. */
export type MakeOnce = <I, T>(make: (input: I) => T, input: I) => T;

/** Makes it every time: for whoever starts once. */
export const makeAnew: MakeOnce = (make, input) => make(input);

/** A {@link MakeOnce} that remembers the last input of each function (by the function itself) and what was made of it. */
export function buildMakeOnce(): MakeOnce {
  const last = new Map<unknown, { readonly input: unknown; readonly made: unknown }>();
  return <I, T>(make: (input: I) => T, input: I): T => {
    const had = last.get(make);
    if (had !== undefined && isDeepStrictEqual(had.input, input)) return had.made as T;
    const made = make(input);
    last.set(make, { input, made });
    return made;
  };
}
