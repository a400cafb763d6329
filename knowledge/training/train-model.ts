import { confidenceFeaturesOf, confidenceOf } from '../confidence';
import type { Ranked, Weigh } from '../rank';
import type { ConfidenceWeights, RankingWeights, ReadingModel } from '../trained-model';
import { chooseThresholds, type JudgedQuestion, type WrongAnswerLimits } from './choose-thresholds';
import { learnRankingWeights } from './listwise-ranking';
import { learnNamedLogistic } from './logistic-regression';

/** A labelled question, read and ready to be ranked. */
export interface TrainingQuestion {
  readonly kind: JudgedQuestion['kind'];
  /** Everything that was found for it. */
  readonly weigh: Weigh;
  /** Whether it was looked for by its sense too. */
  readonly bySense: boolean;
  /** `kind:id` of every document that is right. */
  readonly right: ReadonlySet<string>;
}

/** What the learnt model does with questions that it has not seen, as shares from 0 to 1. */
export interface TrainingFigures {
  readonly questions: number;
  readonly top1: number;
  readonly top3: number;
  readonly rightOutright: number;
  readonly wrongConfident: number;
  readonly nearAnswered: number;
  readonly offAnswered: number;
  readonly expectedCalibrationError: number;
}

const PARTS = ['tokens', 'text', 'grams', 'sense', 'coverage'] as const;
const FOLDS = 5;
const LIMITS: WrongAnswerLimits = { answerable: 0.045, near: 0.12, off: 0.03, offOffered: 0.2 };
/** How many documents compete in the training of one question: those further down teach nothing. */
const COMPETITORS = 40;
const DECIMALS = 4;

/**
 * Learns to rank, to be sure and when to answer, from labelled questions that are not in the index. The thresholds and the figures
 * come from cross-validation ({@link FOLDS} folds): each question is judged by a model that has not seen it.
 */
export function trainModel(questions: readonly TrainingQuestion[]): {
  readonly model: Omit<ReadingModel, 'intents'>;
  readonly figures: TrainingFigures;
} {
  const models = Array.from({ length: FOLDS }, (_, fold) => learn(questions.filter((_one, at) => at % FOLDS !== fold)));
  const unseen = questions.map((question, index): Judged => judge(question, models[index % FOLDS]!));
  const thresholds = chooseThresholds(unseen, LIMITS);
  return { model: { ...learn(questions), thresholds }, figures: figuresOf(unseen, thresholds.answerAt) };
}

type Learnt = Pick<ReadingModel, 'ranking' | 'confidence'>;

function learn(questions: readonly TrainingQuestion[]): Learnt {
  const ranking = learnRanking(questions);
  return { ranking, confidence: learnConfidence(questions, ranking) };
}

function learnRanking(questions: readonly TrainingQuestion[]): RankingWeights {
  const even: RankingWeights = { tokens: 1, text: 1, grams: 1, sense: 1, coverage: 1 };
  // A part that is not there (sense, without the encoder) must not get a weight.
  const parts = PARTS.filter((part) => part !== 'sense' || questions.some(({ bySense }) => bySense));
  const examples = questions
    .filter(({ kind }) => kind === 'answerable')
    .map(({ weigh, right }) => {
      const ranked = weigh(even, COMPETITORS).filter(({ kind }) => kind !== 'uncovered');
      return {
        candidates: ranked.map(({ evidence }) => parts.map((part) => evidence[part])),
        right: ranked.map((one) => isRight(one, right)),
      };
    });
  const learnt = learnRankingWeights(examples, parts.length);
  const weightOf = (part: (typeof PARTS)[number]): number => rounded(learnt[parts.indexOf(part)] ?? 0);
  return {
    tokens: weightOf('tokens'),
    text: weightOf('text'),
    grams: weightOf('grams'),
    sense: weightOf('sense'),
    coverage: weightOf('coverage'),
  };
}

function learnConfidence(questions: readonly TrainingQuestion[], ranking: RankingWeights): ConfidenceWeights {
  const examples = questions.flatMap(({ weigh, right }) => {
    const best = bestOf(weigh(ranking, COMPETITORS));
    // Word for word is beyond doubt, and would teach that closeness alone is enough.
    if (best === undefined || best.evidence.sameWords) return [];
    return [{ features: confidenceFeaturesOf(best.evidence), positive: isRight(best, right) }];
  });
  return learnNamedLogistic(examples);
}

interface Judged extends JudgedQuestion {
  readonly rightInTop3: boolean;
}

function judge({ kind, weigh, right }: TrainingQuestion, model: Learnt): Judged {
  const ranked = weigh(model.ranking, COMPETITORS).filter((one) => one.kind !== 'uncovered');
  const best = ranked[0];
  return {
    kind,
    confidence: best === undefined ? 0 : confidenceOf(best.evidence, model.confidence),
    right: best !== undefined && isRight(best, right),
    rightInTop3: ranked.slice(0, 3).some((one) => isRight(one, right)),
  };
}

function figuresOf(unseen: readonly Judged[], answerAt: number): TrainingFigures {
  const share = (kind: JudgedQuestion['kind'], test: (one: Judged) => boolean): number => {
    const asked = unseen.filter((one) => one.kind === kind);
    return rounded(asked.filter(test).length / Math.max(1, asked.length));
  };
  return {
    questions: unseen.length,
    top1: share('answerable', ({ right }) => right),
    top3: share('answerable', ({ rightInTop3 }) => rightInTop3),
    rightOutright: share('answerable', ({ right, confidence }) => right && confidence >= answerAt),
    wrongConfident: share('answerable', ({ right, confidence }) => !right && confidence >= answerAt),
    nearAnswered: share('near', ({ confidence }) => confidence >= answerAt),
    offAnswered: share('off', ({ confidence }) => confidence >= answerAt),
    expectedCalibrationError: rounded(calibrationError(unseen)),
  };
}

/** Mean distance of confidence and truth over ten bins of confidence (Naeini et al. 2015). */
function calibrationError(unseen: readonly Judged[]): number {
  let error = 0;
  for (let bin = 0; bin < 10; bin++) {
    const inside = unseen.filter(({ confidence }) => Math.min(9, Math.floor(confidence * 10)) === bin);
    const sure = inside.reduce((sum, { confidence }) => sum + confidence, 0);
    error += Math.abs(sure - inside.filter(({ right }) => right).length) / unseen.length;
  }
  return error;
}

function bestOf(ranked: readonly Ranked[]): Ranked | undefined {
  return ranked.find(({ kind }) => kind !== 'uncovered');
}

function isRight({ kind, id }: Ranked, right: ReadonlySet<string>): boolean {
  return right.has(`${kind}:${id}`);
}

function rounded(value: number): number {
  return Number(value.toFixed(DECIMALS));
}
