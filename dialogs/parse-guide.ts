import { createHash } from 'node:crypto';
import path from 'node:path';
import type { ContentFault } from '../bot/foundation/content-error';
import { readYaml } from '../bot/foundation/yaml-source';
import { readYamlWithLines } from '../bot/foundation/yaml-with-lines';
import { buildGuide } from './build-guide';
import type { Guide } from './guide';
import { draftOf } from './guide-draft';
import { GuideFile } from './guide-file';
import { lintGuide } from './lint-guide';

export type GuideResult =
  | { readonly ok: true; readonly guide: Guide }
  | { readonly ok: false; readonly faults: readonly ContentFault[] };

/**
 * Reads one guide and checks it whole, its fields and its graph. All faults come back at once, each with its line. The guide's id
 * is the file's name. Never throws.
 */
export function parseGuide(text: string, file: string): GuideResult {
  const result = readYaml(text, file, GuideFile);
  const faults = result.ok ? [] : [...result.faults];
  const found = lintGuide(draftOf(result.ok ? result.source.value : result.value));
  if (found.length > 0) {
    const lines = readYamlWithLines(text, file, 1);
    faults.push(...found.map(({ at, message }) => ({ file, line: lines.ok ? lines.lineOf(at) : 1, message })));
  }
  if (!result.ok || faults.length > 0) return { ok: false, faults: faults.sort((a, b) => a.line - b.line) };
  const id = path.basename(file, path.extname(file));
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 16);
  return { ok: true, guide: buildGuide(result.source.value, { id, hash, file }) };
}
