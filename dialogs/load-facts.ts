import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { ContentFault } from '../bot/foundation/content-error';
import { type ParseOnce, parseAnew } from '../bot/foundation/parse-once';
import { type Facts, parseFacts } from './facts';

/** Reads the file of shared facts; a file with faults gives none. A file that does not exist has no facts. */
export async function loadFacts(
  file: string,
  parse: ParseOnce = parseAnew,
): Promise<{ readonly facts: Facts; readonly faults: readonly ContentFault[] }> {
  if (!existsSync(file)) return { facts: new Map(), faults: [] };
  const result = parse(parseFacts, await readFile(file, 'utf8'), path.relative(process.cwd(), file));
  return result.ok ? { facts: result.facts, faults: [] } : { facts: new Map(), faults: result.faults };
}
