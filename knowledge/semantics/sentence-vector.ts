/** Numbers in one sentence vector. */
export const VECTOR_SIZE = 512;

/** A sentence as {@link VECTOR_SIZE} numbers of unit length; all zeros for a text without letters or digits. */
export type SentenceVector = Float32Array;

/** A vector in whole numbers, -127 to 127, each times `scale`: a quarter of the room, at a loss far below what the model can tell. */
export function roundVector(vector: SentenceVector): { readonly scale: number; readonly numbers: Int8Array } {
  let largest = 0;
  for (const number of vector) largest = Math.max(largest, Math.abs(number));
  const scale = Math.fround(largest / 127);
  return { scale, numbers: Int8Array.from(vector, (number) => (scale === 0 ? 0 : Math.round(number / scale))) };
}

/** The vector that is left of one once it was rounded. */
export function restoreVector({ scale, numbers }: ReturnType<typeof roundVector>): SentenceVector {
  const vector = new Float32Array(numbers.length);
  for (let i = 0; i < vector.length; i++) vector[i] = numbers[i]! * scale;
  return vector;
}
