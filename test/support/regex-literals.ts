import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseSync } from '@swc/core';
import { PROJECT_ROOT } from '../../bot/config';

export interface RegexLiteral {
  /** Path from the root of the project. */
  readonly file: string;
  readonly pattern: string;
  readonly flags: string;
}

/** Every regular expression that is written out in the TypeScript of these folders, each once a file. */
export function regexLiterals(folders: readonly string[]): readonly RegexLiteral[] {
  const found = new Map<string, RegexLiteral>();
  for (const folder of folders) {
    for (const name of readdirSync(path.join(PROJECT_ROOT, folder), { recursive: true, encoding: 'utf8' })) {
      if (!name.endsWith('.ts') || name.endsWith('.d.ts')) continue;
      const file = path.join(folder, name);
      const text = readFileSync(path.join(PROJECT_ROOT, file), 'utf8');
      visit(parseSync(text, { syntax: 'typescript', target: 'es2022' }), ({ pattern, flags }) =>
        found.set(`${file}/${pattern}/${flags}`, { file, pattern, flags }),
      );
    }
  }
  return [...found.values()];
}

function visit(node: unknown, onRegex: (literal: { pattern: string; flags: string }) => void): void {
  if (typeof node !== 'object' || node === null) return;
  const { type, pattern, flags } = node as Readonly<Record<string, unknown>>;
  if (type === 'RegExpLiteral') onRegex({ pattern: String(pattern), flags: String(flags) });
  for (const part of Object.values(node)) visit(part, onRegex);
}
