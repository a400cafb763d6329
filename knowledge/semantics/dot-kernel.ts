/*
 * The little of WebAssembly that is used here, which every Node has and its types leave to those of browsers.
 */
export interface WasmMemory {
  readonly buffer: ArrayBuffer;
  /** Adds pages of 65,536 bytes and answers how many there were. Earlier views of the buffer become empty. */
  grow(pages: number): number;
}
declare const WebAssembly: {
  readonly Memory: new (limits: { readonly initial: number }) => WasmMemory;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: Readonly<Record<string, unknown>> };
  validate(bytes: Uint8Array): boolean;
};

/** Whole numbers that the kernel handles with one instruction. */
export const LANES = 8;
/** Columns of weights, and rows of input, that one turn of the innermost loop multiplies with each other. */
export const COLUMNS = 4;
export const ROWS = 2;

/** The kernel, working on the memory that comes with it. Addresses are in bytes; it may write and read one row more than there is. */
export type DotKernel = (
  input: number,
  weights: number,
  /** Where the results go, row by row, as 32-bit floating-point numbers. */
  output: number,
  /** How often {@link LANES} numbers of a row are multiplied with as many of a column. */
  steps: number,
  columnGroups: number,
  rowGroups: number,
  /** By group of columns: what a whole number in each column is worth, then what is added to each. */
  columnScales: number,
  /** What a whole number in each row is worth. */
  rowScales: number,
  /** Bytes of a row of the output. */
  stride: number,
) => void;

/**
 * A program in WebAssembly that multiplies matrices of 16-bit whole numbers with 128-bit SIMD instructions, eight products each
 * (`i32x4.dot_i16x8_s`), into 32-bit sums, and scales these; `undefined` where this machine has no such instructions. Input and
 * weights lie in the order in which they are read (see int-matrix.ts).
 */
export function compileDotKernel(): { readonly kernel: DotKernel; readonly memory: WasmMemory } | undefined {
  const bytes = Uint8Array.from(moduleOf(body()));
  if (!WebAssembly.validate(bytes)) return undefined;
  const memory = new WebAssembly.Memory({ initial: 0 });
  const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), { '': { '': memory } });
  return { kernel: instance.exports[''] as DotKernel, memory };
}

type Code = readonly number[];

const I32 = 0x7f;
const V128 = 0x7b;
/** The parameters first, then the locals. */
const [INPUT, WEIGHTS, OUTPUT, STEPS, COLUMN_GROUPS, ROW_GROUPS, COLUMN_SCALES, ROW_SCALES, STRIDE] = [
  0, 1, 2, 3, 4, 5, 6, 7, 8,
];
const PARAMETERS = 9;
const [INPUT_AT, WEIGHTS_AT, OUTPUT_AT, SCALES_AT, STEPS_LEFT, ROWS_LEFT] = [9, 10, 11, 12, 13, 14];
const I32_LOCALS = 6;
const SUMS = PARAMETERS + I32_LOCALS;
const ROW = SUMS + ROWS * COLUMNS;
const COLUMN = ROW + ROWS;
const V128_LOCALS = ROWS * COLUMNS + ROWS + 1;
const VECTOR_BYTES = 16;

const get = (local: number): Code => [0x20, local];
const set = (local: number, value: Code): Code => [...value, 0x21, local];
const loadVector = (address: Code, offset: number): Code => [...address, 0xfd, 0x00, 4, offset];
const spread = (address: Code, offset: number): Code => [...address, 0xfd, 0x09, 2, offset];
const store = (address: Code, value: Code): Code => [...address, ...value, 0xfd, 0x0b, 2, 0];
const i32 = (value: number): Code => [0x41, ...signed(value)];
const addI32 = (a: Code, b: Code): Code => [...a, ...b, 0x6a];
const add = (a: Code, b: Code): Code => [...a, ...b, 0xfd, 0xae, 0x01];
const dot = (a: Code, b: Code): Code => [...a, ...b, 0xfd, 0xba, 0x01];
const toFloats = (a: Code): Code => [...a, 0xfd, 0xfa, 0x01];
const addFloats = (a: Code, b: Code): Code => [...a, ...b, 0xfd, 0xe4, 0x01];
const multiplyFloats = (a: Code, b: Code): Code => [...a, ...b, 0xfd, 0xe6, 0x01];
/** Four numbers out of `a`, 0 to 3, and `b`, 4 to 7. */
const pick = (a: Code, b: Code, ...lanes: number[]): Code => [
  ...[...a, ...b, 0xfd, 0x0d],
  ...lanes.flatMap((lane) => [4 * lane, 4 * lane + 1, 4 * lane + 2, 4 * lane + 3]),
];
/** Of two pairs of halves to be added: the first ones and the second ones. */
const fold = (a: Code, b: Code, first: number[], second: number[]): Code =>
  add(pick(a, b, ...first), pick(a, b, ...second));
const zero: Code = [0xfd, 0x0c, ...new Array<number>(16).fill(0)];
const advance = (local: number, by: number): Code => set(local, addI32(get(local), i32(by)));
/** Runs `code` as often as `count` says, at least once, counting it down to zero. */
const repeat = (count: number, code: Code): Code => [
  0x03,
  0x40,
  ...code,
  ...advance(count, -1),
  ...get(count),
  0x0d,
  0,
  0x0b,
];

function body(): Code {
  const columns = range(COLUMNS);
  const rows = range(ROWS);
  const sum = (row: number, column: number): number => SUMS + row * COLUMNS + column;
  const step = [
    ...rows.flatMap((row) => set(ROW + row, loadVector(get(INPUT_AT), row * VECTOR_BYTES))),
    ...columns.flatMap((column) => [
      ...set(COLUMN, loadVector(get(WEIGHTS_AT), column * VECTOR_BYTES)),
      ...rows.flatMap((row) => set(sum(row, column), add(get(sum(row, column)), dot(get(ROW + row), get(COLUMN))))),
    ]),
    ...advance(INPUT_AT, ROWS * VECTOR_BYTES),
    ...advance(WEIGHTS_AT, COLUMNS * VECTOR_BYTES),
  ];
  /** Each column's four partial sums become one number of the vector. */
  const totals = (row: number): Code => {
    const pair = (column: number) => fold(get(sum(row, column)), get(sum(row, column + 1)), [0, 4, 1, 5], [2, 6, 3, 7]);
    return fold(pair(0), pair(2), [0, 1, 4, 5], [2, 3, 6, 7]);
  };
  const result = (row: number): Code =>
    addFloats(
      multiplyFloats(
        multiplyFloats(toFloats(totals(row)), loadVector(get(COLUMN_SCALES), 0)),
        spread(get(SCALES_AT), row * Float32Array.BYTES_PER_ELEMENT),
      ),
      loadVector(get(COLUMN_SCALES), VECTOR_BYTES),
    );
  const tile = [
    ...set(WEIGHTS_AT, get(WEIGHTS)),
    ...set(STEPS_LEFT, get(STEPS)),
    ...range(ROWS * COLUMNS).flatMap((at) => set(SUMS + at, zero)),
    ...repeat(STEPS_LEFT, step),
    ...rows.flatMap((row) => [
      ...store(get(OUTPUT_AT), result(row)),
      ...set(OUTPUT_AT, addI32(get(OUTPUT_AT), get(STRIDE))),
    ]),
    ...advance(SCALES_AT, ROWS * Float32Array.BYTES_PER_ELEMENT),
  ];
  return repeat(COLUMN_GROUPS, [
    ...set(INPUT_AT, get(INPUT)),
    ...set(OUTPUT_AT, get(OUTPUT)),
    ...set(SCALES_AT, get(ROW_SCALES)),
    ...set(ROWS_LEFT, get(ROW_GROUPS)),
    ...repeat(ROWS_LEFT, tile),
    ...set(WEIGHTS, get(WEIGHTS_AT)),
    ...advance(OUTPUT, VECTOR_BYTES),
    ...advance(COLUMN_SCALES, 2 * VECTOR_BYTES),
  ]);
}

/** A module that imports its memory and exports one function of nine numbers, both by the empty name. */
function moduleOf(code: Code): Code {
  const section = (id: number, content: Code): Code => [id, ...unsigned(content.length), ...content];
  const function0 = [2, I32_LOCALS, I32, V128_LOCALS, V128, ...code, 0x0b];
  return [
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [1, 0x60, PARAMETERS, ...new Array<number>(PARAMETERS).fill(I32), 0]),
    ...section(2, [1, 0, 0, 2, 0, 0]),
    ...section(3, [1, 0]),
    ...section(7, [1, 0, 0, 0]),
    ...section(10, [1, ...unsigned(function0.length), ...function0]),
  ];
}

/** A number in LEB128, as WebAssembly writes it. */
function unsigned(value: number): Code {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)];
}

function signed(value: number): Code {
  return value >= -0x40 && value < 0x40 ? [value & 0x7f] : [(value & 0x7f) | 0x80, ...signed(value >> 7)];
}

function range(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index);
}
