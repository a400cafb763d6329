import * as v from 'valibot';
import type { ContentFault } from '../bot/foundation/content-error';
import { readYaml, strictFields, type YamlSource } from '../bot/foundation/yaml-source';
import type { Fact, Facts } from './fact';
import { compilePhrase, type PhraseProblem, type SaidPhrase } from './said-phrase';

export type { Fact, Facts } from './fact';
export { factsSaid, type SharedFacts } from './facts-said';

export type FactsResult =
  | { readonly ok: true; readonly facts: Facts }
  | { readonly ok: false; readonly faults: readonly ContentFault[] };

const Line = v.pipe(
  v.union([v.string(), v.number(), v.boolean()], 'one line of text is needed'),
  v.transform(String),
  v.trim(),
  v.nonEmpty('is empty'),
);
const Id = v.pipe(
  v.string('an id is needed'),
  v.regex(/^[a-z][a-z0-9-]*$/, 'an id starts with a letter and has lower case letters, digits and `-` only'),
);
const Phrases = v.array(Line, 'a list of phrases is needed');
const CommonShape = { about: Line, except: v.optional(Phrases, []) };
const PickedShape = strictFields({
  ...CommonShape,
  values: v.pipe(
    v.record(Id, Phrases, 'values with their phrases are needed'),
    v.check((values) => Object.keys(values).length >= 2, 'at least two values are needed'),
  ),
  several: v.optional(v.boolean('`several` is true or false'), false),
  together: v.optional(Line),
  includes: v.optional(v.record(Id, v.array(Id, 'a list of values is needed')), {}),
});
const ValuedShape = strictFields({
  ...CommonShape,
  type: v.picklist(
    ['number', 'range', 'ranges', 'address', 'asn'],
    'must be one of number, range, ranges, address, asn',
  ),
  unit: v.optional(Line),
  said: v.pipe(Phrases, v.minLength(1, 'at least one phrase is needed')),
});
const FactsFile = v.record(
  Id,
  v.lazy((input) =>
    isValued(input)
      ? v.pipe(
          ValuedShape,
          v.transform((valued) => ({ valued, picked: undefined })),
        )
      : v.pipe(
          PickedShape,
          v.transform((picked) => ({ valued: undefined, picked })),
        ),
  ),
  'facts are needed',
);
type FactsText = v.InferOutput<typeof FactsFile>;

function isValued(input: unknown): boolean {
  return typeof input === 'object' && input !== null && ('type' in input || 'said' in input);
}

const PROBLEMS: Readonly<Record<PhraseProblem, string>> = {
  empty: 'has no words',
  'gap-at-end': 'begins or ends with `*`',
  'gap-twice': 'has too many `*`',
  'unknown-placeholder': 'has a placeholder other than `{n}` and `{value}`',
  'value-missing': 'must have `{value}`',
  'value-twice': 'has `{value}` twice',
  'value-not-allowed': 'must not have `{value}`',
};

type Path = readonly (string | number)[];

/** Reads the shared facts with their phrases. All faults come back at once, each with its line. Never throws. */
export function parseFacts(text: string, file: string): FactsResult {
  const result = readYaml(text, file, FactsFile);
  if (!result.ok) return { ok: false, faults: result.faults };
  const { value, lineOf }: YamlSource<FactsText> = result.source;
  const faults: ContentFault[] = [];
  const fault = (path: Path, message: string): void => {
    faults.push({ file, line: lineOf(path), message });
  };
  const compile = (phrases: readonly string[], of: (phrase: string) => 'number' | 'value' | 'none', path: Path) =>
    phrases.flatMap((phrase, index): SaidPhrase[] => {
      const compiled = compilePhrase(phrase, { value: of(phrase) });
      if (compiled.ok) return [compiled.phrase];
      fault([...path, index], `the phrase "${phrase}" ${PROBLEMS[compiled.problem]}`);
      return [];
    });

  const facts = new Map<string, Fact>();
  for (const [id, { valued, picked }] of Object.entries(value)) {
    if (valued !== undefined) {
      const { about, type, unit } = valued;
      const of = type === 'number' ? 'number' : 'value';
      if (unit !== undefined && of !== 'number') fault([id, 'unit'], 'only numbers have a `unit`');
      const said = compile(valued.said, () => of, [id, 'said']);
      const except = compile(valued.except, (phrase) => (phrase.includes('{value}') ? of : 'none'), [id, 'except']);
      facts.set(id, { kind: 'value', id, about, except, type, unit, said });
      continue;
    }
    checkPicked(id, picked, fault);
    const none = () => 'none' as const;
    const common = { id, about: picked.about, except: compile(picked.except, none, [id, 'except']) };
    const values = new Map(
      Object.entries(picked.values).map(([name, phrases]) => [name, compile(phrases, none, [id, 'values', name])]),
    );
    const includes = new Map(Object.entries(picked.includes));
    facts.set(
      id,
      picked.several
        ? { kind: 'several', ...common, values }
        : { kind: 'choice', ...common, values, together: picked.together, includes },
    );
  }
  faults.sort((one, other) => one.line - other.line);
  return faults.length > 0 ? { ok: false, faults } : { ok: true, facts };
}

/** What `together` and `includes` name must be values, and no phrase may stand for two values. */
function checkPicked(
  id: string,
  { values, several, together, includes }: v.InferOutput<typeof PickedShape>,
  fault: (path: Path, message: string) => void,
): void {
  const known = Object.keys(values);
  const check = (name: string, path: Path): void => {
    if (!known.includes(name)) fault(path, `"${name}" is not a value of "${id}"`);
  };
  if (together !== undefined) check(together, [id, 'together']);
  for (const [name, smaller] of Object.entries(includes)) {
    check(name, [id, 'includes', name]);
    smaller.forEach((one, index) => {
      check(one, [id, 'includes', name, index]);
    });
  }
  if (several && (together !== undefined || Object.keys(includes).length > 0)) {
    fault([id, 'several'], 'with `several` there is neither `together` nor `includes`: all values that are said count');
  }
  const owners = new Map<string, string>();
  for (const [name, phrases] of Object.entries(values)) {
    if (phrases.length === 0 && name !== together) fault([id, 'values', name], 'at least one phrase is needed');
    phrases.forEach((phrase, index) => {
      const key = phrase.toLowerCase();
      const owner = owners.get(key);
      if (owner !== undefined) fault([id, 'values', name, index], `"${phrase}" stands for "${owner}" already`);
      owners.set(key, name);
    });
  }
}
