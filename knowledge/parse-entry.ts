import path from 'node:path';
import * as v from 'valibot';
import type { ContentFault } from '../bot/foundation/content-error';
import { readYaml, strictFields } from '../bot/foundation/yaml-source';
import type { Entry } from './entry';

/** Longest title, in characters: titles are also the words on buttons. */
export const MAX_TITLE_LENGTH = 80;
/** Fewest phrasings an entry may have. */
export const MIN_PHRASINGS = 3;

const NonEmpty = (what: string) =>
  v.pipe(v.string(`${what} is missing or not a text`), v.trim(), v.nonEmpty(`${what} is empty`));
const Phrasing = v.pipe(
  v.union([v.string(), v.number(), v.boolean()], 'a phrasing must be one line of text; put it in quotes'),
  v.transform(String),
  v.trim(),
  v.nonEmpty('a phrasing is empty'),
);

const IsoDate = v.pipe(
  v.string('a date is needed'),
  v.isoDate((issue) => `"${issue.input}" is not a date such as 2019-05-14`),
);

const FrontMatter = strictFields({
  title: v.pipe(
    NonEmpty('the title'),
    v.maxLength(
      MAX_TITLE_LENGTH,
      (issue) => `${issue.input.length} characters; at most ${MAX_TITLE_LENGTH} fit on a button`,
    ),
  ),
  phrasings: v.pipe(
    v.array(Phrasing, 'a list of phrasings is needed'),
    v.minLength(MIN_PHRASINGS, (issue) => `${issue.input.length} phrasings; at least ${MIN_PHRASINGS} are needed`),
  ),
  section: NonEmpty('the section'),
  asOf: IsoDate,
  reviewBy: v.optional(IsoDate),
  source: strictFields({ file: NonEmpty('the file'), heading: NonEmpty('the heading') }),
  followUps: v.array(v.string('an entry id is needed'), 'a list of entry ids is needed; write [] for none'),
  sameAnswerAs: v.optional(v.array(v.string('an entry id is needed'), 'a list of entry ids is needed'), []),
});

export type EntryResult =
  | { readonly ok: true; readonly entry: Entry }
  | {
      readonly ok: false;
      readonly faults: readonly ContentFault[];
      /** As much of the entry as can be read: enough to check its links and phrasings, not to be answered. */
      readonly draft: Entry;
    };

/**
 * Reads one entry of ours: YAML front matter between `---` lines, then the answer. The file's name without `.md` is the id, its
 * folder the section. Never throws.
 */
export function parseEntry(text: string, file: string): EntryResult {
  const lines = text.replace(/\r\n?/g, '\n').split('\n');
  const end = lines.indexOf('---', 1);
  if (lines[0] !== '---' || end < 0) {
    const message =
      'front matter is missing: the file must begin with a line `---`, the fields, and another line `---`';
    return { ok: false, faults: [{ file, line: 1, message }], draft: draftOf(undefined, text, file, 1) };
  }
  const body = lines
    .slice(end + 1)
    .join('\n')
    .trim();
  const emptyBody: ContentFault[] = body === '' ? [{ file, line: end + 1, message: 'the answer is empty' }] : [];
  const front = readYaml(lines.slice(1, end).join('\n'), file, FrontMatter, 2);
  if (!front.ok) {
    return { ok: false, faults: [...front.faults, ...emptyBody], draft: draftOf(front.value, body, file, end + 2) };
  }
  const { value, lineOf } = front.source;
  const id = path.basename(file, '.md');
  const faults = [...emptyBody];
  const folder = path.basename(path.dirname(file));
  if (value.section !== folder) {
    faults.push({
      file,
      line: lineOf(['section']),
      message: `\`section\`: "${value.section}", but the file is in the folder "${folder}"`,
    });
  }
  const entry: Entry = { id, ...value, reviewBy: value.reviewBy, body, file, line: end + 2 };
  return faults.length > 0 ? { ok: false, faults, draft: entry } : { ok: true, entry };
}

/** The entry that a file with faults would be, from those of its fields that can be used. */
function draftOf(front: unknown, body: string, file: string, line: number): Entry {
  const fields = typeof front === 'object' && front !== null ? (front as Readonly<Record<string, unknown>>) : {};
  const texts = (value: unknown): string[] =>
    Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
  return {
    id: path.basename(file, '.md'),
    title: typeof fields.title === 'string' ? fields.title : '',
    phrasings: texts(fields.phrasings),
    section: path.basename(path.dirname(file)),
    asOf: undefined,
    reviewBy: undefined,
    source: { file: '', heading: '' },
    followUps: texts(fields.followUps),
    sameAnswerAs: texts(fields.sameAnswerAs),
    body,
    file,
    line,
  };
}
