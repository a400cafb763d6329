/** Reads the text of a file with `parse`: anew, or what the same `parse` made of the same text under the same name before. */
export type ParseOnce = <T>(parse: (text: string, file: string) => T, text: string, file: string) => T;

/** Reads every time: for whoever reads a folder once. */
export const parseAnew: ParseOnce = (parse, text, file) => parse(text, file);

/**
 * A {@link ParseOnce} that remembers the last text of every file, and what was made of it: the very same object comes back until
 * the text is another one. It remembers files that are gone, too.
 */
export function buildParseOnce(): ParseOnce {
  const known = new Map<unknown, Map<string, { readonly text: string; readonly made: unknown }>>();
  return <T>(parse: (text: string, file: string) => T, text: string, file: string): T => {
    const files = known.get(parse) ?? known.set(parse, new Map()).get(parse)!;
    const had = files.get(file);
    if (had?.text === text) return had.made as T;
    const made = parse(text, file);
    files.set(file, { text, made });
    return made;
  };
}
