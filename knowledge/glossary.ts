import * as v from 'valibot';
import type { ContentFault } from '../bot/foundation/content-error';
import { readYaml, strictFields } from '../bot/foundation/yaml-source';
import { stemsOf } from './words';

/** One term of the field and what people type instead of it. */
export interface GlossaryItem {
  readonly term: string;
  readonly aliases: readonly string[];
  readonly meaning: string;
  /** The term of the kind that this is one of: a text with this one speaks of that one too. */
  readonly broader: string | undefined;
}

const Text = v.pipe(
  v.union([v.string(), v.number()], 'a text is needed'),
  v.transform(String),
  v.trim(),
  v.nonEmpty('is empty'),
);
const GlossaryFile = v.array(
  strictFields({
    term: Text,
    aliases: v.pipe(v.array(Text, 'a list of aliases is needed'), v.minLength(1, 'at least one alias is needed')),
    meaning: Text,
    broader: v.optional(Text),
  }),
  'a list of terms is needed',
);

/** Reads glossary.yaml; an alias or term that belongs to two items is a fault. Never throws. */
export function parseGlossary(
  text: string,
  file: string,
): { readonly items: readonly GlossaryItem[]; readonly faults: readonly ContentFault[] } {
  const result = readYaml(text, file, GlossaryFile);
  if (!result.ok) return { items: [], faults: result.faults };
  const { value, lineOf } = result.source;
  const faults: ContentFault[] = [];
  const owner = new Map<string, number>();
  value.forEach((item, index) => {
    const spellings: { readonly text: string; readonly path: readonly (string | number)[] }[] = [
      { text: item.term, path: [index, 'term'] },
      ...item.aliases.map((text, position) => ({ text, path: [index, 'aliases', position] })),
    ];
    for (const { text: spelling, path } of spellings) {
      const key = stemsOf(spelling).join(' ');
      const other = owner.get(key);
      if (key === '') {
        faults.push({ file, line: lineOf(path), message: `"${spelling}" has no letters or digits` });
      } else if (other !== undefined && other !== index) {
        const place = `the item "${value[other]!.term}" on line ${lineOf([other])}`;
        faults.push({ file, line: lineOf(path), message: `"${spelling}" also belongs to ${place}` });
      } else {
        owner.set(key, index);
      }
    }
  });
  const terms = new Set(value.map(({ term }) => term));
  value.forEach(({ term, broader }, index) => {
    if (broader === undefined || (terms.has(broader) && broader !== term)) return;
    const found = broader === term ? 'the term itself' : `"${broader}", which is no term of this file`;
    faults.push({ file, line: lineOf([index, 'broader']), message: `\`broader\` names another term; found ${found}` });
  });
  return { items: value.map((item) => ({ ...item, broader: item.broader })), faults };
}
