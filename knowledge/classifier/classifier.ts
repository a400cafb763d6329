import { type JudgedScope, probabilitiesOf } from './calibration';
import { kernelOf } from './kernel-matrix';
import { buildSimilarity, type TextPoint } from './similarity';
import { buildTextFeatures } from './text-features';

/** The label of examples that are out of scope. */
export const OUT_OF_SCOPE = 'oos';

/** A text with its label; either all examples of a classifier have a sentence vector or none has. */
export interface Example {
  readonly text: string;
  readonly label: string;
  readonly vector?: Float32Array;
}

/** What a text is about. */
export interface Classification {
  /** All labels but {@link OUT_OF_SCOPE}, best first; ties in the order of the labels' names. */
  readonly ranked: readonly {
    readonly label: string /** Calibrated probability, 0 to 1. */;
    readonly confidence: number;
  }[];
  /** Unbounded, higher for what is in scope. */
  readonly inScopeScore: number;
  /** Whether it is taken as in scope: `inScopeScore` reaches the threshold. */
  readonly inScope: boolean;
}

/** Tells which of its labels a text has. */
export interface Classifier {
  /** In the order of their names. */
  readonly labels: readonly string[];
  readonly threshold: number;
  /** An example's own vector must come with the text where the examples had vectors; without it only the wording is compared. */
  classify(text: string, vector?: Float32Array): Classification;
  /** The same classifier with another threshold. */
  withThreshold(threshold: number): Classifier;
  /** As plain data, small enough to be stored: {@link classifierFrom} brings it back. */
  toJson(): ClassifierJson;
}

/** A trained classifier as plain data. Numbers are stored as base64 of little-endian 32-bit floats. */
export interface ClassifierJson {
  readonly version: 1;
  readonly labels: readonly string[];
  readonly texts: readonly string[];
  readonly vectors: string | null;
  /** Every label's weight of every example, label by label; only those that are not 0. */
  readonly weights: readonly { readonly examples: string; readonly values: string }[];
  readonly sharpness: number;
  /** `null`: everything is taken. */
  readonly threshold: number | null;
}

/** What training found out: all of the classifier that is not in its examples. */
export interface Model {
  readonly labels: readonly string[];
  /** By label: the weight of every example. */
  readonly weights: readonly Float32Array[];
  readonly sharpness: number;
  readonly threshold: number;
}

/** Examples as they are compared, the same way in training and in use. */
export interface ExampleSpace {
  readonly points: readonly TextPoint[];
  readonly features: number;
  pointOf(text: string, vector: Float32Array | undefined): TextPoint;
}

/**
 * The space that examples span: their vocabulary, and the centre of their sentence vectors, which is taken away from every vector
 * so that what all examples share does not count.
 *
 * @throws RangeError where some examples have a vector and others have none, or vectors differ in length
 */
export function buildExampleSpace(examples: readonly Pick<Example, 'text' | 'vector'>[]): ExampleSpace {
  const textFeatures = buildTextFeatures(examples.map(({ text }) => text));
  const width = examples[0]?.vector?.length;
  if (examples.some(({ vector }) => vector?.length !== width)) {
    throw new RangeError('either all examples have a sentence vector of the same length, or none has one');
  }
  const centre = new Float64Array(width ?? 0);
  for (const { vector } of examples) {
    vector?.forEach((number, index) => {
      centre[index]! += number / examples.length;
    });
  }
  const pointOf = (text: string, vector: Float32Array | undefined): TextPoint => {
    const wording = textFeatures.vectorOf(text);
    return vector === undefined || width === undefined ? { wording } : { wording, sense: unit(vector, centre) };
  };
  return {
    points: examples.map(({ text, vector }) => pointOf(text, vector)),
    features: textFeatures.size,
    pointOf,
  };
}

function unit(vector: Float32Array, centre: Float64Array): Float32Array {
  const moved = vector.map((number, index) => number - centre[index]!);
  const length = Math.sqrt(moved.reduce((sum, number) => sum + number * number, 0));
  return length === 0 ? moved : moved.map((number) => number / length);
}

/** Puts a model and the examples it was trained on together. */
export function buildClassifier(
  examples: readonly Pick<Example, 'text' | 'vector'>[],
  model: Model,
  space: ExampleSpace = buildExampleSpace(examples),
): Classifier {
  const { labels, weights, sharpness, threshold } = model;
  const similarity = buildSimilarity(space.points, space.features);
  const kept = keptWeights(weights, space.points.length);
  return {
    labels,
    threshold,
    classify(text, vector) {
      const scores = new Float32Array(labels.length);
      similarity.to(space.pointOf(text, vector)).forEach((alike, example) => {
        const kernel = kernelOf(alike);
        const end = kept.starts[example + 1]!;
        for (let at = kept.starts[example]!; at < end; at++) scores[kept.labels[at]!]! += kernel * kept.values[at]!;
      });
      const probabilities = probabilitiesOf(scores, sharpness);
      const { inScopeScore } = judgeScope(labels, scores);
      return {
        ranked: labels
          .map((label, index) => ({ label, confidence: probabilities[index]! }))
          .filter(({ label }) => label !== OUT_OF_SCOPE)
          .sort((a, b) => b.confidence - a.confidence),
        inScopeScore,
        inScope: inScopeScore >= threshold,
      };
    },
    withThreshold: (other) => buildClassifier(examples, { ...model, threshold: other }, space),
    toJson: () => ({
      version: 1,
      labels,
      texts: examples.map(({ text }) => text),
      vectors:
        examples[0]?.vector === undefined
          ? null
          : toBase64(Float32Array.from(examples.flatMap(({ vector }) => [...vector!]))),
      weights: weights.map((of) => {
        const kept = [...of.keys()].filter((example) => of[example] !== 0);
        return {
          examples: toBase64(Float32Array.from(kept)),
          values: toBase64(Float32Array.from(kept, (example) => of[example]!)),
        };
      }),
      sharpness,
      threshold: Number.isFinite(threshold) ? threshold : null,
    }),
  };
}

/** The weights that are not 0, example by example: most are. */
function keptWeights(weights: readonly Float32Array[], examples: number) {
  const starts = new Uint32Array(examples + 1);
  const labels: number[] = [];
  const values: number[] = [];
  for (let example = 0; example < examples; example++) {
    weights.forEach((of, label) => {
      if (of[example] === 0) return;
      labels.push(label);
      values.push(of[example]!);
    });
    starts[example + 1] = labels.length;
  }
  return { starts, labels: Uint32Array.from(labels), values: Float32Array.from(values) };
}

/**
 * How sure scores are that a text is in scope: the best label's, less half of what "out of scope" gets where that was trained.
 * `best` is the number of the best label in scope.
 */
export function judgeScope(
  labels: readonly string[],
  scores: Float32Array,
): { readonly best: number } & Pick<JudgedScope, 'inScopeScore'> {
  let best = -1;
  let outOfScope = 0;
  scores.forEach((score, index) => {
    if (labels[index] === OUT_OF_SCOPE) outOfScope = score;
    else if (best < 0 || score > scores[best]!) best = index;
  });
  return { best, inScopeScore: (scores[best] ?? 0) - 0.5 * outOfScope };
}

/** The classifier that {@link Classifier.toJson} was called on. */
export function classifierFrom(json: ClassifierJson): Classifier {
  const vectors = json.vectors === null ? undefined : fromBase64(json.vectors);
  const width = (vectors?.length ?? 0) / json.texts.length;
  const examples = json.texts.map((text, index) =>
    vectors === undefined ? { text } : { text, vector: vectors.slice(index * width, (index + 1) * width) },
  );
  const weights = json.weights.map(({ examples: kept, values }) => {
    const of = new Float32Array(json.texts.length);
    const numbers = fromBase64(values);
    fromBase64(kept).forEach((example, index) => {
      of[example] = numbers[index]!;
    });
    return of;
  });
  const threshold = json.threshold ?? Number.NEGATIVE_INFINITY;
  return buildClassifier(examples, { labels: json.labels, weights, sharpness: json.sharpness, threshold });
}

function toBase64(numbers: Float32Array): string {
  return Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength).toString('base64');
}

function fromBase64(text: string): Float32Array {
  const bytes = Uint8Array.from(Buffer.from(text, 'base64'));
  return new Float32Array(bytes.buffer);
}
