import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as fc from 'fast-check';
import { restoreVector, roundVector } from '../../../knowledge/semantics/sentence-vector';
import { openVectorCache } from '../../../knowledge/semantics/vector-cache';
import { anyText } from '../../support/any-text';
import { anyVector, vectorOf } from '../../support/sample-vectors';

const TEA = vectorOf(1, 2);
const MILK = vectorOf(-3, 1);

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'vectors-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));
const at = (name: string) => path.join(dir, name);

async function write(file: string, vectors: Readonly<Record<string, Float32Array>>): Promise<void> {
  const cache = await openVectorCache([file]);
  for (const [text, vector] of Object.entries(vectors)) cache.offer(text, vector);
  await cache.save();
}

describe('the cache of sentence vectors', () => {
  test('gives back what was offered, rounded, at once and after a start', async () => {
    await write(at('own'), { tea: TEA });
    const cache = await openVectorCache([at('own')]);
    expect(cache.has('tea')).toBe(true);
    expect(cache.get('tea')).toEqual(restoreVector(roundVector(TEA)));
    expect(cache.get('Tea')).toBeUndefined();
    cache.offer('milk', MILK);
    expect(cache.get('milk')).toEqual(restoreVector(roundVector(MILK)));
  });

  test('keeps any text and any vector', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.tuple(anyText(40), anyVector), { selector: ([text]) => text, maxLength: 8 }),
        async (all) => {
          const file = at('any');
          rmSync(file, { force: true });
          await write(file, {});
          const cache = await openVectorCache([file]);
          for (const [text, vector] of all) cache.offer(text, vector);
          await cache.save();
          const read = await openVectorCache([file]);
          for (const [text, vector] of all) {
            // A lone surrogate has no bytes of its own: two such texts share a place.
            if (!/\p{Cs}/u.test(text)) expect(read.get(text)).toEqual(restoreVector(roundVector(vector)));
          }
        },
      ),
      { numRuns: 30 },
    );
  });

  test('has no text in its file', async () => {
    await write(at('own'), { 'my secret question': TEA });
    expect(readFileSync(at('own'), 'latin1')).not.toContain('secret');
  });

  test('looks things up in all files, and writes to the first only what no other has', async () => {
    await write(at('shipped'), { tea: TEA });
    const shipped = readFileSync(at('shipped'));
    const cache = await openVectorCache([at('own'), at('shipped')]);
    expect(cache.get('tea')).toEqual(restoreVector(roundVector(TEA)));
    cache.offer('milk', MILK);
    await cache.save();
    expect(readFileSync(at('shipped')).equals(shipped)).toBe(true);
    const own = await openVectorCache([at('own')]);
    expect([own.has('tea'), own.has('milk')]).toEqual([false, true]);
  });

  test('keeps only what it was asked for, so that it does not grow with every edit', async () => {
    await write(at('own'), { old: TEA, used: MILK });
    const cache = await openVectorCache([at('own')]);
    cache.get('used');
    cache.offer('new', TEA);
    await cache.save();
    const read = await openVectorCache([at('own')]);
    expect(['old', 'used', 'new'].map((text) => read.has(text))).toEqual([false, true, true]);
  });

  test('is not written where nothing is new', async () => {
    await write(at('own'), { tea: TEA });
    const cache = await openVectorCache([at('own')]);
    rmSync(at('own'));
    cache.get('tea');
    await cache.save();
    expect(readdirSync(dir)).toEqual([]);
  });

  test('is the same file whatever the order of the offers', async () => {
    await write(at('one'), { tea: TEA, milk: MILK });
    await write(at('other'), { milk: MILK, tea: TEA });
    expect(readFileSync(at('one')).equals(readFileSync(at('other')))).toBe(true);
  });

  test('makes the folder of its file, and leaves nothing else beside it', async () => {
    await write(at('deep/er/own'), { tea: TEA });
    expect(readdirSync(at('deep/er'))).toEqual(['own']);
  });

  test('without a file nothing is kept at all', async () => {
    const cache = await openVectorCache([]);
    cache.offer('tea', TEA);
    expect(cache.get('tea')).toBeUndefined();
    await cache.save();
  });

  test('a place that cannot be read or written is no fault', async () => {
    writeFileSync(at('file'), '');
    const cache = await openVectorCache([at('file/below'), dir, at('none')]);
    cache.offer('tea', TEA);
    await cache.save();
    expect(cache.get('tea')).toEqual(restoreVector(roundVector(TEA)));
  });

  test.each([
    ['empty', () => Buffer.alloc(0)],
    ['something else', () => Buffer.from('{"not": "vectors"}')],
    ['of another make', (whole: Buffer) => Buffer.concat([Buffer.from('USE-lite-9.9.9/8'), whole.subarray(16)])],
    ['cut off in the first row', (whole: Buffer) => whole.subarray(0, 100)],
  ] as const)('a file that is %s is an empty cache, and is written anew', async (_name, damage) => {
    await write(at('own'), { tea: TEA });
    writeFileSync(at('own'), damage(readFileSync(at('own'))));
    expect((await openVectorCache([at('own')])).has('tea')).toBe(false);
    await write(at('own'), { tea: TEA });
    expect((await openVectorCache([at('own')])).get('tea')).toEqual(restoreVector(roundVector(TEA)));
  });

  test('of a file that is cut off in a later row the whole rows are read', async () => {
    await write(at('own'), { tea: TEA, milk: MILK });
    writeFileSync(at('own'), readFileSync(at('own')).subarray(0, -1));
    const cache = await openVectorCache([at('own')]);
    expect([cache.has('tea'), cache.has('milk')].filter(Boolean)).toHaveLength(1);
  });
});
