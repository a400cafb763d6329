import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type CompiledSentences, compileSentences } from './sentence-index';
import { type SentenceVector, VECTOR_SIZE } from './sentence-vector';

/** What a file of this make begins with, before the hash of what it was made from. */
const MAGIC = Buffer.from('sentence-places1');
const HASH_BYTES = 32;
const HEAD_BYTES = MAGIC.length + HASH_BYTES;
const METRIC_BYTES = (VECTOR_SIZE + VECTOR_SIZE * VECTOR_SIZE) * Float64Array.BYTES_PER_ELEMENT;

/**
 * {@link compileSentences}, or what a file keeps of it from an earlier time with the very same sentences and groups. A file that is
 * missing, damaged or cannot be written is no fault. Without `file` nothing is kept.
 */
export async function compileSentencesCached(
  vectors: readonly SentenceVector[],
  groupOf: readonly number[],
  file: string | undefined,
): Promise<CompiledSentences> {
  if (file === undefined) return compileSentences(vectors, groupOf);
  const key = keyOf(vectors, groupOf);
  const kept = await readPlaces(file, key, vectors.length);
  if (kept !== undefined) return kept;
  const compiled = compileSentences(vectors, groupOf);
  await writePlaces(file, key, compiled);
  return compiled;
}

function keyOf(vectors: readonly SentenceVector[], groupOf: readonly number[]): Buffer {
  const hash = createHash('sha256').update(Uint32Array.from(groupOf));
  for (const vector of vectors) hash.update(vector);
  return hash.digest();
}

async function readPlaces(file: string, key: Buffer, count: number): Promise<CompiledSentences | undefined> {
  const places = count * VECTOR_SIZE * Float32Array.BYTES_PER_ELEMENT;
  try {
    const bytes = await readFile(file);
    const fits = bytes.length === HEAD_BYTES + METRIC_BYTES + places;
    if (!fits || !bytes.subarray(0, HEAD_BYTES).equals(Buffer.concat([MAGIC, key]))) return undefined;
    // Copied, because numbers of eight bytes need a start that eight divides.
    const body = Uint8Array.from(bytes.subarray(HEAD_BYTES)).buffer;
    return {
      metric: {
        mean: new Float64Array(body, 0, VECTOR_SIZE),
        factor: new Float64Array(body, VECTOR_SIZE * Float64Array.BYTES_PER_ELEMENT, VECTOR_SIZE * VECTOR_SIZE),
      },
      places: new Float32Array(body, METRIC_BYTES),
    };
  } catch {
    return undefined;
  }
}

/** Written beside and moved into place: a reader sees the old file or the new one, never half of it. */
async function writePlaces(file: string, key: Buffer, { metric, places }: CompiledSentences): Promise<void> {
  try {
    const beside = `${file}.${process.pid}`;
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(beside, [MAGIC, key, metric.mean, metric.factor, places]);
    await rename(beside, file);
  } catch {
    // See above: no fault.
  }
}
