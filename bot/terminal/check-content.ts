import { readFileSync } from 'node:fs';
import type { Guide } from '../../dialogs/guide';
import { buildUnderstand } from '../../knowledge/build-understand';
import { buildLineFinder, checkKnowledge, type LineFinder } from '../../knowledge/check-knowledge';
import { loadTrainedModel } from '../../knowledge/trained-model';
import type { Understand } from '../../knowledge/understanding';
import { loadConfig } from '../config';
import { type ContentFault, formatFault } from '../foundation/content-error';
import { MODEL_FILE } from '../load-bot';
import { loadContent } from '../load-content';

/** Lints all content and prints every fault at once as `file:line: message`. Exit code 1 where there is one. */
export async function checkContent(): Promise<number> {
  const [onDisk, model] = await Promise.all([loadContent(loadConfig(process.env)), loadTrainedModel(MODEL_FILE)]);
  const { knowledge, guides, faults: loadFaults, warnings } = onDisk;
  // By words alone: what an author wrote down must be found for its words, and the check is quick.
  const understand = buildUnderstand({ ...knowledge, guides }, model);
  const readText = (file: string): string => readFileSync(file, 'utf8');
  const faults = [
    ...loadFaults,
    ...(await checkKnowledge(knowledge, understand, readText)),
    ...(await checkGuides(guides, understand, buildLineFinder(readText))),
  ];
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

function inOrder(faults: readonly ContentFault[]): ContentFault[] {
  return faults.toSorted((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1));
}
