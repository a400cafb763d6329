import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Guide, Outcome, Question } from '../dialogs/guide';
import { type CompiledKnowledge, compileKnowledge } from '../knowledge/build-understand';

import { PROJECT_ROOT } from './config';
import { type ContentOnDisk, type ContentPlaces, loadContent } from './load-content';

/** The cache file: content in JSON, with the fingerprint of what it was read from and by. */
interface CacheFile {
  readonly fingerprint: string;
  readonly content: Omit<ContentOnDisk, 'guides'> & { readonly guides: readonly GuideJson[] };
  readonly compiled: CompiledKnowledge;
}

/** Content with the part of its index that was made before; `undefined` for content with faults. */
export interface CachedContent extends ContentOnDisk {
  readonly compiled: CompiledKnowledge | undefined;
}

type GuideJson = Omit<Guide, 'questions' | 'outcomes'> & {
  readonly questions: readonly (readonly [string, Question])[];
  readonly outcomes: readonly (readonly [string, Outcome])[];
};

/**
 * Reads the content as `loadContent` does, or takes it from `cacheFile` where neither the content files nor the program that
 * reads them have changed by one byte since: parsing and indexing take
 * some times as long. Only content without faults is kept. A cache
 * that cannot be read or written is no fault.
 */
export async function loadContentCached(places: ContentPlaces, cacheFile: string): Promise<CachedContent> {
  const fingerprint = await fingerprintOf(places);
  const cached = await readCache(cacheFile);
  if (cached?.fingerprint === fingerprint) {
    const { content, compiled } = cached;
    return { ...content, guides: content.guides.map(fromJson), compiled };
  }
  const content = await loadContent(places);
  if (content.faults.length > 0) return { ...content, compiled: undefined };
  const compiled = compileKnowledge({ ...content.knowledge, guides: content.guides });
  await writeCache(cacheFile, { fingerprint, content: { ...content, guides: content.guides.map(toJson) }, compiled });
  return { ...content, compiled };
}

/** A hash of every file that has a say in what the content is: its own, and the code that reads it. */
async function fingerprintOf({ knowledgeDir, guidesDir }: ContentPlaces): Promise<string> {
  const own = path.join(PROJECT_ROOT, 'knowledge');
  const code = ['../knowledge', '../dialogs', 'foundation', '.'].map((place) => path.join(__dirname, place));
  const found = await Promise.all([
    filesOf(knowledgeDir, /\.(?:md|ya?ml)$/, true),
    filesOf(own, /\.ya?ml$/, true),
    filesOf(guidesDir, /\.ya?ml$/, false),
    ...code.map((place) => filesOf(place, /\.[jt]s$/, false)),
  ]);
  const files = [...new Set(found.flat())].sort();
  const texts = await Promise.all(files.map((file) => readFile(file)));
  const hash = createHash('sha256').update(JSON.stringify([process.cwd(), knowledgeDir, guidesDir]));
  files.forEach((file, index) => {
    hash.update(`\n${file}\n${texts[index]!.length}\n`).update(texts[index]!);
  });
  return hash.digest('hex');
}

async function filesOf(dir: string, ending: RegExp, recursive: boolean): Promise<string[]> {
  if (!existsSync(dir)) return [];
  const found = await readdir(dir, { recursive, withFileTypes: true });
  return found
    .filter((item) => item.isFile() && ending.test(item.name))
    .map((item) => path.join(item.parentPath, item.name));
}

async function readCache(file: string): Promise<CacheFile | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as CacheFile;
  } catch {
    return undefined;
  }
}

/** Written beside and moved into place: a reader sees the old file or the new one, never half of it. */
async function writeCache(file: string, cache: CacheFile): Promise<void> {
  try {
    const beside = `${file}.${process.pid}`;
    await writeFile(beside, JSON.stringify(cache));
    await rename(beside, file);
  } catch {
    // A folder that cannot be written to costs a slower start, nothing else.
  }
}

function toJson(guide: Guide): GuideJson {
  return { ...guide, questions: [...guide.questions], outcomes: [...guide.outcomes] };
}

function fromJson(guide: GuideJson): Guide {
  return { ...guide, questions: new Map(guide.questions), outcomes: new Map(guide.outcomes) };
}
