import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { ContentFault } from '../bot/foundation/content-error';
import { type ParseOnce, parseAnew } from '../bot/foundation/parse-once';
import { checkTogether } from './check-together';
import type { Facts } from './facts';
import type { Guide } from './guide';
import { parseGuide } from './parse-guide';

/**
 * Reads every guide (`*.yaml`) of a folder, sorted by id; guides with faults are left out of the list. What they name of each
 * other and of the shared facts is checked too. Each file is read by `parse`. A folder that does not exist has no guides.
 */
export async function loadGuides(
  dir: string,
  facts: Facts,
  parse: ParseOnce = parseAnew,
): Promise<{ readonly guides: readonly Guide[]; readonly faults: readonly ContentFault[] }> {
  if (!existsSync(dir)) return { guides: [], faults: [] };
  const names = (await readdir(dir)).filter((name) => /^[^.].*\.ya?ml$/.test(name)).sort();
  const results = await Promise.all(
    names.map(async (name) => {
      const file = path.join(dir, name);
      const text = await readFile(file, 'utf8');
      return { text, ...parse(parseGuide, text, path.relative(process.cwd(), file)) };
    }),
  );
  const read = results.flatMap((result) => (result.ok ? [{ guide: result.guide, text: result.text }] : []));
  // A guide with faults is there all the same: what leads to it is no fault of its own.
  const ids = new Set(names.map((name) => path.basename(name, path.extname(name))));
  const together = checkTogether(read, ids, facts);
  return {
    guides: read.map(({ guide }) => guide).filter(({ file }) => !together.some((fault) => fault.file === file)),
    faults: [...results.flatMap((result) => (result.ok ? [] : result.faults)), ...together],
  };
}
