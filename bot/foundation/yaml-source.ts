import * as v from 'valibot';
import { type Document, isMap, isScalar, isSeq, LineCounter, parseDocument, visit } from 'yaml';
import type { ContentFault } from './content-error';

/** A parsed YAML text: its value, and the line in the file of any path into it. */
export interface YamlSource<T> {
  readonly value: T;
  /** The 1-based line on which the field or list item at `path` begins, or its nearest parent that exists. */
  lineOf(path: readonly (string | number)[]): number;
}

export type YamlResult<T> =
  | { readonly ok: true; readonly source: YamlSource<T> }
  | { readonly ok: false; readonly faults: readonly ContentFault[] };

/**
 * Reads one YAML text against a schema. Never throws: syntax errors and every schema violation come back as faults with their
 * line. `firstLine` is the line of the file on which the text starts (front matter starts on line 2).
 */
export function readYaml<T>(
  text: string,
  file: string,
  schema: v.GenericSchema<unknown, T>,
  firstLine = 1,
): YamlResult<T> {
  const lines = new LineCounter();
  const lineAt = (offset: number): number => Math.max(1, lines.linePos(offset).line) + firstLine - 1;
  const fault = (line: number, message: string): ContentFault => ({ file, line, message });
  let document: Document;
  let value: unknown;
  try {
    document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'error' });
    // A warning is a tag such as `!important`, which YAML would quietly take out of the text.
    const problems = [...document.errors, ...document.warnings];
    const faults = problems.map(({ pos, message }) => fault(lineAt(pos[0]), `not valid YAML: ${message}`));
    faults.push(
      ...danglingAliases(document).map(({ name, offset }) =>
        fault(
          lineAt(offset),
          `not valid YAML: \`*${name}\` refers to nothing; put a text that begins with * in quotes`,
        ),
      ),
    );
    if (faults.length > 0) return { ok: false, faults };
    value = document.toJS();
  } catch (error) {
    // Nested or repeated beyond what the parser bears.
    return {
      ok: false,
      faults: [fault(firstLine, `not valid YAML: ${error instanceof Error ? error.message : error}`)],
    };
  }
  const lineOf = (path: readonly (string | number)[]): number => {
    let node: unknown = document.contents;
    let line = firstLine;
    for (const key of path) {
      if (isMap(node)) {
        const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key));
        if (!isScalar(pair?.key)) break;
        line = lineAt(pair.key.range![0]);
        node = pair.value;
      } else if (isSeq(node)) {
        const item = node.items[Number(key)] as { readonly range?: readonly number[] } | undefined;
        if (!item?.range) break;
        line = lineAt(item.range[0]!);
        node = item;
      } else break;
    }
    return line;
  };
  const parsed = v.safeParse(schema, value);
  if (!parsed.success) {
    return {
      ok: false,
      faults: parsed.issues.map((issue) => {
        const path = (issue.path ?? []).map((item) => item.key as string | number);
        const place = path.length > 0 ? `\`${path.join('.')}\`: ` : '';
        return fault(lineOf(path), `${place}${issue.message}`);
      }),
    };
  }
  return { ok: true, source: { value: parsed.output, lineOf } };
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

function danglingAliases(document: Document): { readonly name: string; readonly offset: number }[] {
  const found: { name: string; offset: number }[] = [];
  visit(document, {
    Alias(_, alias) {
      if (alias.resolve(document) === undefined) found.push({ name: alias.source, offset: alias.range?.[0] ?? 0 });
    },
  });
  return found;
}
