import * as v from 'valibot';
import type { ContentFault } from '../bot/foundation/content-error';
import { readYaml, strictFields } from '../bot/foundation/yaml-source';

/** A public page on which entries can be read on. */
export interface SourcePage {
  readonly title: string;
  /** An https address. */
  readonly url: string;
  /** The source files whose entries stand on it. */
  readonly files: readonly string[];
}

const Line = (what: string) => v.pipe(v.string(`${what} is needed`), v.trim(), v.nonEmpty(`${what} is needed`));
const SourcesFile = v.array(
  strictFields({
    title: Line('a title'),
    url: v.pipe(
      Line('an address'),
      v.url('this is no address'),
      v.startsWith('https://', 'an https address is needed'),
    ),
    files: v.pipe(v.array(Line('the name of a file')), v.minLength(1, 'at least one file is needed')),
  }),
  'a list of pages is needed',
);

/** Reads sources.yaml; a file that stands on two pages is a fault. Never throws. */
export function parseSourcePages(
  text: string,
  file: string,
): { readonly pages: readonly SourcePage[]; readonly faults: readonly ContentFault[] } {
  const result = readYaml(text, file, SourcesFile);
  if (!result.ok) return { pages: [], faults: result.faults };
  const { value, lineOf } = result.source;
  const faults: ContentFault[] = [];
  const taken = new Set<string>();
  value.forEach(({ files }, index) => {
    files.forEach((name, position) => {
      if (taken.has(name)) {
        const line = lineOf([index, 'files', position]);
        faults.push({ file, line, message: `the file "${name}" stands on another page already` });
      }
      taken.add(name);
    });
  });
  return { pages: value, faults };
}
