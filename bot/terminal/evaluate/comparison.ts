import { type Baseline, type BaselineRecord, isRecordOf } from './baseline';
import type { JudgedQuestion } from './metrics';
import { pairedTest } from './paired-test';
import { judge, type Verdict } from './verdict';

/** One thing that is compared, over the questions that are in the baseline and read as they did then. */
export interface ComparedMeasure {
  readonly name: 'right entry first' | 'rightly met' | 'not wrong and confident';
  /** Questions the measure is about. */
  readonly count: number;
  /** Of these, how many are as they should be. */
  readonly before: number;
  readonly after: number;
  /** Questions that went from wrong to right, and from right to wrong. */
  readonly better: number;
  readonly worse: number;
  /** Chance of so uneven a split if nothing had changed: see {@link pairedTest}. */
  readonly p: number;
  readonly verdict: 'better' | 'worse' | 'same';
}

/** What the bot did with a question, in short. */
export interface Reaction {
  readonly kind: string;
  /** Id of the first answer; `undefined` for none. */
  readonly first: string | undefined;
  /** Of the first answer, 0 to 1. */
  readonly confidence: number;
  readonly guide: string | undefined;
  readonly guidesOffered: readonly string[];
}

/** A question with another first answer, outcome or guide than in the baseline. */
export interface ChangedQuestion {
  readonly id: string;
  readonly question: string;
  readonly expected: readonly string[];
  readonly expectedGuide: string | undefined;
  /** The first answer is another one; otherwise only what was made of it. */
  readonly firstChanged: boolean;
  readonly before: Reaction;
  readonly after: Reaction;
  readonly verdict: 'better' | 'worse' | 'same';
}

/** How things stand against the baseline. */
export interface Comparison {
  readonly compared: number;
  /** Questions that are not in the baseline, or read otherwise than they did. */
  readonly added: number;
  /** Questions of the baseline that are no longer there. */
  readonly gone: number;
  readonly measures: readonly ComparedMeasure[];
  /** `worse` where any measure is; else `better` where any is. */
  readonly verdict: 'better' | 'worse' | 'same';
  readonly changed: readonly ChangedQuestion[];
}

/** A split more uneven than this many times in a hundred is taken for more than chance. */
const SIGNIFICANT = 0.05;
/** Net questions below which no change counts, however sure it is. */
const MIN_QUESTIONS = 2;

interface Pair {
  readonly now: JudgedQuestion;
  readonly record: BaselineRecord;
  readonly earlier: Verdict;
}

/**
 * Compares with a baseline, question by question. Both sides are judged by today's labels, so mending a label changes neither.
 *
 * Every question is its own control: only those whose verdict changed speak for or against the new version, and three measures are
 * tested on them (right entry first, of the answerable; rightly met, of all; not wrong and confident, of all). A measure is worse (or
 * better) where at least two questions net were lost (or won) and the exact McNemar test gives p < 0.05; six lost against none won are
 * enough, three lost against one won are not. Less than that is noise: another set of questions might as well have shown the opposite.
 * `undefined` where not a single question is in the baseline.
 */
export function compareWithBaseline(judged: readonly JudgedQuestion[], baseline: Baseline): Comparison | undefined {
  const pairs = judged.flatMap((now): Pair[] => {
    const record = baseline.get(now.question.id);
    if (record === undefined || !isRecordOf(record, now.question)) return [];
    return [{ now, record, earlier: judge(now.question, withConfidence(record)) }];
  });
  if (pairs.length === 0) return undefined;
  const ids = new Set(judged.map(({ question }) => question.id));
  const answerable = pairs.filter(({ now }) => now.question.kind === 'answerable');
  const measures = [
    measure('right entry first', answerable, ({ rank }) => rank === 1),
    measure('rightly met', pairs, ({ handling }) => handling === 'right'),
    measure('not wrong and confident', pairs, ({ wrongConfident }) => !wrongConfident),
  ];
  const verdicts = measures.map(({ verdict }) => verdict);
  return {
    compared: pairs.length,
    added: judged.length - pairs.length,
    gone: [...baseline.keys()].filter((id) => !ids.has(id)).length,
    measures,
    verdict: verdicts.includes('worse') ? 'worse' : verdicts.includes('better') ? 'better' : 'same',
    changed: pairs.flatMap(changeOf),
  };
}

/** What the bot did with a question, in short. */
export function reactionOf({ result }: JudgedQuestion): Reaction {
  return {
    kind: result.kind,
    first: result.answers[0]?.id,
    confidence: result.answers[0]?.confidence ?? 0,
    guide: result.guide ?? undefined,
    guidesOffered: result.guides,
  };
}

function measure(
  name: ComparedMeasure['name'],
  pairs: readonly Pair[],
  isGood: (verdict: Verdict) => boolean,
): ComparedMeasure {
  const count = (test: (pair: Pair) => boolean): number => pairs.filter(test).length;
  const better = count(({ earlier, now }) => !isGood(earlier) && isGood(now.verdict));
  const worse = count(({ earlier, now }) => isGood(earlier) && !isGood(now.verdict));
  const p = pairedTest(better, worse);
  const counts = p < SIGNIFICANT && Math.abs(better - worse) >= MIN_QUESTIONS;
  return {
    name,
    count: pairs.length,
    before: count(({ earlier }) => isGood(earlier)),
    after: count(({ now }) => isGood(now.verdict)),
    better,
    worse,
    p,
    verdict: !counts ? 'same' : better > worse ? 'better' : 'worse',
  };
}

function changeOf({ now, record, earlier }: Pair): ChangedQuestion[] {
  const before: Reaction = {
    kind: record.kind,
    first: record.answers[0],
    confidence: record.confidence,
    guide: record.guide ?? undefined,
    guidesOffered: record.guides,
  };
  const after = reactionOf(now);
  const firstChanged = before.first !== after.first;
  if (!firstChanged && before.kind === after.kind && before.guide === after.guide) return [];
  const { id, question, expected, guide: expectedGuide } = now.question;
  const gain = worthOf(now.verdict) - worthOf(earlier);
  return [
    {
      id,
      question,
      expected,
      expectedGuide,
      firstChanged,
      before,
      after,
      verdict: gain > 0 ? 'better' : gain < 0 ? 'worse' : 'same',
    },
  ];
}

/** Orders verdicts for the asker: a wrong answer said with confidence is the worst. */
function worthOf({ handling }: Verdict): number {
  return ['confident', 'missed', 'unsure', 'right'].indexOf(handling);
}

function withConfidence(record: BaselineRecord): Parameters<typeof judge>[1] {
  const answers = record.answers.map((id) => ({ id, confidence: record.confidence }));
  return { kind: record.kind, answers, guide: record.guide, guides: record.guides };
}
