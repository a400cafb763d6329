import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { assembleBot } from '../../bot/load-bot';
import { loadContent } from '../../bot/load-content';
import { loadContentCached } from '../../bot/load-content-cached';
import { BATTERY_FILE, BICYCLE_FILES, TYRE_FILE, tyreEntry } from '../support/bicycle-files';
import { sampleModel } from '../support/sample-model';
import { SMALL_VOCABULARY, type TempContent, tempContent } from '../support/temp-content';
import { TINY_GUIDE_YAML } from '../support/tiny-guide';

const SETTINGS = { contact: undefined, semantic: false };

let folder: string;
let cacheFile: string;
let places: TempContent;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'cache-'));
  cacheFile = path.join(folder, 'content.json');
  places = tempContent({
    ...BICYCLE_FILES,
    ...SMALL_VOCABULARY,
  });
});
afterEach(() => {
  places.remove();
  rmSync(folder, { recursive: true });
});

const read = () => loadContentCached(places, cacheFile);
const write = (name: string, text: string) => writeFileSync(path.join(path.dirname(places.knowledgeDir), name), text);

describe('content from the cache', () => {
  test('is what reading it gives, guides and all', async () => {
    const first = await read();
    const kept = readFileSync(cacheFile, 'utf8');
    expect(await read()).toEqual(first);
    expect(first).toMatchObject(await loadContent(places));
    expect(first.guides[0]!.questions.size).toBeGreaterThan(0);
    expect(readFileSync(cacheFile, 'utf8')).toBe(kept);
  });

  test('understands as content that is read anew does, to the last digit', async () => {
    const questions = ['tyre life', 'how far can I ride on one battery', 'which bike', 'km', 'nothing of ours', ''];
    await read();
    const { bot, understand } = assembleBot(await read(), sampleModel(), SETTINGS);
    const fresh = assembleBot(await loadContent(places), sampleModel(), SETTINGS);
    for (const question of questions) expect(await understand(question)).toEqual(await fresh.understand(question));
    expect((await bot.respond(undefined, { kind: 'text', text: 'tyre life' })).outcome.kind).toBe('answer');
  });

  test('is really taken from it', async () => {
    await read();
    writeFileSync(cacheFile, readFileSync(cacheFile, 'utf8').replace('About 5000 km.', 'From the cache.'));
    expect((await read()).knowledge.entries.map(({ body }) => body)).toContain('From the cache.');
  });

  test('is read anew as soon as a file has changed, come or gone', async () => {
    await read();
    write(TYRE_FILE, tyreEntry('6000 km.'));
    expect((await read()).knowledge.entries.map(({ body }) => body)).toContain('6000 km.');
    write('guides/another.yaml', TINY_GUIDE_YAML);
    expect((await read()).guides).toHaveLength(2);
    rmSync(path.join(path.dirname(places.knowledgeDir), 'guides/another.yaml'));
    expect((await read()).guides).toHaveLength(1);
  });

  test.each(['', 'no json', '{}', '[]', 'null', '{"fingerprint": 1}'])('%j in its place is no fault', async (text) => {
    writeFileSync(cacheFile, text);
    expect((await read()).knowledge.entries).toHaveLength(2);
  });

  test('is not kept where there are faults, nor where nothing can be written', async () => {
    write(BATTERY_FILE, 'no front matter');
    expect((await read()).faults).not.toEqual([]);
    expect(existsSync(cacheFile)).toBe(false);
    const nowhere = path.join(folder, 'not', 'there', 'content.json');
    expect((await loadContentCached(places, nowhere)).faults).not.toEqual([]);
  });
});
