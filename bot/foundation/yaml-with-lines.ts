import type * as Yaml from 'yaml';
import type { ContentFault } from './content-error';

/** A YAML text read with the place of everything in it. */
export type YamlWithLines =
  | {
      readonly ok: true;
      readonly value: unknown;
      /** The 1-based line on which the field or list item at `path` begins, or its nearest parent that exists. */
      lineOf(path: readonly (string | number)[]): number;
    }
  | { readonly ok: false; readonly faults: readonly ContentFault[] };

/**
 * Reads a YAML text and remembers where everything stands: some ten times slower than reading it for its value, so only what has
 * faults is read in this way (see yaml-source.ts). Never throws.
 */
export function readYamlWithLines(text: string, file: string, firstLine: number): YamlWithLines {
  // Loaded when it is needed: a start without faults does not need it.
  const { isMap, isScalar, isSeq, LineCounter, parseDocument } = yaml();
  const lines = new LineCounter();
  const lineAt = (offset: number): number => Math.max(1, lines.linePos(offset).line) + firstLine - 1;
  const fault = (line: number, message: string): ContentFault => ({ file, line, message });
  let document: Yaml.Document;
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
  return { ok: true, value, lineOf };
}

function yaml(): typeof Yaml {
  return require('yaml') as typeof Yaml;
}

function danglingAliases(document: Yaml.Document): { readonly name: string; readonly offset: number }[] {
  const found: { name: string; offset: number }[] = [];
  yaml().visit(document, {
    Alias(_, alias) {
      if (alias.resolve(document) === undefined) found.push({ name: alias.source, offset: alias.range?.[0] ?? 0 });
    },
  });
  return found;
}
