import type { ContentFault } from '../bot/foundation/content-error';
import { readYaml } from '../bot/foundation/yaml-source';
import type { Fact, Facts } from './fact';
import { FactsFile, type PickedText } from './facts-file';
import { compilePhrase, PHRASE_PROBLEMS, type PhraseResult, readPhraseParts, type SaidPhrase } from './said-phrase';

export type { Fact, Facts } from './fact';
export { buildFactsSaid, type FactsSaid, type SharedFacts } from './facts-said';

export type FactsResult =
  | { readonly ok: true; readonly facts: Facts }
  | { readonly ok: false; readonly faults: readonly ContentFault[] };

type Path = readonly (string | number)[];

/** Reads the shared facts with their phrases. All faults come back at once, each with its line. Never throws. */
export function parseFacts(text: string, file: string): FactsResult {
  const result = readYaml(text, file, FactsFile);
  if (!result.ok) return { ok: false, faults: result.faults };
  const { value, lineOf } = result.source;
  const parts = readPhraseParts(value.parts);
  const faults: ContentFault[] = [];
  const fault = (path: Path, message: string): void => {
    faults.push({ file, line: lineOf(path), message });
  };
  // One object for a phrase that several facts have, so that a message is looked through for it once.
  const known = new Map<string, PhraseResult>();
  const compileOnce = (phrase: string, of: 'number' | 'value' | 'none'): PhraseResult => {
    const key = `${of} ${phrase}`;
    const compiled = known.get(key) ?? compilePhrase(phrase, { value: of, parts });
    known.set(key, compiled);
    return compiled;
  };
  const compile = (phrases: readonly string[], of: (phrase: string) => 'number' | 'value' | 'none', path: Path) =>
    phrases.flatMap((phrase, index): SaidPhrase[] => {
      const compiled = compileOnce(phrase, of(phrase));
      if (compiled.ok) return [compiled.phrase];
      fault([...path, index], `the phrase "${phrase}" ${PHRASE_PROBLEMS[compiled.problem]}`);
      return [];
    });

  const none = () => 'none' as const;
  const facts = new Map<string, Fact>();
  for (const [id, { valued, picked }] of Object.entries(value.facts)) {
    if (valued !== undefined) {
      const { about, type, unit } = valued;
      const of = type === 'number' ? 'number' : 'value';
      if (unit !== undefined && of !== 'number') fault([id, 'unit'], 'only numbers have a `unit`');
      const said = compile(valued.said, () => of, [id, 'said']);
      const except = compile(valued.except, (phrase) => (phrase.includes('{value}') ? of : 'none'), [id, 'except']);
      const notAfter = compile(valued['not-after'], none, [id, 'not-after']);
      facts.set(id, { kind: 'value', id, about, except, notAfter, type, unit, said });
      continue;
    }
    checkPicked(id, picked, fault);
    const common = {
      id,
      about: picked.about,
      except: compile(picked.except, none, [id, 'except']),
      notAfter: compile(picked['not-after'], none, [id, 'not-after']),
    };
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
  { values, several, together, includes }: PickedText,
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
