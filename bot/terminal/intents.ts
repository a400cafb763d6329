import { parseArgs } from 'node:util';
import { areaUnderRoc, chooseThreshold } from '../../knowledge/classifier/calibration';
import {
  type Classification,
  type Classifier,
  type Example,
  OUT_OF_SCOPE,
} from '../../knowledge/classifier/classifier';
import { trainClassifier } from '../../knowledge/classifier/train-classifier';
import { openSentenceEncoder, type SentenceEncoder } from '../../knowledge/semantics/sentence-encoder';
import { ContentError } from '../foundation/content-error';
import { type LabelledText, loadLabelledTexts } from './labelled-texts';
import { type Progress, progressTo } from './progress';

const USAGE = `Usage: npm run -s intents -- --train FILE --test FILE [--validation FILE] [--lexical] [--cache FILE]
Trains the intent classifier on one file, measures it on another and prints one line of JSON. Give --train more than once to
join files. A line: {"text": "where is my card", "label": "card_arrival"}; the label "oos" means out of scope.
  --validation FILE  choose on this file what to refuse as out of scope; default: by cross-validation on the training file
  --lexical          compare the wording only, without the sentence encoder
  --cache FILE       keep the sentence vectors of the training and validation files here, for the next time
`;

/** What was measured; shares are 0 to 1, `null` where they do not apply. */
export interface IntentFigures {
  /** Right labels, or rightly refused, of all. */
  readonly accuracy: number | null;
  /** Taken and given the right label, of those in scope. */
  readonly inScopeAccuracy: number | null;
  /** Refused, of those out of scope. */
  readonly outOfScopeRecall: number | null;
  /** How well the in-scope score alone tells the two apart. */
  readonly auroc: number | null;
  /** From examples read to classifier ready, encoding included. */
  readonly trainMs: number;
  /** One question, encoding included. */
  readonly meanMs: number;
  readonly p95Ms: number;
  /** Memory of the process at the end, in millions of bytes. */
  readonly rssMb: number;
}

/**
 * Trains on labelled texts, measures on others and prints {@link IntentFigures} as JSON; progress goes to standard error. Exit
 * code 2 for a call that makes no sense.
 *
 * @throws ContentError with all faults of all files
 */
export async function intents(args: readonly string[]): Promise<number> {
  const call = readCall(args);
  if (call === undefined) {
    process.stderr.write(USAGE);
    return 2;
  }
  const { train, validation, test } = await readFiles(call);
  const progress = progressTo(process.stderr);
  const startedAt = performance.now();
  const classifier = await learn(train, validation, call, progress);
  const trainMs = performance.now() - startedAt;
  const known = new Set(classifier.labels);
  const unknown = new Set(
    test.map(({ label }) => label).filter((label) => label !== OUT_OF_SCOPE && !known.has(label)),
  );
  if (unknown.size > 0) {
    process.stderr.write(`warning: labels without training examples count as wrong: ${[...unknown].join(', ')}\n`);
  }
  const encoder = call.lexical ? undefined : await openSentenceEncoder();
  try {
    // The first text loads the model, which is no question's fault.
    await encoder?.encode(['warm up']);
    const answers: Classification[] = [];
    const times: number[] = [];
    for (const { text } of test) {
      const askedAt = performance.now();
      const vector = (await encoder?.encode([text]))?.[0];
      answers.push(classifier.classify(text, vector));
      times.push(performance.now() - askedAt);
      progress('asking', answers.length, test.length);
    }
    process.stdout.write(`${JSON.stringify(figuresOf(test, answers, times, trainMs))}\n`);
  } finally {
    await encoder?.close();
  }
  return 0;
}

interface Call {
  readonly train: readonly string[];
  readonly test: string;
  readonly validation: string | undefined;
  readonly lexical: boolean;
  readonly cache: string | undefined;
}

function readCall(args: readonly string[]): Call | undefined {
  try {
    const { train, test, validation, lexical, cache } = parseArgs({
      args: [...args],
      options: {
        train: { type: 'string', multiple: true },
        test: { type: 'string' },
        validation: { type: 'string' },
        lexical: { type: 'boolean', default: false },
        cache: { type: 'string' },
      },
    }).values;
    return train === undefined || test === undefined ? undefined : { train, test, validation, lexical, cache };
  } catch {
    return undefined;
  }
}

async function readFiles({ train, test, validation }: Call) {
  const files = [test, ...(validation === undefined ? [] : [validation]), ...train];
  const texts = await loadLabelledTexts(files);
  const joined = { test: texts[0]!, validation: validation === undefined ? undefined : texts[1]! };
  const examples = texts.slice(validation === undefined ? 1 : 2).flat();
  if (new Set(examples.map(({ label }) => label)).size < 2) {
    throw new ContentError([{ file: train[0]!, line: 1, message: 'needs examples of two labels at least' }]);
  }
  return { ...joined, train: examples };
}

async function learn(
  train: readonly LabelledText[],
  validation: readonly LabelledText[] | undefined,
  { lexical, cache }: Call,
  progress: Progress,
): Promise<Classifier> {
  const encoder = lexical ? undefined : await openSentenceEncoder(cache === undefined ? {} : { cacheFiles: [cache] });
  try {
    const examples = await withVectors([...train, ...namesOfLabels(train)], encoder, progress);
    const classifier = trainClassifier(examples, progress);
    if (validation === undefined) return classifier;
    const judged = (await withVectors(validation, encoder, progress)).map(({ text, label, vector }) => {
      const { ranked, inScopeScore } = classifier.classify(text, vector);
      return { inScopeScore, right: label === OUT_OF_SCOPE ? undefined : ranked[0]?.label === label };
    });
    return classifier.withThreshold(chooseThreshold(judged));
  } finally {
    await encoder?.close();
  }
}

/** Each label in words (`card_arrival`: "card arrival"), as one more example of itself: it helps where there are few others. */
export function namesOfLabels(train: readonly LabelledText[]): LabelledText[] {
  return [...new Set(train.map(({ label }) => label))]
    .filter((label) => label !== OUT_OF_SCOPE)
    .map((label) => ({ text: label.replace(/(?<=\p{Ll})(?=\p{Lu})|[_-]+/gu, ' ').trim(), label }));
}

/** Sentences between two reports of progress. */
const AT_ONCE = 32;

async function withVectors(
  texts: readonly LabelledText[],
  encoder: SentenceEncoder | undefined,
  progress: Progress,
): Promise<Example[]> {
  if (encoder === undefined) return [...texts];
  const examples: Example[] = [];
  for (let at = 0; at < texts.length; at += AT_ONCE) {
    const chunk = texts.slice(at, at + AT_ONCE);
    const vectors = await encoder.encode(
      chunk.map(({ text }) => text),
      'keep',
    );
    chunk.forEach(({ text, label }, index) => {
      examples.push({ text, label, vector: vectors[index]! });
    });
    progress('encoding', examples.length, texts.length);
  }
  return examples;
}

/** The figures of a run: `answers` and `times` (milliseconds) are those of the tests, in order. */
export function figuresOf(
  tests: readonly LabelledText[],
  answers: readonly Classification[],
  times: readonly number[],
  trainMs: number,
): IntentFigures {
  const rows = tests.map(({ label }, index) => {
    const { ranked, inScope, inScopeScore } = answers[index]!;
    const outside = label === OUT_OF_SCOPE;
    return { outside, right: outside ? !inScope : inScope && ranked[0]?.label === label, inScopeScore };
  });
  const inside = rows.filter(({ outside }) => !outside);
  const outside = rows.filter((row) => row.outside);
  const share = (of: typeof rows): number | null =>
    of.length === 0 ? null : round(of.filter(({ right }) => right).length / of.length, 4);
  const scores = (of: typeof rows): number[] => of.map(({ inScopeScore }) => inScopeScore);
  const area = areaUnderRoc(scores(inside), scores(outside));
  const sorted = [...times].sort((a, b) => a - b);
  return {
    accuracy: share(rows),
    inScopeAccuracy: share(inside),
    outOfScopeRecall: share(outside),
    auroc: area === undefined ? null : round(area, 4),
    trainMs: round(trainMs, 0),
    meanMs: round(times.reduce((sum, time) => sum + time, 0) / Math.max(1, times.length), 3),
    p95Ms: round(sorted[Math.ceil(0.95 * sorted.length) - 1] ?? 0, 3),
    rssMb: round(process.memoryUsage().rss / 1e6, 0),
  };
}

function round(number: number, digits: number): number {
  return Number(number.toFixed(digits));
}
