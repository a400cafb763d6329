import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { restoreVector, roundVector, type SentenceVector, VECTOR_SIZE } from './sentence-vector';

/** Vectors by text, kept on disk. */
export interface VectorCache {
  has(text: string): boolean;
  get(text: string): SentenceVector | undefined;
  /** Keeps a vector; once {@link MAX_VECTORS} are kept it learns no more. */
  offer(text: string, vector: SentenceVector): void;
  /** Writes what was offered or found; never rejects: a place that cannot be written to costs time, nothing else. */
  save(): Promise<void>;
}

/** Most vectors that are kept: 27 MB. */
const MAX_VECTORS = 50_000;
const HASH_BYTES = 16;
const SCALE_BYTES = 4;
const ROW_BYTES = HASH_BYTES + SCALE_BYTES + VECTOR_SIZE;
/** What a file of this make begins with. Another model or form needs another one. */
const MAGIC = Buffer.from('USE-lite-0.2.0/8');

/**
 * Opens the vectors of files: {@link MAGIC}, then rows of a hash of the text, a scale and the vector in whole numbers. A file that
 * is missing, of another make or cut off is an empty cache. Saved are, to the first file, the vectors
 * that this process has asked for and no other file has, so that it does not grow with every edit. Without files nothing is kept at all.
 */
export async function openVectorCache(files: readonly string[]): Promise<VectorCache> {
  const [target, ...others] = files;
  const own = target === undefined ? new Map<string, Row>() : await readRows(target);
  const rows = new Map(own);
  for (const file of others) for (const [key, row] of await readRows(file)) if (!rows.has(key)) rows.set(key, row);
  const used = new Set<string>();
  let changed = false;
  return {
    has: (text) => rows.has(keyOf(text)),
    get(text) {
      const key = keyOf(text);
      const row = rows.get(key);
      if (row === undefined) return undefined;
      used.add(key);
      return restoreVector(row);
    },
    offer(text, vector) {
      if (target === undefined || rows.size >= MAX_VECTORS) return;
      const key = keyOf(text);
      rows.set(key, roundVector(vector));
      own.set(key, rows.get(key)!);
      used.add(key);
      changed = true;
    },
    async save() {
      if (!changed || target === undefined) return;
      changed = false;
      try {
        const beside = `${target}.${process.pid}`;
        await mkdir(path.dirname(target), { recursive: true });
        await writeFile(
          beside,
          bytesOf(
            [...used]
              .filter((key) => own.has(key))
              .sort()
              .map((key) => [key, own.get(key)!]),
          ),
        );
        await rename(beside, target);
      } catch {
        // See above: no fault.
      }
    },
  };
}

type Row = ReturnType<typeof roundVector>;

function keyOf(text: string): string {
  return createHash('sha256').update(text).digest().toString('latin1', 0, HASH_BYTES);
}

async function readRows(file: string): Promise<Map<string, Row>> {
  const rows = new Map<string, Row>();
  let bytes: Buffer;
  try {
    bytes = await readFile(file);
  } catch {
    return rows;
  }
  if (!bytes.subarray(0, MAGIC.length).equals(MAGIC)) return rows;
  for (let at = MAGIC.length; at + ROW_BYTES <= bytes.length; at += ROW_BYTES) {
    const key = bytes.toString('latin1', at, at + HASH_BYTES);
    const numbers = new Int8Array(bytes.buffer, bytes.byteOffset + at + HASH_BYTES + SCALE_BYTES, VECTOR_SIZE);
    rows.set(key, { scale: bytes.readFloatLE(at + HASH_BYTES), numbers });
  }
  return rows;
}

function bytesOf(rows: readonly (readonly [string, Row])[]): Buffer {
  return Buffer.concat([
    MAGIC,
    ...rows.flatMap(([key, { scale, numbers }]) => {
      const head = Buffer.alloc(HASH_BYTES + SCALE_BYTES);
      head.write(key, 'latin1');
      head.writeFloatLE(scale, HASH_BYTES);
      return [head, Buffer.from(numbers.buffer, numbers.byteOffset, VECTOR_SIZE)];
    }),
  ]);
}
