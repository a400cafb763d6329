import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { buildAssets } from '../../../bot/web-chat/build-assets';

let dir: string;
let written: readonly string[];
beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'assets-'));
  written = await buildAssets(dir); // packing takes seconds
}, 60_000);
afterAll(() => rm(dir, { recursive: true, force: true }));

describe('building the page’s files', () => {
  test('writes each file as it is and in two packed forms that hold the same', async () => {
    const sources = await readdir('bot/web-chat/page');
    expect([...written].sort()).toEqual([...sources, 'webchat.js', 'webchat.js.LICENSE.txt'].sort());
    expect((await readdir(dir)).sort()).toEqual(written.flatMap((name) => [name, `${name}.br`, `${name}.gz`]).sort());
    for (const name of written) {
      const plain = await readFile(path.join(dir, name));
      expect(gunzipSync(await readFile(path.join(dir, `${name}.gz`))).equals(plain)).toBe(true);
      expect(brotliDecompressSync(await readFile(path.join(dir, `${name}.br`))).equals(plain)).toBe(true);
    }
  });

  test('leaves alone what is newer than its source, and renews what is not or is not whole', async () => {
    expect(await buildAssets(dir)).toEqual([]);
    await utimes(path.join(dir, 'page.css.br'), 0, 0);
    await rm(path.join(dir, 'page.mjs.gz'));
    expect([...(await buildAssets(dir))].sort()).toEqual(['page.css', 'page.mjs']);
  });

  test('removes files whose sources are gone', async () => {
    for (const name of ['old.js', 'old.js.gz', 'old.js.br', 'page.css.123.new'])
      await writeFile(path.join(dir, name), '');
    await buildAssets(dir);
    const names = await readdir(dir);
    expect(names.filter((name) => name.startsWith('old'))).toEqual([]);
    expect(names).toContain('page.css.123.new');
  });
});
