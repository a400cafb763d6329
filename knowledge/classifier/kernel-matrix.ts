import type { Similarity } from './similarity';

/** Kernel of every two examples, row by row, in whole numbers: half the room, at a loss of 1 in 65,535. */
export interface KernelMatrix {
  readonly size: number;
  /** Times {@link KERNEL_UNIT} it is the kernel. */
  readonly values: Uint16Array;
}

export const KERNEL_UNIT = 1 / 65_535;

/**
 * The cubic kernel of a similarity from -1 to 1, scaled to 0 to 1: ((1 + s) / 2)³. It lets the sense, the wording and pairs and
 * triples of both decide together, where a linear model could only add them up.
 */
export function kernelOf(similarity: number): number {
  const half = (1 + similarity) / 2;
  return Math.max(0, half * half * half);
}

/** Every example against every other: takes 2 bytes times the square of their number. `onRow` hears of each row that is done. */
export function buildKernelMatrix(similarity: Similarity, onRow: (done: number) => void = () => {}): KernelMatrix {
  const { size } = similarity;
  const values = new Uint16Array(size * size);
  similarity.eachRow((row, similarities) => {
    for (let column = 0; column <= row; column++) {
      const kernel = Math.min(65_535, Math.round(kernelOf(similarities[column]!) * 65_535));
      values[row * size + column] = kernel;
      values[column * size + row] = kernel;
    }
    onRow(row + 1);
  });
  return { size, values };
}
