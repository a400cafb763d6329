import { buildStemsOf, wordsOf } from '../words';

/** The features of one text: their numbers, each at most once, and their values. The sum of the squares is at most 1. */
export interface SparseVector {
  readonly features: Uint32Array;
  readonly values: Float32Array;
}

/** Turns texts into vectors whose product says how much of their wording two texts share, 0 to 1. */
export interface TextFeatures {
  /** How many features there are; their numbers are below. */
  readonly size: number;
  /** What is not in the vocabulary counts for nothing; a text that shares nothing with it has an empty vector. */
  vectorOf(text: string): SparseVector;
}

/**
 * The kinds of feature, told by the first letter of their names, with their share in the similarity: stems, stems and pairs of
 * stems, pieces of 3 to 5 letters. Each kind has unit length by itself, so that the many pieces do not drown the few words.
 */
const SHARES = { w: 0.25, p: 0.25, c: 0.5 } as const;
type Kind = keyof typeof SHARES;
const KINDS = Object.keys(SHARES) as Kind[];
const SHORTEST_PIECE = 3;
const LONGEST_PIECE = 5;

/** Features from texts that are known: every stem, pair and piece in them, weighted by how rare it is (smoothed idf). */
export function buildTextFeatures(texts: readonly string[]): TextFeatures {
  const stemsOf = buildStemsOf();
  const documents = new Map<string, number>();
  for (const text of texts) {
    for (const name of new Set(namesOf(text, stemsOf(text)))) documents.set(name, (documents.get(name) ?? 0) + 1);
  }
  const numbers = new Map([...documents.keys()].map((name, number) => [name, number]));
  const idf = Float32Array.from(documents.values(), (count) => Math.log((1 + texts.length) / (1 + count)) + 1);
  return {
    size: idf.length,
    vectorOf(text) {
      const counts: Record<Kind, Map<number, number>> = { w: new Map(), p: new Map(), c: new Map() };
      for (const name of namesOf(text, stemsOf(text))) {
        const number = numbers.get(name);
        if (number === undefined) continue;
        const of = counts[name[0] as Kind];
        of.set(number, (of.get(number) ?? 0) + 1);
      }
      const size = KINDS.reduce((sum, kind) => sum + counts[kind].size, 0);
      const features = new Uint32Array(size);
      const values = new Float32Array(size);
      let at = 0;
      for (const kind of KINDS) {
        const from = at;
        let squares = 0;
        for (const [number, count] of counts[kind]) {
          const value = (1 + Math.log(count)) * idf[number]!;
          features[at] = number;
          values[at++] = value;
          squares += value * value;
        }
        const scale = Math.sqrt(SHARES[kind] / squares);
        for (let index = from; index < at; index++) values[index]! *= scale;
      }
      return { features, values };
    },
  };
}

/** The names of a text's features, as often as they occur. */
function namesOf(text: string, stems: readonly string[]): string[] {
  const words = wordsOf(text);
  const names: string[] = [];
  stems.forEach((stem, index) => {
    names.push(`w${stem}`, `p${stem}`);
    if (index > 0) names.push(`p${stems[index - 1]} ${stem}`);
  });
  for (const word of words) {
    const padded = ` ${word} `;
    for (let length = SHORTEST_PIECE; length <= LONGEST_PIECE; length++) {
      for (let from = 0; from + length <= padded.length; from++) names.push(`c${padded.slice(from, from + length)}`);
    }
  }
  return names;
}
