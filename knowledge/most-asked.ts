import * as v from 'valibot';
import type { ContentFault } from '../bot/foundation/content-error';
import { readYaml } from '../bot/foundation/yaml-source';

/** An entry that people ask for often, and where that is written. */
export interface MostAsked {
  /** Of an entry; not checked here. */
  readonly id: string;
  readonly file: string;
  readonly line: number;
}

const MostAskedFile = v.nullable(
  v.array(v.pipe(v.string('the id of an entry is needed'), v.trim()), 'a list of entry ids is needed'),
);

/** Reads most-asked.yaml, a list of entry ids; an id that stands in it twice is a fault, no list at all is an empty one. Never throws. */
export function parseMostAsked(
  text: string,
  file: string,
): { readonly mostAsked: readonly MostAsked[]; readonly faults: readonly ContentFault[] } {
  const result = readYaml(text, file, MostAskedFile);
  if (!result.ok) return { mostAsked: [], faults: result.faults };
  const { lineOf } = result.source;
  const ids = result.source.value ?? [];
  const mostAsked: MostAsked[] = [];
  const faults: ContentFault[] = [];
  ids.forEach((id, index) => {
    const line = lineOf([index]);
    const first = mostAsked.find((one) => one.id === id);
    if (first === undefined) mostAsked.push({ id, file, line });
    else faults.push({ file, line, message: `"${id}" also stands on line ${first.line}` });
  });
  return { mostAsked, faults };
}
