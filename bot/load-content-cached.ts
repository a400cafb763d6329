import { createHash } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { buildGuide } from '../dialogs/build-guide';
import type { Guide } from '../dialogs/guide';
import { loadFacts } from '../dialogs/load-facts';
import { type CompiledKnowledge, compileKnowledge } from '../knowledge/build-understand';

import { contentFilesOf, filesOf } from './content-files';
import { type ContentOnDisk, type ContentPlaces, FACTS_FILE, loadContent } from './load-content';

/** The cache file: content in JSON, with the fingerprint of what it was read from and by. */
interface CacheFile {
  readonly fingerprint: string;
  readonly content: Omit<ContentOnDisk, 'guides' | 'facts'> & {
    readonly guides: readonly GuideJson[];
  };
  readonly compiled: CompiledKnowledge;
}

/** Content with the part of its index that was made before; `undefined` for content with faults. */
export interface CachedContent extends ContentOnDisk {
  readonly compiled: CompiledKnowledge | undefined;
}

type GuideJson = Pick<Guide, 'id' | 'hash' | 'file' | 'written'>;

/**
 * Reads the content as `loadContent` does, or takes it from `cacheFile` where neither the content files nor the program that
 * reads them have changed by one byte since: parsing and indexing take
 * some times as long. Only content without faults is kept. A cache
 * that cannot be read or written is no fault.
 */
export async function loadContentCached(places: ContentPlaces, cacheFile: string): Promise<CachedContent> {
  const [fingerprint, cached] = await Promise.all([fingerprintOf(places), readCache(cacheFile)]);
  if (cached?.fingerprint === fingerprint) {
    const { content, compiled } = cached;
    const { facts } = await loadFacts(FACTS_FILE);
    return { ...content, guides: content.guides.map(fromJson), facts, compiled };
  }
  const content = await loadContent(places);
  if (content.faults.length > 0) return { ...content, compiled: undefined };
  const { facts: _, ...withoutFacts } = content;
  const compiled = compileKnowledge({ ...content.knowledge, guides: content.guides });
  await writeCache(cacheFile, {
    fingerprint,
    content: { ...withoutFacts, guides: content.guides.map(toJson) },
    compiled,
  });
  return { ...content, compiled };
}

/** A hash of every file that has a say in what the content is: its own, and the code that reads it. */
async function fingerprintOf(places: ContentPlaces): Promise<string> {
  const code = ['../knowledge', '../dialogs', 'foundation', '.'].map((place) => path.join(__dirname, place));
  const files = [...contentFilesOf(places), ...code.flatMap((place) => filesOf(place, /\.[jt]s$/, false))].sort();
  const texts = await Promise.all(files.map((file) => readFile(file)));
  const hash = createHash('sha256').update(JSON.stringify([process.cwd(), places.knowledgeDir, places.guidesDir]));
  files.forEach((file, index) => {
    hash.update(`\n${file}\n${texts[index]!.length}\n`).update(texts[index]!);
  });
  return hash.digest('hex');
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

function toJson({ id, hash, file, written }: Guide): GuideJson {
  return { id, hash, file, written };
}

function fromJson(guide: GuideJson): Guide {
  return buildGuide(guide.written, guide);
}
