import type { ContentFault } from '../bot/foundation/content-error';
import type { Entry } from './entry';
import { messageKey } from './intent-matcher';
import type { Knowledge } from './load-knowledge';
import type { Understand } from './understanding';

const ANCHOR_LINK = /\]\(#([^)\s]*)\)/g;

/**
 * Every fault that shows only when all content is seen together: a phrasing or utterance that stands in two places, a follow-up
 * or link that leads nowhere, a question that does not find its own entry first. `readText` gives a file's text for line numbers.
 */
export async function checkKnowledge(
  knowledge: Knowledge,
  understand: Understand,
  readText: (file: string) => string,
): Promise<ContentFault[]> {
  const lineOf = buildLineFinder(readText);
  // What is wrong with one file must not hide what is wrong with another, nor make it look wrong.
  const entries = [...knowledge.entries, ...knowledge.drafts];
  const ids = new Set(entries.map(({ id }) => id));
  return [
    ...checkDuplicates({ ...knowledge, entries }, lineOf),
    ...entries.flatMap((entry) => checkLinks(entry, ids, lineOf)),
    ...checkMostAsked(knowledge, ids),
    ...(await checkTopHits(knowledge.entries, understand, lineOf)),
  ];
}

/** The 1-based line of a file on which a text stands. */
export type LineFinder = (file: string, text: string) => number;

/**
 * Finds the 1-based line of a file whose whole content a text is, as a list item or a field; else the first that has it
 * somewhere; 1 where it is nowhere to be found word for word.
 */
export function buildLineFinder(readText: (file: string) => string): LineFinder {
  const lines = new Map<string, readonly string[]>();
  return (file, text) => {
    const known = lines.get(file) ?? lines.set(file, readText(file).split('\n')).get(file)!;
    const whole = known.findIndex((line) => contentOf(line) === text);
    return Math.max(0, whole >= 0 ? whole : known.findIndex((line) => line.includes(text))) + 1;
  };
}

/** What a line of YAML says, without the field's name or the list's dash, and without quotes. */
function contentOf(line: string): string {
  return line
    .trim()
    .replace(/^(?:- |\w+: )\s*/, '')
    .replace(/^(["'])(.*)\1$/, '$2');
}

function checkDuplicates({ entries, intents }: Knowledge, lineOf: LineFinder): ContentFault[] {
  const faults: ContentFault[] = [];
  const owners = new Map<string, { readonly id: string; readonly file: string; readonly text: string }>();
  const claim = (id: string, file: string, text: string, what: string): void => {
    const key = messageKey(text);
    const other = owners.get(key);
    if (other === undefined) owners.set(key, { id, file, text });
    else if (other.file !== file) {
      const place = `${other.file}:${lineOf(other.file, other.text)}`;
      faults.push({ file, line: lineOf(file, text), message: `the ${what} "${text}" also stands in ${place}` });
    }
  };
  for (const entry of entries) {
    if (entry.title !== '') claim(entry.id, entry.file, entry.title, 'title');
    for (const phrasing of entry.phrasings) claim(entry.id, entry.file, phrasing, 'phrasing');
  }
  for (const intent of intents) {
    for (const utterance of intent.utterances) claim(intent.id, intent.file, utterance, 'utterance');
  }
  return faults;
}

function checkLinks(entry: Entry, ids: ReadonlySet<string>, lineOf: LineFinder): ContentFault[] {
  const faults: ContentFault[] = [];
  for (const field of ['followUps', 'sameAnswerAs'] as const) {
    for (const id of entry[field]) {
      if (ids.has(id)) continue;
      faults.push({
        file: entry.file,
        line: lineOf(entry.file, id),
        message: `\`${field}\`: there is no entry "${id}"`,
      });
    }
  }
  for (const [link, id] of entry.body.matchAll(ANCHOR_LINK)) {
    if (ids.has(id!)) continue;
    faults.push({
      file: entry.file,
      line: lineOf(entry.file, link),
      message: `the link to "#${id}" leads to no entry`,
    });
  }
  return faults;
}

function checkMostAsked({ mostAsked }: Knowledge, ids: ReadonlySet<string>): ContentFault[] {
  return mostAsked
    .filter(({ id }) => !ids.has(id))
    .map(({ id, file, line }) => ({ file, line, message: `there is no entry "${id}"` }));
}

async function checkTopHits(
  entries: readonly Entry[],
  understand: Understand,
  lineOf: LineFinder,
): Promise<ContentFault[]> {
  const faults: ContentFault[] = [];
  for (const entry of entries) {
    for (const question of [entry.title, ...entry.phrasings]) {
      const { candidates, intent } = await understand(question);
      const best = candidates[0];
      const line = lineOf(entry.file, question);
      if (intent?.exact) {
        faults.push({ file: entry.file, line, message: `"${question}" is taken for the intent "${intent.id}"` });
      } else if (best?.id !== entry.id) {
        const found = best === undefined ? 'nothing' : `${best.kind} "${best.id}"`;
        faults.push({ file: entry.file, line, message: `"${question}" finds ${found} first, not its own entry` });
      }
    }
  }
  return faults;
}
