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

/** The kernel, working on the memory that comes with it. Addresses are in bytes. */
export type DotKernel = (
  input: number,
  weights: number,
  output: number,
  /** How often {@link LANES} numbers of a row are multiplied with as many of a column. */
  steps: number,
  columnGroups: number,
  rowGroups: number,
) => void;

/**
 * A program in WebAssembly that multiplies matrices of 16-bit whole numbers with 128-bit SIMD instructions, eight products each
 * (`i32x4.dot_i16x8_s`), into 32-bit sums; `undefined` where this machine has no such instructions. Input and weights lie in the
 * order in which they are read (see int-matrix.ts), the sums in groups of {@link COLUMNS} by {@link ROWS} by group of columns.
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
const [INPUT, WEIGHTS, OUTPUT, STEPS, COLUMN_GROUPS, ROW_GROUPS] = [0, 1, 2, 3, 4, 5];
const [INPUT_AT, WEIGHTS_AT, STEPS_LEFT, ROWS_LEFT] = [6, 7, 8, 9];
const SUMS = 10;
const ROW = SUMS + ROWS * COLUMNS;
const COLUMN = ROW + ROWS;
const I32_LOCALS = 4;
const V128_LOCALS = ROWS * COLUMNS + ROWS + 1;

const get = (local: number): Code => [0x20, local];
const set = (local: number, value: Code): Code => [...value, 0x21, local];
const loadVector = (address: Code, offset: number): Code => [...address, 0xfd, 0x00, 4, offset];
const storeI32 = (address: Code, offset: number, value: Code): Code => [...address, ...value, 0x36, 2, offset];
const i32 = (value: number): Code => [0x41, ...signed(value)];
const addI32 = (a: Code, b: Code): Code => [...a, ...b, 0x6a];
const add = (a: Code, b: Code): Code => [...a, ...b, 0xfd, 0xae, 0x01];
const dot = (a: Code, b: Code): Code => [...a, ...b, 0xfd, 0xba, 0x01];
const lane = (vector: Code, index: number): Code => [...vector, 0xfd, 0x1b, index];
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
  const vectorBytes = 2 * LANES;
  const step = [
    ...rows.flatMap((row) => set(ROW + row, loadVector(get(INPUT_AT), row * vectorBytes))),
    ...columns.flatMap((column) => [
      ...set(COLUMN, loadVector(get(WEIGHTS_AT), column * vectorBytes)),
      ...rows.flatMap((row) => set(sum(row, column), add(get(sum(row, column)), dot(get(ROW + row), get(COLUMN))))),
    ]),
    ...advance(INPUT_AT, ROWS * vectorBytes),
    ...advance(WEIGHTS_AT, COLUMNS * vectorBytes),
  ];
  const total = (vector: Code): Code =>
    [1, 2, 3].reduce<Code>((sofar, at) => addI32(sofar, lane(vector, at)), lane(vector, 0));
  const tile = [
    ...set(WEIGHTS_AT, get(WEIGHTS)),
    ...set(STEPS_LEFT, get(STEPS)),
    ...range(ROWS * COLUMNS).flatMap((at) => set(SUMS + at, zero)),
    ...repeat(STEPS_LEFT, step),
    ...range(ROWS * COLUMNS).flatMap((at) => storeI32(get(OUTPUT), 4 * at, total(get(SUMS + at)))),
    ...advance(OUTPUT, 4 * ROWS * COLUMNS),
  ];
  return repeat(COLUMN_GROUPS, [
    ...set(INPUT_AT, get(INPUT)),
    ...set(ROWS_LEFT, get(ROW_GROUPS)),
    ...repeat(ROWS_LEFT, tile),
    ...set(WEIGHTS, get(WEIGHTS_AT)),
  ]);
}

/** A module that imports its memory and exports one function of six numbers, both by the empty name. */
function moduleOf(code: Code): Code {
  const section = (id: number, content: Code): Code => [id, ...unsigned(content.length), ...content];
  const function0 = [2, I32_LOCALS, I32, V128_LOCALS, V128, ...code, 0x0b];
  return [
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [1, 0x60, 6, I32, I32, I32, I32, I32, I32, 0]),
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
