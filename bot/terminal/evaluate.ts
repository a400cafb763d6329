import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import { loadConfig } from '../config';
import { loadBot } from '../load-bot';
import { type AskResult, askOne } from './ask';

const USAGE = `Usage: npm run -s evaluate -- questions.jsonl
A line: {"id": "a1", "question": "…", "kind": "answerable", "origin": "real", "expected": ["entry-id", …]}
kind: answerable, guided, near-topic-unanswered, off-topic, smalltalk or command. origin: any word.
`;

const Labelled = v.object({
  id: v.string(),
  question: v.string(),
  kind: v.picklist(['answerable', 'guided', 'near-topic-unanswered', 'off-topic', 'smalltalk', 'command']),
  origin: v.string(),
  expected: v.array(v.string()),
});

/** A question with its label: which entries answer it, best first, or what kind of refusal is right. */
export type LabelledQuestion = v.InferOutput<typeof Labelled>;

/** One row of the table: shares are 0 to 1, `undefined` where the column makes no sense for the kind. */
export interface EvaluationRow {
  readonly kind: LabelledQuestion['kind'];
  readonly origin: string;
  readonly count: number;
  /** The first of `answers` is an expected one, whatever was said in the end. */
  readonly top1: number | undefined;
  readonly top3: number | undefined;
  /** Answered outright, and the answer is an expected one. */
  readonly rightOutright: number | undefined;
  /** Answered outright, or sent into a guide, although that is wrong. */
  readonly wrongConfident: number;
  /** Fell back, offered a choice, or replied with small talk where no entry was right; or, for small talk and commands, did just that. */
  readonly refused: number | undefined;
}

/** Asks the bot every question of a labelled file, each in a fresh conversation, and prints one row by kind and origin. */
export async function evaluate(args: readonly string[]): Promise<number> {
  const [file] = args;
  if (file === undefined || args.length > 1) {
    process.stderr.write(USAGE);
    return 2;
  }
  const questions: LabelledQuestion[] = [];
  (await readFile(file, 'utf8')).split('\n').forEach((line, index) => {
    if (line.trim() === '') return;
    const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), Labelled), line);
    if (parsed.success) questions.push(parsed.output);
    else process.stderr.write(`${file}:${index + 1}: ${parsed.issues[0].message}; line left out\n`);
  });
  const loaded = await loadBot(loadConfig(process.env));
  const results: AskResult[] = [];
  for (const { id, question } of questions) results.push(await askOne(loaded, id, question));
  process.stdout.write(formatTable(tabulate(questions, results)));
  const times = results.map(({ elapsedMs }) => elapsedMs).toSorted((a, b) => a - b);
  const at = (share: number): string => (times[Math.floor(share * (times.length - 1))] ?? 0).toFixed(2);
  process.stdout.write(
    `\n${results.length} questions; one takes ${at(0.5)} ms (median), ${at(0.95)} ms (95th percentile)\n`,
  );
  return 0;
}

/** Rows by kind and origin, in the order in which they first occur. */
export function tabulate(questions: readonly LabelledQuestion[], results: readonly AskResult[]): EvaluationRow[] {
  const groups = new Map<string, { readonly question: LabelledQuestion; readonly result: AskResult }[]>();
  questions.forEach((question, index) => {
    const key = `${question.kind}/${question.origin}`;
    groups.set(key, [...(groups.get(key) ?? []), { question, result: results[index]! }]);
  });
  return [...groups.values()].map((pairs) => {
    const { kind, origin } = pairs[0]!.question;
    const share = (test: (pair: (typeof pairs)[number]) => boolean): number => pairs.filter(test).length / pairs.length;
    const hits = (limit: number) =>
      share(({ question, result }) => result.answers.slice(0, limit).some(({ id }) => question.expected.includes(id)));
    const right = ({ question, result }: (typeof pairs)[number]): boolean =>
      result.kind === 'answer' && question.expected.includes(result.answers[0]?.id ?? '');
    const answerable = kind === 'answerable';
    const said: readonly string[] = {
      answerable: [],
      guided: ['guide', 'clarify', 'answer'],
      'near-topic-unanswered': ['fallback', 'clarify', 'smalltalk', 'handover'],
      'off-topic': ['fallback', 'smalltalk', 'handover'],
      smalltalk: ['smalltalk', 'command'],
      command: ['command', 'handover', 'smalltalk'],
    }[kind];
    return {
      kind,
      origin,
      count: pairs.length,
      top1: answerable || kind === 'guided' ? hits(1) : undefined,
      top3: answerable || kind === 'guided' ? hits(3) : undefined,
      rightOutright: answerable ? share(right) : undefined,
      wrongConfident: share((pair) =>
        kind === 'guided'
          ? pair.result.kind === 'answer' && !right(pair)
          : ['answer', 'guide'].includes(pair.result.kind) && !right(pair),
      ),
      refused: answerable || kind === 'guided' ? undefined : share(({ result }) => said.includes(result.kind)),
    };
  });
}

function formatTable(rows: readonly EvaluationRow[]): string {
  const percent = (share: number | undefined): string => (share === undefined ? '' : `${(100 * share).toFixed(0)} %`);
  const cells = [
    ['kind', 'origin', 'n', 'top-1', 'top-3', 'right outright', 'wrong, confident', 'correctly refused'],
    ...rows.map((row) => [
      row.kind,
      row.origin,
      String(row.count),
      percent(row.top1),
      percent(row.top3),
      percent(row.rightOutright),
      percent(row.wrongConfident),
      percent(row.refused),
    ]),
  ];
  const widths = cells[0]!.map((_, column) => Math.max(...cells.map((row) => row[column]!.length)));
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, column) => (column < 2 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!))).join(' | ')} |\n`;
  const rule = `| ${widths.map((width, column) => (column < 2 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |\n`;
  return line(cells[0]!) + rule + cells.slice(1).map(line).join('');
}
