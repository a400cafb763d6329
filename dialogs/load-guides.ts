import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { ContentFault } from '../bot/foundation/content-error';
import type { Guide } from './guide';
import { parseGuide } from './parse-guide';

/**
 * Reads every guide (`*.yaml`) of a folder, sorted by id; guides with faults are left out of the list. A folder that does not
 * exist has no guides.
 */
export async function loadGuides(
  dir: string,
): Promise<{ readonly guides: readonly Guide[]; readonly faults: readonly ContentFault[] }> {
  if (!existsSync(dir)) return { guides: [], faults: [] };
  const names = (await readdir(dir)).filter((name) => /^[^.].*\.ya?ml$/.test(name)).sort();
  const results = await Promise.all(
    names.map(async (name) => {
      const file = path.join(dir, name);
      return parseGuide(await readFile(file, 'utf8'), path.relative(process.cwd(), file));
    }),
  );
  return {
    guides: results.flatMap((result) => (result.ok ? [result.guide] : [])),
    faults: results.flatMap((result) => (result.ok ? [] : result.faults)),
  };
}
