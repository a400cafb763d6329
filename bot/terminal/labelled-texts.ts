import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import { ContentError, type ContentFault } from '../foundation/content-error';

const Line = v.object({ text: v.string(), label: v.pipe(v.string(), v.nonEmpty('label is empty')) });

/** A text and its label. */
export type LabelledText = v.InferOutput<typeof Line>;

/**
 * The lines `{"text", "label"}` of each file, in order; empty lines are left out, further fields are ignored.
 *
 * @throws ContentError with every fault in every file: one that cannot be read or is empty, a line that is not of this form
 */
export async function loadLabelledTexts(files: readonly string[]): Promise<LabelledText[][]> {
  const faults: ContentFault[] = [];
  const all: LabelledText[][] = [];
  for (const file of files) all.push(await loadFile(file, faults));
  if (faults.length > 0) throw new ContentError(faults);
  return all;
}

async function loadFile(file: string, faults: ContentFault[]): Promise<LabelledText[]> {
  let content: string;
  try {
    content = await readFile(file, 'utf8');
  } catch (error) {
    faults.push({ file, line: 1, message: `cannot be read (${(error as NodeJS.ErrnoException).code ?? error})` });
    return [];
  }
  const texts: LabelledText[] = [];
  const before = faults.length;
  content.split(/\r?\n/).forEach((line, index) => {
    if (line.trim() === '') return;
    const fault = (message: string): void => void faults.push({ file, line: index + 1, message });
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch {
      fault(`is not JSON: ${line.slice(0, 80)}`);
      return;
    }
    const parsed = v.safeParse(Line, value);
    if (parsed.success) texts.push(parsed.output);
    else fault(`needs {"text": "…", "label": "…"}: ${parsed.issues.map(describe).join('; ')}`);
  });
  if (texts.length === 0 && faults.length === before) faults.push({ file, line: 1, message: 'holds no line' });
  return texts;
}

function describe(issue: v.BaseIssue<unknown>): string {
  const field = v.getDotPath(issue);
  return field === null ? issue.message : `${field}: ${issue.message}`;
}
