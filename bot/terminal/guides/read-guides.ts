import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Guide } from '../../../dialogs/guide';
import { parseGuide } from '../../../dialogs/parse-guide';
import type { ContentFault } from '../../foundation/content-error';

/** The guides of a folder, and the faults of those that cannot be read. */
export interface GuidesRead {
  readonly guides: ReadonlyMap<string, Guide>;
  readonly faults: ReadonlyMap<string, readonly ContentFault[]>;
}

/**
 * Reads each guide of a folder by itself, sorted by id. What guides name of each other is not checked, so that a guide can be
 * looked at while another is still being written.
 */
export async function readGuides(dir: string): Promise<GuidesRead> {
  const names = (await readdir(dir)).filter((name) => /^[^.].*\.ya?ml$/.test(name)).sort();
  const guides = new Map<string, Guide>();
  const faults = new Map<string, readonly ContentFault[]>();
  for (const name of names) {
    const file = path.join(dir, name);
    const result = parseGuide(await readFile(file, 'utf8'), path.relative(process.cwd(), file));
    if (result.ok) guides.set(result.guide.id, result.guide);
    else faults.set(path.basename(name, path.extname(name)), result.faults);
  }
  return { guides, faults };
}
