import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Facts } from '../dialogs/facts';
import type { Guide } from '../dialogs/guide';
import { loadFacts } from '../dialogs/load-facts';
import { loadGuides } from '../dialogs/load-guides';
import { type Knowledge, loadKnowledge } from '../knowledge/load-knowledge';
import { isCommand } from './action';
import { type Config, PROJECT_ROOT } from './config';
import type { ContentFault } from './foundation/content-error';
import { type ParseOnce, parseAnew } from './foundation/parse-once';

/** What several guides ask, and what people say for it. */
export const FACTS_FILE = path.join(PROJECT_ROOT, 'dialogs', 'facts.yaml');

/** All content as it lies on disk, with every fault that was found. */
export interface ContentOnDisk {
  readonly knowledge: Knowledge;
  readonly guides: readonly Guide[];
  readonly facts: Facts;
  readonly faults: readonly ContentFault[];
  readonly warnings: readonly ContentFault[];
}

/** Where the content lies. */
export type ContentPlaces = Pick<Config, 'knowledgeDir' | 'guidesDir'>;

/**
 * Reads knowledge and guides. A folder of published documents has no entries for guides to rest on but its own: there a guide
 * that cites others is left out with a warning; beside our own FAQ it is a fault. Each file is read by `parse`.
 */
export async function loadContent(
  { knowledgeDir, guidesDir }: ContentPlaces,
  parse: ParseOnce = parseAnew,
): Promise<ContentOnDisk> {
  const [knowledge, shared] = await Promise.all([
    loadKnowledge(knowledgeDir, path.join(PROJECT_ROOT, 'knowledge'), parse),
    loadFacts(FACTS_FILE, parse),
  ]);
  const found = await loadGuides(guidesDir, shared.facts, parse);
  const ids = new Set([...knowledge.entries, ...knowledge.drafts].map(({ id }) => id));
  const published = knowledge.entries.some(({ phrasings }) => phrasings.length === 0);
  const faults = [...knowledge.faults, ...shared.faults, ...found.faults];
  const warnings = [...knowledge.warnings];
  const rootless = found.guides.filter((guide) => danglingCites(guide, ids).length > 0);
  if (published) {
    warnings.push(
      ...rootless.map((guide) => ({
        file: guide.file,
        line: 1,
        message: `the guide rests on FAQ entries that are not in ${knowledgeDir}; left out`,
      })),
    );
  } else {
    faults.push(...(await Promise.all(rootless.map((guide) => citeFaults(guide, ids)))).flat());
  }
  for (const intent of knowledge.intents) {
    if (intent.kind !== 'command' || isCommand(intent.id)) continue;
    faults.push({
      file: intent.file,
      line: 1,
      message: `"${intent.id}" is not a command that the bot knows; use kind: smalltalk`,
    });
  }
  return {
    knowledge,
    guides: found.guides.filter((guide) => !rootless.includes(guide)),
    facts: shared.facts,
    faults,
    warnings,
  };
}

/** The cites of a guide that are no FAQ entries, each with the outcome it stands in. */
function danglingCites(guide: Guide, ids: ReadonlySet<string>): { readonly outcome: string; readonly id: string }[] {
  return [...guide.outcomes.values()].flatMap((outcome) =>
    outcome.cites.filter((id) => !ids.has(id)).map((id) => ({ outcome: outcome.id, id })),
  );
}

async function citeFaults(guide: Guide, ids: ReadonlySet<string>): Promise<ContentFault[]> {
  const lines = (await readFile(guide.file, 'utf8')).split('\n');
  return danglingCites(guide, ids).map(({ outcome, id }) => {
    const start = lines.findIndex((line) => line.trimEnd() === `  ${outcome}:`);
    const at = lines.findIndex((line, index) => index > start && line.includes(id));
    return {
      file: guide.file,
      line: Math.max(start, at, 0) + 1,
      message: `the outcome "${outcome}" cites "${id}", which is no FAQ entry`,
    };
  });
}
