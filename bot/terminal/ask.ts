import path from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { loadConfig } from '../config';
import { formatFault } from '../foundation/content-error';
import { type LoadedBot, loadBot } from '../load-bot';
import type { TurnResult } from '../turn-result';
import { effectText } from './chat';
import { explanationText } from './explanation-text';
import { printable } from './printable';
import { replyToTerminal } from './reply-to-terminal';

const USAGE = `Usage:
  npm run -s ask -- "question"                            prints the answer
  npm run -s ask -- --jsonl < questions.jsonl             reads {"id","question"} a line, writes one result a line
  npm run -s ask -- --explain "question"                  says why as well: how it was read, what was found, which rule decided
  npm run -s ask -- --knowledge DIR "question"            answers from another folder: ours or published documents
`;

/**
 * Answers questions from the shell, each as a fresh conversation. Exit code 0 also where the answer is "I don't know"; 2 for a
 * call that makes no sense.
 */
export async function ask(args: readonly string[]): Promise<number> {
  const call = readCall(args);
  if (call === undefined) {
    process.stderr.write(USAGE);
    return 2;
  }
  const config = loadConfig(process.env);
  const loaded = await loadBot(call.knowledge === undefined ? config : { ...config, knowledgeDir: call.knowledge });
  for (const warning of loaded.warnings) process.stderr.write(`warning: ${formatFault(warning)}\n`);
  if (call.jsonl) return askLines(loaded, process.stdin);
  const { replies, outcome, effect } = await loaded.bot.respond(undefined, { kind: 'text', text: call.question });
  const colours = process.stdout.isTTY === true && process.env.NO_COLOR === undefined;
  const texts = [effectText(effect, []), ...replies.map((reply) => replyToTerminal(reply, { colours }))];
  process.stdout.write(`${texts.filter((text) => text !== undefined).join('\n\n')}\n`);
  if (call.explain && outcome.explanation !== undefined)
    process.stdout.write(`\n${printable(explanationText(outcome.explanation))}`);
  return 0;
}

interface Call {
  readonly jsonl: boolean;
  readonly explain: boolean;
  readonly knowledge: string | undefined;
  readonly question: string;
}

function readCall(args: readonly string[]): Call | undefined {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        jsonl: { type: 'boolean', default: false },
        explain: { type: 'boolean', default: false },
        knowledge: { type: 'string' },
      },
    });
    const question = positionals.join(' ').trim();
    if (values.jsonl ? question !== '' : question === '') return undefined;
    return {
      jsonl: values.jsonl,
      explain: values.explain,
      knowledge: values.knowledge === undefined ? undefined : path.resolve(values.knowledge),
      question,
    };
  } catch {
    return undefined;
  }
}

/** One result line as scripts read it. */
export interface AskResult {
  readonly id: unknown;
  readonly kind: string;
  readonly answers: readonly { readonly id: string; readonly confidence: number }[];
  readonly guide: string | null;
  readonly guides: readonly string[];
  readonly elapsedMs: number;
}

/** The result line of one question, answered as a fresh conversation. */
export async function askOne(loaded: Pick<LoadedBot, 'bot'>, id: unknown, question: string): Promise<AskResult> {
  const startedAt = performance.now();
  const { outcome }: TurnResult = await loaded.bot.respond(undefined, { kind: 'text', text: question });
  const elapsedMs = performance.now() - startedAt;
  return {
    id,
    kind: outcome.kind,
    answers: outcome.answers.map((answer) => ({ id: answer.id, confidence: Number(answer.confidence.toFixed(4)) })),
    guide: outcome.guide ?? null,
    guides: outcome.guidesOffered,
    elapsedMs: Number(elapsedMs.toFixed(3)),
  };
}

/** Lines that are no questions are reported with their number; the rest is answered all the same, and the exit code is 1. */
async function askLines(loaded: LoadedBot, input: NodeJS.ReadableStream): Promise<number> {
  let code = 0;
  let number = 0;
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    number++;
    if (line.trim() === '') continue;
    const asked = parseLine(line);
    if (asked === undefined) {
      process.stderr.write(`line ${number}: {"id": ..., "question": "..."} is needed, found ${line.slice(0, 80)}\n`);
      code = 1;
      continue;
    }
    const text = `${JSON.stringify(await askOne(loaded, asked.id, asked.question))}\n`;
    if (!process.stdout.write(text)) await new Promise((resolve) => process.stdout.once('drain', resolve));
  }
  return code;
}

function parseLine(line: string): { readonly id: unknown; readonly question: string } | undefined {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value !== 'object' || value === null || !('question' in value)) return undefined;
    if (typeof value.question !== 'string') return undefined;
    return { id: 'id' in value ? value.id : null, question: value.question };
  } catch {
    return undefined;
  }
}
