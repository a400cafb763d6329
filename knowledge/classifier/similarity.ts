import type { SparseVector } from './text-features';

/** What is known of a text when it is compared: its wording, and its sense where sentence vectors are used. */
export interface TextPoint {
  readonly wording: SparseVector;
  /** Of unit length. */
  readonly sense?: Float32Array;
}

/** Compares texts with a fixed list of examples. */
export interface Similarity {
  readonly size: number;
  /** How alike a text and every example are, by number: -1 to 1. A text without a sense vector is compared by its wording alone. */
  to(point: TextPoint): Float32Array;
  /** Calls back with every example's similarities to the examples up to itself, in order. The array is reused. */
  eachRow(visit: (row: number, similarities: Float32Array) => void): void;
}

/** Share of the sense in the similarity of two texts; their wording has the rest. */
const SENSE_SHARE = 0.6;
/** Rows that are compared at one go: each vector is then fetched once for all of them. */
const ROWS = 4;

/** The similarity to some examples: all of them have a sense vector, or none has. `features` is the size of the vocabulary. */
export function buildSimilarity(examples: readonly TextPoint[], features: number): Similarity {
  const size = examples.length;
  const width = examples[0]?.sense?.length ?? 0;
  const senses = new Float32Array(size * width);
  examples.forEach(({ sense }, row) => {
    if (sense !== undefined) senses.set(sense, row * width);
  });
  const postings = buildPostings(examples, features);
  const addWording = (wording: SparseVector, share: number, sums: Float32Array, offset: number, end: number): void => {
    for (let index = 0; index < wording.features.length; index++) {
      const feature = wording.features[index]!;
      const value = share * wording.values[index]!;
      const to = postings.starts[feature + 1]!;
      for (let at = postings.starts[feature]!; at < to; at++) {
        const row = postings.rows[at]!;
        if (row >= end) break;
        sums[offset + row]! += value * postings.values[at]!;
      }
    }
  };
  const wordingShare = width === 0 ? 1 : 1 - SENSE_SHARE;
  return {
    size,
    to({ wording, sense }) {
      const sums = new Float32Array(size);
      if (width > 0 && sense !== undefined) {
        compareSense(senses, sense, sums);
        addWording(wording, wordingShare, sums, 0, size);
      } else addWording(wording, 1, sums, 0, size);
      return sums;
    },
    eachRow(visit) {
      const sums = new Float32Array(ROWS * size);
      for (let first = 0; first < size; first += ROWS) {
        sums.fill(0);
        const last = Math.min(first + ROWS, size);
        if (width > 0) addSenses(senses, width, first, last, sums, size);
        for (let row = first; row < last; row++) {
          const offset = (row - first) * size;
          addWording(examples[row]!.wording, wordingShare, sums, offset, row + 1);
          visit(row, sums.subarray(offset, offset + row + 1));
        }
      }
    },
  };
}

/** Which examples have a feature, and with which value, feature by feature, examples in order. */
interface Postings {
  readonly starts: Uint32Array;
  readonly rows: Uint32Array;
  readonly values: Float32Array;
}

function buildPostings(examples: readonly TextPoint[], features: number): Postings {
  const starts = new Uint32Array(features + 1);
  for (const { wording } of examples) for (const feature of wording.features) starts[feature + 1]!++;
  for (let feature = 0; feature < features; feature++) starts[feature + 1]! += starts[feature]!;
  const next = starts.slice();
  const rows = new Uint32Array(starts[features]!);
  const values = new Float32Array(rows.length);
  examples.forEach(({ wording }, row) => {
    wording.features.forEach((feature, index) => {
      const at = next[feature]!++;
      rows[at] = row;
      values[at] = wording.values[index]!;
    });
  });
  return { starts, rows, values };
}

/** Sets the sums to the products of a vector and all rows, four rows at a time. */
function compareSense(senses: Float32Array, sense: Float32Array, sums: Float32Array): void {
  const width = sense.length;
  for (let row = 0; row < sums.length; row += ROWS) {
    const a = row * width;
    // Past the end the last row stands in; what it gives is dropped, for it is out of the array's bounds.
    const b = Math.min(row + 1, sums.length - 1) * width;
    const c = Math.min(row + 2, sums.length - 1) * width;
    const d = Math.min(row + 3, sums.length - 1) * width;
    let first = 0;
    let second = 0;
    let third = 0;
    let fourth = 0;
    for (let index = 0; index < width; index++) {
      const number = sense[index]!;
      first += senses[a + index]! * number;
      second += senses[b + index]! * number;
      third += senses[c + index]! * number;
      fourth += senses[d + index]! * number;
    }
    sums[row] = SENSE_SHARE * first;
    sums[row + 1] = SENSE_SHARE * second;
    sums[row + 2] = SENSE_SHARE * third;
    sums[row + 3] = SENSE_SHARE * fourth;
  }
}

/** Adds the products of the rows `first` to `last` (at most {@link ROWS}) with all rows up to theirs, two columns at a time. */
function addSenses(
  senses: Float32Array,
  width: number,
  first: number,
  last: number,
  sums: Float32Array,
  size: number,
): void {
  const a = first * width;
  // Past the end the last row stands in; what it gives is not read.
  const b = Math.min(first + 1, last - 1) * width;
  const c = Math.min(first + 2, last - 1) * width;
  const d = Math.min(first + 3, last - 1) * width;
  for (let column = 0; column < last; column += 2) {
    const left = column * width;
    const right = Math.min(column + 1, size - 1) * width;
    let a0 = 0;
    let a1 = 0;
    let b0 = 0;
    let b1 = 0;
    let c0 = 0;
    let c1 = 0;
    let d0 = 0;
    let d1 = 0;
    for (let index = 0; index < width; index++) {
      const x = senses[left + index]!;
      const y = senses[right + index]!;
      const av = senses[a + index]!;
      const bv = senses[b + index]!;
      const cv = senses[c + index]!;
      const dv = senses[d + index]!;
      a0 += av * x;
      a1 += av * y;
      b0 += bv * x;
      b1 += bv * y;
      c0 += cv * x;
      c1 += cv * y;
      d0 += dv * x;
      d1 += dv * y;
    }
    sums[column] = SENSE_SHARE * a0;
    sums[size + column] = SENSE_SHARE * b0;
    sums[2 * size + column] = SENSE_SHARE * c0;
    sums[3 * size + column] = SENSE_SHARE * d0;
    if (column + 1 < size) {
      sums[column + 1] = SENSE_SHARE * a1;
      sums[size + column + 1] = SENSE_SHARE * b1;
      sums[2 * size + column + 1] = SENSE_SHARE * c1;
      sums[3 * size + column + 1] = SENSE_SHARE * d1;
    }
  }
}
