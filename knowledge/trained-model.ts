import { readFile } from 'node:fs/promises';
import * as v from 'valibot';

/** Share of each part of the evidence in the rank score. Every part is 0 to 1 and the weights add up to 1, so that the score is 0 to 1. */
export type RankingWeights = v.InferOutput<typeof RankingWeights>;

/** Weights of the logistic model of confidence: log odds for each unit of a feature (see confidence.ts). */
export type ConfidenceWeights = v.InferOutput<typeof ConfidenceWeights>;

/** Weights of the logistic model that tells an intent (see intent-matcher.ts). */
export type IntentWeights = v.InferOutput<typeof IntentWeights>;

/** What to do at which confidence, 0 to 1. */
export interface Thresholds {
  /** From here on an entry is answered outright. */
  readonly answerAt: number;
  /** From here on a guide is started outright. */
  readonly startAt: number;
  /** From here on a candidate is worth offering as a choice. */
  readonly offerAt: number;
}

/** Everything that was learnt for one way of reading: with the sentence encoder, or without. */
export interface ReadingModel {
  readonly ranking: RankingWeights;
  /** Of entries, and of guides: a guide has several times as many utterances, and is weighed against the best entry too. */
  readonly confidence: ConfidenceWeights;
  readonly guideConfidence: ConfidenceWeights;
  readonly intents: IntentWeights;
  readonly thresholds: Thresholds;
}

/** What `npm run train` learns and writes, with the figures it was chosen on. */
export interface TrainedModel {
  readonly lexical: ReadingModel;
  readonly semantic: ReadingModel;
}

const RankingWeights = v.object({
  tokens: v.number(),
  text: v.number(),
  grams: v.number(),
  sense: v.number(),
  coverage: v.number(),
  notGuide: v.number(),
});
const ConfidenceWeights = v.object({
  bias: v.number(),
  closest: v.number(),
  gramsClosest: v.number(),
  senseClosest: v.number(),
  coverage: v.number(),
  margin: v.number(),
  aheadOfOtherKind: v.number(),
  aheadOfUncovered: v.number(),
  agreement: v.number(),
  words: v.number(),
});
const IntentWeights = v.object({
  bias: v.number(),
  words: v.number(),
  grams: v.number(),
  sense: v.number(),
  known: v.number(),
  topicWords: v.number(),
  rivalGrams: v.number(),
  rivalSense: v.number(),
});
const Probability = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const ReadingModel = v.object({
  ranking: RankingWeights,
  confidence: ConfidenceWeights,
  guideConfidence: ConfidenceWeights,
  intents: IntentWeights,
  thresholds: v.object({ answerAt: Probability, startAt: Probability, offerAt: Probability }),
});
const TrainedModel = v.object({ lexical: ReadingModel, semantic: ReadingModel });

/**
 * Reads trained-model.json.
 * @throws Error where the file is missing or not of this form: it is part of the program, not of the content
 */
export async function loadTrainedModel(file: string): Promise<TrainedModel> {
  const result = v.safeParse(v.pipe(v.string(), v.parseJson(), TrainedModel), await readFile(file, 'utf8'));
  if (result.success) return result.output;
  const faults = result.issues.map((issue) => `${v.getDotPath(issue) ?? 'the file'}: ${issue.message}`);
  throw new Error(
    `${file} is damaged; run \`npm run train\` or take it from the repository again. ${faults.join('; ')}`,
  );
}
