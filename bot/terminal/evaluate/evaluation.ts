import type { AskResult } from '../ask';
import type { Baseline } from './baseline';
import { type Calibration, calibrate, predictionsOf } from './calibration';
import { type Comparison, compareWithBaseline, type Reaction, reactionOf } from './comparison';
import { type Confusion, confusionsOf } from './confusions';
import type { LabelledQuestion, QuestionKind } from './labelled-questions';
import {
  countOutcomes,
  type EvaluationRow,
  type JudgedQuestion,
  latencyOf,
  type OutcomeCounts,
  tabulate,
  totals,
} from './metrics';
import type { OpeningFigures } from './openings';
import { type Handling, judge } from './verdict';

/** A question that was not met as it should be. */
export interface WrongQuestion {
  readonly id: string;
  readonly question: string;
  readonly kind: QuestionKind;
  readonly origin: string;
  readonly expected: readonly string[];
  readonly guide: string | undefined;
  readonly handling: Exclude<Handling, 'right'>;
  /** 1-based place of the first expected entry among the best five; `undefined`: not among them. */
  readonly rank: number | undefined;
  readonly got: Reaction;
}

/** Everything that is to be said about a run, as data: the table, the JSON and the report are views of it. */
export interface Evaluation {
  readonly count: number;
  /** By kind and origin. */
  readonly rows: readonly EvaluationRow[];
  /** By kind. */
  readonly totals: readonly EvaluationRow[];
  readonly outcomes: readonly OutcomeCounts[];
  readonly calibration: Calibration;
  readonly latency: { readonly medianMs: number; readonly p95Ms: number };
  /** `undefined` without questions that are labelled for it. */
  readonly openings: OpeningFigures | undefined;
  readonly confusions: readonly Confusion[];
  readonly wrong: readonly WrongQuestion[];
  /** `undefined`: there is nothing to compare with. */
  readonly comparison: Comparison | undefined;
  readonly judged: readonly JudgedQuestion[];
}

/** Judges and counts; `results` are those of `questions`, in the same order. */
export function buildEvaluation(
  questions: readonly LabelledQuestion[],
  results: readonly AskResult[],
  baseline: Baseline,
  openings?: OpeningFigures | undefined,
): Evaluation {
  const judged = questions.map((question, index): JudgedQuestion => {
    const result = results[index]!;
    return { question, result, verdict: judge(question, result) };
  });
  return {
    count: judged.length,
    rows: tabulate(judged),
    totals: totals(judged),
    outcomes: countOutcomes(judged),
    calibration: calibrate(predictionsOf(judged)),
    latency: latencyOf(results.map(({ elapsedMs }) => elapsedMs)),
    openings,
    confusions: confusionsOf(judged),
    wrong: judged.flatMap(wrongOf),
    comparison: compareWithBaseline(judged, baseline),
    judged,
  };
}

function wrongOf(one: JudgedQuestion): WrongQuestion[] {
  const { question, verdict } = one;
  if (verdict.handling === 'right') return [];
  const { id, question: text, kind, origin, expected, guide } = question;
  const { handling, rank } = verdict;
  return [{ id, question: text, kind, origin, expected, guide, handling, rank, got: reactionOf(one) }];
}
