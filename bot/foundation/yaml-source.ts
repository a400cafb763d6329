import { CORE_SCHEMA, load } from 'js-yaml';
import * as v from 'valibot';
import type { ContentFault } from './content-error';
import { readYamlWithLines } from './yaml-with-lines';

/** A parsed YAML text: its value, and the line in the file of any path into it. */
export interface YamlSource<T> {
  readonly value: T;
  /** The 1-based line on which the field or list item at `path` begins, or its nearest parent that exists. */
  lineOf(path: readonly (string | number)[]): number;
}

export type YamlResult<T> =
  | { readonly ok: true; readonly source: YamlSource<T> }
  | {
      readonly ok: false;
      readonly faults: readonly ContentFault[];
      /** What the text says against the schema; `undefined` where it is no YAML at all. */
      readonly value: unknown;
    };

/** Most values that a text may stand for once its aliases are written out. */
const MAX_VALUES = 100_000;

/**
 * Reads one YAML text against a schema. Never throws: syntax errors and every schema violation come back as faults with their
 * line. `firstLine` is the line of the file on which the text starts (front matter starts on line 2). Good content, which is
 * nearly all, is read by a fast parser that knows no lines; whatever it or the schema refuses is read again with lines.
 */
export function readYaml<T>(
  text: string,
  file: string,
  schema: v.GenericSchema<unknown, T>,
  firstLine = 1,
): YamlResult<T> {
  const quick = readValue(text);
  const good = quick && v.safeParse(schema, quick.value);
  if (good?.success) {
    const lines = () => readYamlWithLines(text, file, firstLine);
    let known: ReturnType<typeof lines> | undefined;
    const lineOf: YamlSource<T>['lineOf'] = (path) => {
      known ??= lines();
      return known.ok ? known.lineOf(path) : firstLine;
    };
    return { ok: true, source: { value: good.output, lineOf } };
  }
  const read = readYamlWithLines(text, file, firstLine);
  if (!read.ok) return { ok: false, faults: read.faults, value: undefined };
  const parsed = v.safeParse(schema, read.value);
  if (parsed.success) return { ok: true, source: { value: parsed.output, lineOf: read.lineOf } };
  return {
    ok: false,
    value: read.value,
    faults: parsed.issues.map((issue) => {
      const path = (issue.path ?? []).map((item) => item.key as string | number);
      const place = path.length > 0 ? `\`${path.join('.')}\`: ` : '';
      return { file, line: read.lineOf(path), message: `${place}${issue.message}` };
    }),
  };
}

/** The value of a YAML text; `undefined` for one that needs a closer look. */
function readValue(text: string): { readonly value: unknown } | undefined {
  try {
    const value: unknown = load(text, { schema: CORE_SCHEMA });
    return countValues(value, new Map()) > MAX_VALUES ? undefined : { value };
  } catch {
    return undefined;
  }
}

/** How many values a value stands for: one that is shared by aliases counts each time, but is counted once. */
function countValues(value: unknown, known: Map<object, number>): number {
  if (typeof value !== 'object' || value === null) return 1;
  const before = known.get(value);
  if (before !== undefined) return before;
  // A value that contains itself has no end.
  known.set(value, Number.POSITIVE_INFINITY);
  const count = Object.values(value).reduce<number>((sum, part) => sum + countValues(part, known), 1);
  known.set(value, count);
  return count;
}

/**
 * An object with these fields and no others. Unlike valibot's `strictObject`, which stops at the first, it reports every unknown
 * field.
 */
export function strictFields<const TEntries extends v.ObjectEntries>(entries: TEntries) {
  return v.pipe(
    v.looseObject(entries, (issue) =>
      issue.expected === 'Object' ? 'fields such as `name: value` are needed' : 'this field is missing',
    ),
    v.rawCheck(({ dataset, addIssue }) => {
      const input: unknown = dataset.value;
      if (typeof input !== 'object' || input === null) return;
      for (const [key, value] of Object.entries(input)) {
        if (Object.hasOwn(entries, key)) continue;
        const path: [v.ObjectPathItem] = [
          { type: 'object', origin: 'key', input: input as Record<string, unknown>, key, value },
        ];
        addIssue({ message: 'not a field that is known here', path });
      }
    }),
  );
}
