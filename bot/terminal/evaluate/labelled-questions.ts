import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import * as v from 'valibot';
import type { ContentFault } from '../../foundation/content-error';

/** What a question may be, in the order in which reports list it. */
export const QUESTION_KINDS = [
  'answerable',
  'guided',
  'near-topic-unanswered',
  'off-topic',
  'smalltalk',
  'command',
] as const;

export type QuestionKind = (typeof QUESTION_KINDS)[number];

/** The origin of a line that names none. */
export const NO_ORIGIN = '-';

/** A question with its label: which entries answer it, which guide fits it, or that refusing it is right. */
export interface LabelledQuestion {
  /** Unique among all that is evaluated together. */
  readonly id: string;
  readonly question: string;
  readonly kind: QuestionKind;
  /** Where the question comes from, in one word; figures are given by origin. `-` for none. */
  readonly origin: string;
  /** Entries that satisfy the asker, best first. Empty where none does. */
  readonly expected: readonly string[];
  /** The guide that fits; `undefined`: none is named, and any guide will do for a guided question. */
  readonly guide: string | undefined;
  /** The intent of a command; `undefined`: none is named, and any will do. */
  readonly intent: string | undefined;
  /** What the text already answers of the guide's questions, by their ids; `undefined` where nobody labelled that. */
  readonly answers: Readonly<Record<string, string | readonly string[]>> | undefined;
  readonly file: string;
  /** 1-based. */
  readonly line: number;
}

/** Labelled questions, with every fault of the lines that had to be left out. */
export interface LabelledQuestions {
  readonly questions: readonly LabelledQuestion[];
  readonly faults: readonly ContentFault[];
}

const filledText = (what: string) =>
  v.pipe(
    v.string(({ received }) => `${what} in quotes is needed, found ${shown(received)}`),
    v.check((text) => text.trim() !== '', `${what} is needed, found an empty text`),
  );

const Line = v.pipe(
  v.object(
    {
      id: filledText('a name of its own'),
      question: filledText('the question'),
      kind: v.picklist(
        QUESTION_KINDS,
        ({ received }) => `one of ${QUESTION_KINDS.join(', ')} is needed, found ${shown(received)}`,
      ),
      origin: v.optional(filledText('one word'), NO_ORIGIN),
      expected: v.optional(v.array(filledText('the id of an entry'), 'a list of ids in square brackets is needed'), []),
      guide: v.nullish(filledText('the id of a guide')),
      intent: v.nullish(filledText('the id of an intent')),
      answers: v.nullish(
        v.record(
          v.string(),
          v.union([filledText('an answer'), v.array(filledText('an answer'))], 'an answer or a list of them is needed'),
          'answers by the ids of the questions are needed',
        ),
      ),
    },
    'this field is needed',
  ),
  v.forward(
    v.partialCheck(
      [['kind'], ['expected']],
      ({ kind, expected }) => kind !== 'answerable' || expected.length > 0,
      'an answerable question needs the id of at least one entry that answers it',
    ),
    ['expected'],
  ),
);

/**
 * Reads one labelled question a line of JSON. Fields it does not know (`intent`, notes) are let pass, empty lines skipped. A bad line
 * is left out and all its faults are reported, as is a second line with the same id.
 */
export function parseLabelledQuestions(text: string, file: string): LabelledQuestions {
  const questions: LabelledQuestion[] = [];
  const faults: ContentFault[] = [];
  text.split(/\r?\n/).forEach((raw, index) => {
    // An editor may have put a byte order mark before the first line.
    const source = raw.replace(/^\ufeff/, '').trim();
    if (source === '') return;
    const line = index + 1;
    const fault = (message: string): number => faults.push({ file, line, message: `${message}; line left out` });
    const value = parseJson(source);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      fault(`one JSON object {"id": …, "question": …, "kind": …} is needed, found ${source.slice(0, 60)}`);
      return;
    }
    const parsed = v.safeParse(Line, value);
    if (parsed.success) {
      const { guide, intent, answers, ...rest } = parsed.output;
      questions.push({
        ...rest,
        guide: guide ?? undefined,
        intent: intent ?? undefined,
        answers: answers ?? undefined,
        file,
        line,
      });
      return;
    }
    for (const issue of parsed.issues) fault(`\`${v.getDotPath(issue) ?? ''}\`: ${issue.message}`);
  });
  const all = withoutRepeats({ questions, faults });
  return { ...all, faults: all.faults.toSorted((a, b) => a.line - b.line) };
}

/**
 * Reads several files, in the order given. A file that cannot be read is a fault; ids must differ across all of them, so that a
 * report can name a question by its id alone.
 */
export async function loadLabelledQuestions(files: readonly string[]): Promise<LabelledQuestions> {
  const all = await Promise.all(
    files.map(async (file): Promise<LabelledQuestions> => {
      try {
        return parseLabelledQuestions(await readFile(file, 'utf8'), file);
      } catch (error) {
        const reason = (error as NodeJS.ErrnoException).code ?? String(error);
        return { questions: [], faults: [{ file, line: 1, message: `the file cannot be read (${reason})` }] };
      }
    }),
  );
  return withoutRepeats({
    questions: all.flatMap(({ questions }) => questions),
    faults: all.flatMap(({ faults }) => faults),
  });
}

/** Every `*.jsonl` of a folder, by name; none where there is no such folder. */
export async function labelledFilesIn(dir: string): Promise<string[]> {
  const names = await readdir(dir).catch(() => []);
  return names
    .filter((name) => name.endsWith('.jsonl'))
    .sort()
    .map((name) => path.join(dir, name));
}

/** Labels that name an entry or a guide that does not exist: such questions are asked all the same, but can hardly be met. */
export function checkLabels(
  questions: readonly LabelledQuestion[],
  known: { readonly entries: ReadonlyMap<string, unknown>; readonly guides: ReadonlyMap<string, unknown> },
): ContentFault[] {
  return questions.flatMap(({ expected, guide, file, line }) => [
    ...expected
      .filter((id) => !known.entries.has(id))
      .map((id) => ({ file, line, message: `\`expected\`: there is no entry "${id}"` })),
    ...(guide === undefined || known.guides.has(guide)
      ? []
      : [{ file, line, message: `\`guide\`: there is no guide "${guide}"` }]),
  ]);
}

function withoutRepeats({ questions, faults }: LabelledQuestions): LabelledQuestions {
  const first = new Map<string, LabelledQuestion>();
  const repeats: ContentFault[] = [];
  for (const question of questions) {
    const { id, file, line } = question;
    const before = first.get(id);
    if (before === undefined) first.set(id, question);
    else
      repeats.push({ file, line, message: `the id "${id}" is also at ${before.file}:${before.line}; line left out` });
  }
  return { questions: [...first.values()], faults: [...faults, ...repeats] };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What stands there, as valibot reports it; `undefined` is how it says that nothing does. */
function shown(received: string): string {
  return received === 'undefined' ? 'nothing' : received;
}
