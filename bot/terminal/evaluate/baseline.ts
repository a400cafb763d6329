import { createHash } from 'node:crypto';
import * as v from 'valibot';
import type { AskResult } from '../ask';
import type { LabelledQuestion } from './labelled-questions';

/** What a question was met with when the baseline was stored. Judged anew at each comparison, by the label as it is then. */
const BaselineRecord = v.object({
  /** Fingerprint of the question's text: once that is changed, the record says nothing about it any more. */
  text: v.string(),
  kind: v.string(),
  /** Ids of the best three. */
  answers: v.array(v.string()),
  /** Confidence of the first, 0 where there is none. */
  confidence: v.number(),
  guide: v.nullable(v.string()),
  guides: v.array(v.string()),
});

// A list and no object by id: objects lose ids such as "constructor".
const BaselineFile = v.object({
  format: v.literal(1),
  questions: v.array(v.object({ id: v.string(), ...BaselineRecord.entries })),
});

export type BaselineRecord = v.InferOutput<typeof BaselineRecord>;

/** Records by the id of their question. */
export type Baseline = ReadonlyMap<string, BaselineRecord>;

const ANSWERS_KEPT = 3;

/** Where the baseline of a labelled file lies: beside it, `practice.jsonl` has `practice.baseline.json`. */
export function baselineFileOf(labelledFile: string): string {
  return `${labelledFile.replace(/\.jsonl$/, '')}.baseline.json`;
}

/** The record of one question, to be stored. */
export function recordOf(question: LabelledQuestion, result: AskResult): BaselineRecord {
  return {
    text: fingerprintOf(question.question),
    kind: result.kind,
    answers: result.answers.slice(0, ANSWERS_KEPT).map(({ id }) => id),
    confidence: result.answers[0]?.confidence ?? 0,
    guide: result.guide,
    guides: [...result.guides],
  };
}

/** Whether a record was made of the question as it reads now. */
export function isRecordOf(record: BaselineRecord, question: LabelledQuestion): boolean {
  return record.text === fingerprintOf(question.question);
}

/** A baseline as it is stored: JSON with one question a line, so that a version control shows what has changed. */
export function formatBaseline(baseline: Baseline): string {
  const lines = [...baseline].map(([id, record]) => JSON.stringify({ id, ...record }));
  return `{"format": 1, "questions": [\n${lines.join(',\n')}\n]}\n`;
}

/** Reads a stored baseline; `undefined` where the text is none. */
export function parseBaseline(text: string): Baseline | undefined {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), BaselineFile), text);
  return parsed.success ? new Map(parsed.output.questions.map(({ id, ...record }) => [id, record])) : undefined;
}

function fingerprintOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}
