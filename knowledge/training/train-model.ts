import { confidenceFeaturesOf, confidenceOf } from '../confidence';
import type { Ranked, Weigh } from '../rank';
import type { ConfidenceWeights, RankingWeights, ReadingModel, Thresholds } from '../trained-model';
import {
  chooseStartAt,
  chooseThresholds,
  type JudgedGuide,
  type JudgedQuestion,
  type WrongAnswerLimits,
  type WrongStartLimits,
} from './choose-thresholds';
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
  /** Of the questions that an entry answers. */
  readonly top1: number;
  readonly top3: number;
  readonly rightOutright: number;
  readonly wrongConfident: number;
  readonly nearAnswered: number;
  readonly offAnswered: number;
  /** Of the questions that a guide is for: right guide started, right guide started or offered, wrong guide started. */
  readonly guideStarted: number;
  readonly guideReached: number;
  readonly wrongGuide: number;
  /** Of the questions that an entry answers: sent into a guide. */
  readonly sentAway: number;
  readonly expectedCalibrationError: number;
}

const PARTS = ['tokens', 'text', 'grams', 'sense', 'coverage', 'notGuide'] as const;
const FOLDS = 5;
const LIMITS: WrongAnswerLimits = { answerable: 0.033, near: 0.12, off: 0.03, offOffered: 0.2 };
const START_LIMITS: WrongStartLimits = { guided: 0.06, answerable: 0.012, near: 0.02 };
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
  const startAt = chooseStartAt(unseen, START_LIMITS);
  const thresholds = { ...chooseThresholds(unseen, LIMITS), startAt };
  return { model: { ...learn(questions), thresholds }, figures: figuresOf(unseen, thresholds) };
}

type Learnt = Pick<ReadingModel, 'ranking' | 'confidence' | 'guideConfidence'>;

function learn(questions: readonly TrainingQuestion[]): Learnt {
  const ranking = learnRanking(questions);
  return {
    ranking,
    confidence: learnConfidence(questions, ranking),
    guideConfidence: learnGuideConfidence(questions, ranking),
  };
}

function learnRanking(questions: readonly TrainingQuestion[]): RankingWeights {
  const even: RankingWeights = { tokens: 1, text: 1, grams: 1, sense: 1, coverage: 1, notGuide: 0 };
  // A part that is not there (sense, without the encoder) must not get a weight.
  const parts = PARTS.filter((part) => part !== 'sense' || questions.some(({ bySense }) => bySense));
  const examples = questions
    .filter(({ kind }) => kind === 'answerable' || kind === 'guided')
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
    notGuide: weightOf('notGuide'),
  };
}

/** How sure the best entry is, whatever guides there are: who asks for a guide is offered it beside the answer. */
function learnConfidence(questions: readonly TrainingQuestion[], ranking: RankingWeights): ConfidenceWeights {
  const examples = questions.flatMap(({ kind, weigh, right }) => {
    const best = bestOf(weigh(ranking, COMPETITORS), 'entry');
    // Word for word is beyond doubt, and would teach that closeness alone is enough.
    if (kind === 'guided' || best === undefined || best.evidence.sameWords) return [];
    const features = { ...confidenceFeaturesOf(best.evidence), aheadOfOtherKind: 0 };
    return [{ features, positive: isRight(best, right) }];
  });
  return learnNamedLogistic(examples);
}

function learnGuideConfidence(questions: readonly TrainingQuestion[], ranking: RankingWeights): ConfidenceWeights {
  const examples = questions.flatMap(({ weigh, right }) => {
    const best = bestOf(weigh(ranking, COMPETITORS), 'guide');
    if (best === undefined || best.evidence.sameWords) return [];
    return [{ features: confidenceFeaturesOf(best.evidence), positive: isRight(best, right) }];
  });
  return learnNamedLogistic(examples);
}

interface Judged extends JudgedQuestion, JudgedGuide {
  readonly rightInTop3: boolean;
}

function judge({ kind, weigh, right }: TrainingQuestion, model: Learnt): Judged {
  const ranked = weigh(model.ranking, COMPETITORS);
  const entries = ranked.filter((one) => one.kind === 'entry');
  const [entry, guide] = [entries[0], bestOf(ranked, 'guide')];
  return {
    kind,
    confidence: entry === undefined ? 0 : confidenceOf(entry.evidence, model.confidence),
    right: entry !== undefined && isRight(entry, right),
    rightInTop3: entries.slice(0, 3).some((one) => isRight(one, right)),
    guideConfidence: guide === undefined ? 0 : confidenceOf(guide.evidence, model.guideConfidence),
    rightGuide: guide !== undefined && isRight(guide, right),
  };
}

function figuresOf(unseen: readonly Judged[], { answerAt, startAt, offerAt }: Thresholds): TrainingFigures {
  const share = (kind: JudgedQuestion['kind'], test: (one: Judged) => boolean): number => {
    const asked = unseen.filter((one) => one.kind === kind);
    return rounded(asked.filter(test).length / Math.max(1, asked.length));
  };
  const starts = ({ guideConfidence, confidence }: Judged): boolean =>
    guideConfidence >= startAt && guideConfidence > confidence;
  const answers = (one: Judged): boolean => !starts(one) && one.confidence >= answerAt;
  return {
    questions: unseen.length,
    top1: share('answerable', ({ right }) => right),
    top3: share('answerable', ({ rightInTop3 }) => rightInTop3),
    rightOutright: share('answerable', (one) => one.right && answers(one)),
    wrongConfident: share('answerable', (one) => !one.right && answers(one)),
    nearAnswered: share('near', (one) => answers(one) || starts(one)),
    offAnswered: share('off', (one) => answers(one) || starts(one)),
    guideStarted: share('guided', (one) => one.rightGuide && starts(one)),
    guideReached: share('guided', (one) => one.rightGuide && (starts(one) || one.guideConfidence >= offerAt)),
    wrongGuide: share('guided', (one) => !one.rightGuide && starts(one)),
    sentAway: share('answerable', starts),
    expectedCalibrationError: rounded(calibrationError(unseen.filter(({ kind }) => kind !== 'guided'))),
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

function bestOf(ranked: readonly Ranked[], kind: Ranked['kind']): Ranked | undefined {
  return ranked.find((one) => one.kind === kind);
}

function isRight({ kind, id }: Ranked, right: ReadonlySet<string>): boolean {
  return right.has(`${kind}:${id}`);
}

function rounded(value: number): number {
  return Number(value.toFixed(DECIMALS));
}
