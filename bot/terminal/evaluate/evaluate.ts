import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { loadConfig } from '../../config';
import { formatFault } from '../../foundation/content-error';
import { type LoadedBot, loadBot } from '../../load-bot';
import { type AskResult, askOne } from '../ask';
import { loadBaselines, storeBaselines } from './baseline-store';
import { buildEvaluation, type Evaluation } from './evaluation';
import { evaluationReport } from './evaluation-report';
import { evaluationTable } from './evaluation-table';
import { checkLabels, type LabelledQuestion, labelledFilesIn, loadLabelledQuestions } from './labelled-questions';
import { judgeOpenings } from './openings';

const USAGE = `Usage: npm run -s evaluate -- [questions.jsonl …] [--json] [--html FILE] [--baseline FILE] [--update-baseline]
  questions.jsonl    labelled questions; without any, all *.jsonl in knowledge/questions
  --json             print one JSON object instead of the table
  --html FILE        write a report to read in a browser as well
  --baseline FILE    compare with this baseline; otherwise with the one beside each file: x.jsonl has x.baseline.json
  --update-baseline  store these results as the baseline
A line: {"id": "a1", "question": "…", "kind": "answerable", "expected": ["entry-id", …], "guide": "guide-id", "origin": "real"}
A guided line may have "answers": {"question-id": "choice-id"}: what the text has told already.
kind: answerable, guided, near-topic-unanswered, off-topic, smalltalk or command. guide and origin may be left out.
Exit code: 0; 1 where the bot does worse than the baseline by more than noise; 2 where nothing could be evaluated.
`;

interface Call {
  readonly files: readonly string[];
  readonly json: boolean;
  readonly html: string | undefined;
  readonly baseline: string | undefined;
  readonly updateBaseline: boolean;
}

/**
 * Asks the bot every question of some labelled files, each in a fresh conversation, and prints figures, confusions and what changed since
 * the baseline. Exit code 1 where a measure is worse than the baseline by more than noise (see {@link compareWithBaseline}) and
 * the baseline is not being updated; 2 for a call that makes no sense, a baseline that cannot be read, a file that cannot be
 * written, or no usable line; else 0.
 */
export async function evaluate(args: readonly string[]): Promise<number> {
  const call = readCall(args);
  if (call === undefined) {
    process.stderr.write(USAGE);
    return 2;
  }
  const config = loadConfig(process.env);
  const questionsDir = path.join(config.knowledgeDir, 'questions');
  const files = call.files.length > 0 ? call.files : await labelledFilesIn(questionsDir);
  const { questions, faults } = await loadLabelledQuestions(files);
  for (const fault of faults) process.stderr.write(`${formatFault(fault)}\n`);
  if (questions.length === 0) {
    const place = files.length > 0 ? files.join(', ') : `${questionsDir} (no *.jsonl there)`;
    process.stderr.write(`There is no question to ask in ${place}.\n`);
    return 2;
  }
  const baselines = await loadBaselines(files, call.baseline);
  if (baselines.faults.length > 0 && !call.updateBaseline) {
    for (const fault of baselines.faults) process.stderr.write(`${formatFault(fault)}\n`);
    return 2;
  }
  const loaded = await loadBot(config);
  for (const warning of checkLabels(questions, loaded.content)) {
    process.stderr.write(`${formatFault(warning)} (warning)\n`);
  }
  const results = await askAll(loaded, questions, process.stderr.isTTY === true);
  const evaluation = buildEvaluation(questions, results, baselines.baseline, judgeOpenings(questions, loaded.content));
  process.stdout.write(call.json ? toJson(evaluation, files) : evaluationTable(evaluation));
  try {
    if (call.html !== undefined) {
      const context = { files: files.map(shortPath), titleOf: (id: string) => titleIn(loaded, id), madeAt: new Date() };
      await writeFile(call.html, evaluationReport(evaluation, context));
      process.stderr.write(`The report is in ${call.html}\n`);
    }
    if (call.updateBaseline) {
      const stored = await storeBaselines(call.baseline, questions, results);
      for (const { file, count } of stored) process.stderr.write(`The baseline of ${count} questions is in ${file}\n`);
      return 0;
    }
  } catch (error) {
    const { code, path: file } = error as NodeJS.ErrnoException;
    if (code === undefined || file === undefined) throw error;
    process.stderr.write(`${file} cannot be written (${code})\n`);
    return 2;
  }
  return evaluation.comparison?.verdict === 'worse' ? 1 : 0;
}

/** The results of all questions, in order. A first question that does not count warms up what is loaded or compiled on demand. */
export async function askAll(
  loaded: Pick<LoadedBot, 'bot'>,
  questions: readonly LabelledQuestion[],
  showProgress = false,
): Promise<AskResult[]> {
  await askOne(loaded, 'warm-up', 'Is there a warm-up?');
  const results: AskResult[] = [];
  for (const { id, question } of questions) {
    results.push(await askOne(loaded, id, question));
    if (showProgress && results.length % 10 === 0) process.stderr.write(`\r${results.length} of ${questions.length}`);
  }
  if (showProgress) process.stderr.write('\r\u001b[K');
  return results;
}

function readCall(args: readonly string[]): Call | undefined {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        json: { type: 'boolean', default: false },
        html: { type: 'string' },
        baseline: { type: 'string' },
        'update-baseline': { type: 'boolean', default: false },
      },
    });
    return {
      files: [...new Set(positionals)],
      json: values.json,
      html: values.html,
      baseline: values.baseline,
      updateBaseline: values['update-baseline'],
    };
  } catch {
    return undefined;
  }
}

function toJson({ judged: _, ...evaluation }: Evaluation, files: readonly string[]): string {
  return `${JSON.stringify({ files, ...evaluation }, undefined, 2)}\n`;
}

function titleIn({ content }: Pick<LoadedBot, 'content'>, id: string): string {
  return content.entries.get(id)?.title ?? content.guides.get(id)?.title ?? id;
}

function shortPath(file: string): string {
  const relative = path.relative(process.cwd(), file);
  return relative.startsWith('..') ? file : relative;
}
