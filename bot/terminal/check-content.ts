import { readFileSync } from 'node:fs';
import type { Guide } from '../../dialogs/guide';
import { buildUnderstand } from '../../knowledge/build-understand';
import { buildLineFinder, checkKnowledge, type LineFinder } from '../../knowledge/check-knowledge';
import type { Entry } from '../../knowledge/entry';
import { loadTrainedModel } from '../../knowledge/trained-model';
import type { Understand } from '../../knowledge/understanding';
import { loadConfig } from '../config';
import { type ContentFault, formatFault } from '../foundation/content-error';
import { MODEL_FILE } from '../load-bot';
import { loadContent } from '../load-content';

/** Lints all content and prints every fault at once as `file:line: message`. Exit code 1 where there is one. */
export async function checkContent(): Promise<number> {
  const [onDisk, model] = await Promise.all([loadContent(loadConfig(process.env)), loadTrainedModel(MODEL_FILE)]);
  const { knowledge, guides, faults: loadFaults } = onDisk;
  const warnings = [...onDisk.warnings];
  // By words alone: what an author wrote down must be found for its words, and the check is quick.
  const understand = buildUnderstand({ ...knowledge, guides }, model);
  const readText = (file: string): string => readFileSync(file, 'utf8');
  const faults = [
    ...loadFaults,
    ...(await checkKnowledge(knowledge, understand, readText)),
    ...(await checkGuides(guides, understand, buildLineFinder(readText))),
  ];
  warnings.push(...overdueCites(guides, knowledge.entries, new Date(), buildLineFinder(readText)));
  for (const warning of inOrder(warnings)) process.stdout.write(`${formatFault(warning)} (warning)\n`);
  for (const fault of inOrder(faults)) process.stdout.write(`${formatFault(fault)}\n`);
  const phrasings = knowledge.entries.reduce((sum, entry) => sum + entry.phrasings.length, 0);
  const counted =
    `${knowledge.entries.length} entries with ${phrasings} phrasings, ${knowledge.glossary.length} glossary terms, ` +
    `${knowledge.intents.length} intents, ${guides.length} guide${guides.length === 1 ? '' : 's'}`;
  process.stdout.write(
    `${counted}: ${faults.length === 0 ? 'no faults' : faults.length === 1 ? '1 fault' : `${faults.length} faults`}\n`,
  );
  return faults.length === 0 ? 0 : 1;
}

/** A guide must start from its own title and from each of its utterances. */
async function checkGuides(
  guides: readonly Guide[],
  understand: Understand,
  lineOf: LineFinder,
): Promise<ContentFault[]> {
  const faults: ContentFault[] = [];
  for (const guide of guides) {
    for (const utterance of [guide.title, ...guide.utterances]) {
      const { candidates } = await understand(utterance);
      const best = candidates[0];
      if (best?.kind === 'guide' && best.id === guide.id) continue;
      const line = lineOf(guide.file, utterance);
      const found = best === undefined ? 'nothing' : `${best.kind} "${best.id}"`;
      faults.push({ file: guide.file, line, message: `"${utterance}" finds ${found} first, not this guide` });
    }
  }
  return faults;
}

/** What guides rest on although the day has passed on which somebody was to look at it again. */
export function overdueCites(
  guides: readonly Guide[],
  entries: readonly Entry[],
  now: Date,
  lineOf: LineFinder,
): ContentFault[] {
  const today = now.toISOString().slice(0, 10);
  const overdue = new Map(
    entries.flatMap(({ id, reviewBy }) =>
      reviewBy !== undefined && reviewBy < today ? [[id, reviewBy] as const] : [],
    ),
  );
  return guides.flatMap(({ file, outcomes }) =>
    [...outcomes.values()].flatMap((outcome) =>
      outcome.cites
        .filter((id) => overdue.has(id))
        .map((id) => ({
          file,
          line: lineOf(file, id),
          message: `the outcome "${outcome.id}" cites "${id}", which was to be reviewed by ${overdue.get(id)}`,
        })),
    ),
  );
}

function inOrder(faults: readonly ContentFault[]): ContentFault[] {
  return faults.toSorted((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1));
}
