import type { AskResult } from '../ask';
import { type LabelledQuestion, QUESTION_KINDS, type QuestionKind } from './labelled-questions';
import { type Share, shareOf } from './share';
import type { Verdict } from './verdict';

/** A question, what the bot did with it, and how that is to be judged. */
export interface JudgedQuestion {
  readonly question: LabelledQuestion;
  readonly result: AskResult;
  readonly verdict: Verdict;
}

/** The figures of some questions of one kind; `undefined` where a figure makes no sense for the kind. */
export interface Figures {
  readonly count: number;
  /**
   * The first of `answers` is an expected one, whatever was said in the end. This and the next two: of the answerable and guided
   * questions whose label names an entry.
   */
  readonly top1: Share | undefined;
  readonly top3: Share | undefined;
  /**
   * Mean of 1 / the place of the first expected entry, 0 where it is not among the best five: 0 to 1, never below top-1, never above
   * the share that is found at all. (Voorhees, "The TREC-8 question answering track report", 1999.)
   */
  readonly meanReciprocalRank: number | undefined;
  /** Answered outright, and the answer is an expected one. Answerable questions. */
  readonly rightOutright: Share | undefined;
  /** Answered outright, or sent into a guide, although that is wrong. */
  readonly wrongConfident: Share;
  /** The right guide was started or offered. Guided questions. */
  readonly guideReached: Share | undefined;
  /** Rightly met where no entry answers: see {@link Verdict.refused}. The kinds that are neither answerable nor guided. */
  readonly refused: Share | undefined;
}

/** One row of the table. */
export interface EvaluationRow extends Figures {
  readonly kind: QuestionKind;
  /** `undefined`: all origins together. */
  readonly origin: string | undefined;
}

/** The figures of some questions of one kind. */
export function figuresOf(kind: QuestionKind, judged: readonly JudgedQuestion[]): Figures {
  const answerable = kind === 'answerable';
  const guided = kind === 'guided';
  const labelled = answerable || guided ? judged.filter(({ question }) => question.expected.length > 0) : [];
  const share = (test: (verdict: Verdict) => boolean, of = judged): Share =>
    shareOf(of.filter(({ verdict }) => test(verdict)).length, of.length);
  const found = (places: number): Share | undefined =>
    labelled.length === 0 ? undefined : share(({ rank }) => rank !== undefined && rank <= places, labelled);
  return {
    count: judged.length,
    top1: found(1),
    top3: found(3),
    meanReciprocalRank:
      labelled.length === 0
        ? undefined
        : labelled.reduce((sum, { verdict: { rank } }) => sum + (rank === undefined ? 0 : 1 / rank), 0) /
          labelled.length,
    rightOutright: answerable ? share(({ rightOutright }) => rightOutright) : undefined,
    wrongConfident: share(({ wrongConfident }) => wrongConfident),
    guideReached: guided ? share(({ guideReached }) => guideReached) : undefined,
    refused: answerable || guided ? undefined : share(({ refused }) => refused),
  };
}

/** One row for each kind and origin: kinds in their usual order, origins in the order in which they first occur. */
export function tabulate(judged: readonly JudgedQuestion[]): EvaluationRow[] {
  return QUESTION_KINDS.flatMap((kind) => {
    const ofKind = judged.filter(({ question }) => question.kind === kind);
    const origins = [...new Set(ofKind.map(({ question }) => question.origin))];
    return origins.map((origin) => ({
      kind,
      origin,
      ...figuresOf(
        kind,
        ofKind.filter(({ question }) => question.origin === origin),
      ),
    }));
  });
}

/** One row for each kind that occurs, all origins together. */
export function totals(judged: readonly JudgedQuestion[]): EvaluationRow[] {
  return QUESTION_KINDS.flatMap((kind) => {
    const ofKind = judged.filter(({ question }) => question.kind === kind);
    return ofKind.length === 0 ? [] : [{ kind, origin: undefined, ...figuresOf(kind, ofKind) }];
  });
}

/** What the bot did with the questions of one kind: outcome to number of questions. */
export interface OutcomeCounts {
  readonly kind: QuestionKind;
  readonly outcomes: Readonly<Record<string, number>>;
}

/** How often each outcome came, for each kind that occurs. */
export function countOutcomes(judged: readonly JudgedQuestion[]): OutcomeCounts[] {
  return QUESTION_KINDS.flatMap((kind) => {
    const outcomes: Record<string, number> = {};
    for (const { question, result } of judged) {
      if (question.kind === kind) outcomes[result.kind] = (outcomes[result.kind] ?? 0) + 1;
    }
    return Object.keys(outcomes).length === 0 ? [] : [{ kind, outcomes }];
  });
}

/** Milliseconds in the middle, and not exceeded by 95 of 100 (nearest rank); 0 for no times. */
export function latencyOf(elapsedMs: readonly number[]): { readonly medianMs: number; readonly p95Ms: number } {
  const sorted = elapsedMs.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
  return { medianMs: at(0.5), p95Ms: at(0.95) };
}
