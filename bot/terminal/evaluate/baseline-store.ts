import { readFile, writeFile } from 'node:fs/promises';
import type { ContentFault } from '../../foundation/content-error';
import type { AskResult } from '../ask';
import {
  type Baseline,
  type BaselineRecord,
  baselineFileOf,
  formatBaseline,
  parseBaseline,
  recordOf,
} from './baseline';
import type { LabelledQuestion } from './labelled-questions';

/**
 * The stored baselines of some labelled files, as one; or, with `oneForAll`, that one file. A labelled file without a baseline adds
 * nothing; a baseline that was named must be there. Files that hold no baseline are faults.
 */
export async function loadBaselines(
  labelledFiles: readonly string[],
  oneForAll?: string,
): Promise<{ readonly baseline: Baseline; readonly faults: readonly ContentFault[] }> {
  const baseline = new Map<string, BaselineRecord>();
  const faults: ContentFault[] = [];
  for (const file of oneForAll === undefined ? labelledFiles.map(baselineFileOf) : [oneForAll]) {
    const text = await readFile(file, 'utf8').catch(() => undefined);
    if (text === undefined && oneForAll === undefined) continue;
    const parsed = text === undefined ? undefined : parseBaseline(text);
    for (const [id, record] of parsed ?? []) baseline.set(id, record);
    if (parsed !== undefined) continue;
    const what = text === undefined ? 'the baseline cannot be read' : 'this is no baseline';
    faults.push({ file, line: 1, message: `${what}; --update-baseline writes a new one` });
  }
  return { baseline, faults };
}

/** Writes the baseline of each labelled file beside it, or with `oneForAll` everything into that file; returns what was written. */
export async function storeBaselines(
  oneForAll: string | undefined,
  questions: readonly LabelledQuestion[],
  results: readonly AskResult[],
): Promise<{ readonly file: string; readonly count: number }[]> {
  const targets = new Map<string, Map<string, BaselineRecord>>();
  questions.forEach((question, index) => {
    const target = oneForAll ?? baselineFileOf(question.file);
    const records = targets.get(target) ?? new Map<string, BaselineRecord>();
    targets.set(target, records.set(question.id, recordOf(question, results[index]!)));
  });
  for (const [file, records] of targets) await writeFile(file, formatBaseline(records));
  return [...targets].map(([file, records]) => ({ file, count: records.size }));
}
