import type { Thresholds } from '../trained-model';

/** What was found for one labelled question by a model that has not seen it. */
export interface JudgedQuestion {
  /**
   * `answerable`: one of our entries is right. `guided`: one of our guides is. `near`: about our topic, but nothing we know answers it.
   * `off`: neither.
   */
  readonly kind: 'answerable' | 'guided' | 'near' | 'off';
  /** Confidence, 0 to 1, in the best entry; 0 where there is none. */
  readonly confidence: number;
  /** Whether the best entry is right. */
  readonly right: boolean;
}

/** What was found of guides for one labelled question. */
export interface JudgedGuide extends Pick<JudgedQuestion, 'kind' | 'confidence'> {
  /** Confidence, 0 to 1, in the best guide; 0 where there is none. */
  readonly guideConfidence: number;
  readonly rightGuide: boolean;
}

/** Largest shares of questions that may be sent into a wrong guide, by what was asked. */
export interface WrongStartLimits {
  readonly guided: number;
  readonly answerable: number;
  readonly near: number;
}

/** Largest shares of wrong answers that a threshold may let through, by what was asked. */
export interface WrongAnswerLimits {
  readonly answerable: number;
  readonly near: number;
  readonly off: number;
  /** Of the questions about something else, how many may be offered a choice or an answer. */
  readonly offOffered: number;
}

const STEP = 0.01;

/**
 * The lowest thresholds that keep wrong answers within limits: lower answers more, higher answers less wrongly. With no questions
 * of a kind its limit is kept. At least 0.3 and 0.2, at most 0.95.
 */
export function chooseThresholds(
  questions: readonly JudgedQuestion[],
  limits: WrongAnswerLimits,
): Omit<Thresholds, 'startAt'> {
  const shareOf = (kind: JudgedQuestion['kind'], test: (question: JudgedQuestion) => boolean): number => {
    const asked = questions.filter((question) => question.kind === kind);
    return asked.length === 0 ? 0 : asked.filter(test).length / asked.length;
  };
  const answerAt = lowest(0.3, (at) => {
    const wrong = ({ confidence, right }: JudgedQuestion): boolean => confidence >= at && !right;
    return (
      shareOf('answerable', wrong) <= limits.answerable &&
      shareOf('near', wrong) <= limits.near &&
      shareOf('off', wrong) <= limits.off
    );
  });
  const offerAt = lowest(0.2, (at) => shareOf('off', ({ confidence }) => confidence >= at) <= limits.offOffered);
  return { answerAt, offerAt: Math.min(offerAt, answerAt) };
}

/** The lowest confidence from which a guide is started that keeps wrong starts within limits. At least 0.4, at most 0.95. */
export function chooseStartAt(questions: readonly JudgedGuide[], limits: WrongStartLimits): number {
  return lowest(0.4, (at) =>
    (Object.keys(limits) as (keyof WrongStartLimits)[]).every((kind) => {
      const asked = questions.filter((question) => question.kind === kind);
      const wrong = asked.filter(
        ({ guideConfidence, confidence, rightGuide }) =>
          guideConfidence >= at && guideConfidence > confidence && !rightGuide,
      );
      return wrong.length <= limits[kind] * asked.length;
    }),
  );
}

function lowest(from: number, isFine: (threshold: number) => boolean): number {
  for (let step = Math.round(from / STEP); step <= 95; step++) {
    const threshold = Number((step * STEP).toFixed(2));
    if (isFine(threshold)) return threshold;
  }
  return 0.95;
}
