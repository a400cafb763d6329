import { COLUMNS, compileDotKernel, LANES, ROWS, type WasmMemory } from './dot-kernel';

/** A matrix of weights, with a number to add to each of its columns. */
export interface Matrix {
  /**
   * Writes `rows` rows of `outputs` numbers, each a row of `input` times the matrix.
   *
   * @param rows at most those that {@link openMatrices} was told
   */
  multiply(input: Float32Array, rows: number, output: Float32Array): void;
}

export interface MatrixShape {
  /** Rows of the matrix; a multiple of eight. */
  readonly inputs: number;
  /** Columns of the matrix; a multiple of four. */
  readonly outputs: number;
}

/** Makes matrices that share one memory. */
export interface MatrixMaker {
  /**
   * @param columnOf the numbers of a column; read once, at once
   * @param bias is added to each row of the results; zeros by default
   */
  make(shape: MatrixShape, columnOf: (column: number) => Float32Array, bias?: Float32Array): Matrix;
  /** A place for matrices that last until the next one takes it, without a bias, none larger than `largest` is. */
  reserve(largest: MatrixShape): (shape: MatrixShape, columnOf: (column: number) => Float32Array) => Matrix;
}

/** Largest length, as of an arrow, of a row or column in whole numbers, before they are rounded. */
const LONGEST = 46_000;
const LARGEST = 32_767;
const PAGE = 65_536;

/**
 * Matrices in whole numbers of 16 bits, multiplied by SIMD instructions; `undefined` where this machine has none. Each column and
 * each row of input has its own scale: as fine as possible while no sum can leave 32 bits, since a product of two arrows is never
 * larger than their lengths' (Cauchy and Schwarz): 46,000² plus what rounding adds is less than 2³¹. The error is some 0.0002 of
 * a typical sum.
 *
 * @param maxRows most rows of an input
 * @param maxWidth most numbers in a row of an input or an output
 */
export function openMatrices(maxRows: number, maxWidth: number): MatrixMaker | undefined {
  const rowGroups = Math.ceil(maxRows / ROWS);
  const inputBytes = rowGroups * ROWS * maxWidth * Int16Array.BYTES_PER_ELEMENT;
  const outputBytes = rowGroups * ROWS * maxWidth * Float32Array.BYTES_PER_ELEMENT;
  const compiled = compileDotKernel();
  if (compiled === undefined) return undefined;
  const { kernel, memory } = compiled;
  const inputAt = allocate(memory, inputBytes);
  const outputAt = allocate(memory, outputBytes);
  const rowScalesAt = allocate(memory, rowGroups * ROWS * Float32Array.BYTES_PER_ELEMENT);
  const placeFor = ({ inputs, outputs }: MatrixShape) => ({
    weightsAt: allocate(memory, inputs * outputs * Int16Array.BYTES_PER_ELEMENT),
    scalesAt: allocate(memory, 2 * outputs * Float32Array.BYTES_PER_ELEMENT),
  });
  const fill = (
    { weightsAt, scalesAt }: ReturnType<typeof placeFor>,
    { inputs, outputs }: MatrixShape,
    columnOf: (column: number) => Float32Array,
    bias?: Float32Array,
  ): Matrix => {
    const scales = new Float32Array(memory.buffer, scalesAt, 2 * outputs);
    const packed = new Int16Array(memory.buffer, weightsAt, inputs * outputs);
    for (let at = 0; at < outputs; at++) {
      const place = at + Math.floor(at / COLUMNS) * COLUMNS;
      scales[place] = pack(columnOf(at), 0, inputs, packed, at, COLUMNS);
      scales[place + COLUMNS] = bias?.[at] ?? 0;
    }
    return {
      multiply(input, rows, output) {
        if (rows === 0 || outputs === 0) return;
        const groups = Math.ceil(rows / ROWS);
        const { buffer } = memory;
        const numbers = new Int16Array(buffer, inputAt, groups * ROWS * inputs);
        const rowScales = new Float32Array(buffer, rowScalesAt, rows);
        for (let row = 0; row < rows; row++) rowScales[row] = pack(input, row * inputs, inputs, numbers, row, ROWS);
        const stride = outputs * Float32Array.BYTES_PER_ELEMENT;
        kernel(inputAt, weightsAt, outputAt, inputs / LANES, outputs / COLUMNS, groups, scalesAt, rowScalesAt, stride);
        output.set(new Float32Array(buffer, outputAt, rows * outputs));
      },
    };
  };
  return {
    make: (shape, columnOf, bias) => fill(placeFor(shape), shape, columnOf, bias),
    reserve(largest) {
      const place = placeFor(largest);
      return (shape, columnOf) => fill(place, shape, columnOf);
    },
  };
}

/**
 * Rounds `length` numbers and puts them where the kernel reads the `index`th row or column: in turns of {@link LANES} numbers of
 * each of the `group` that are multiplied together.
 *
 * @returns what one whole number is worth
 */
function pack(from: Float32Array, start: number, length: number, to: Int16Array, index: number, group: number): number {
  /** Its square. */
  let largest = 0;
  let squares = 0;
  for (let i = 0; i < length; i++) {
    const square = from[start + i]! * from[start + i]!;
    if (square > largest) largest = square;
    squares += square;
  }
  const scale = largest === 0 ? 0 : Math.min(LARGEST / Math.sqrt(largest), LONGEST / Math.sqrt(squares));
  const first = Math.floor(index / group) * length * group + (index % group) * LANES;
  for (let turn = 0, at = first; turn < length; turn += LANES, at += LANES * group) {
    // Rounds: the array takes whole numbers modulo 65,536, without their fraction.
    for (let i = 0; i < LANES; i++) to[at + i] = from[start + turn + i]! * scale + 65_536.5;
  }
  return scale === 0 ? 0 : 1 / scale;
}

function allocate(memory: WasmMemory, bytes: number): number {
  return memory.grow(Math.ceil(bytes / PAGE)) * PAGE;
}
