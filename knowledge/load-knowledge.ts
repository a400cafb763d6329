import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { ContentError, type ContentFault } from '../bot/foundation/content-error';
import { type ParseOnce, parseAnew } from '../bot/foundation/parse-once';
import type { Entry } from './entry';
import { type GlossaryItem, parseGlossary } from './glossary';
import { type Intent, parseIntent } from './intent';
import { type MostAsked, parseMostAsked } from './most-asked';
import { parseDocsFaq } from './parse-docs-faq';
import { parseEntry } from './parse-entry';
import { parseSourcePages, type SourcePage } from './source-page';
import { parseUncoveredTopics, type UncoveredTopic } from './uncovered-topic';

/** Everything we know, as it was read. What has faults is left out of the lists. */
export interface Knowledge {
  readonly entries: readonly Entry[];
  /** Entries with faults, as far as they can be read: never answered, but checked with the rest. */
  readonly drafts: readonly Entry[];
  readonly glossary: readonly GlossaryItem[];
  readonly intents: readonly Intent[];
  /** Topics near ours that no entry answers. */
  readonly uncovered: readonly UncoveredTopic[];
  /** The entries that people ask most, the most asked first. */
  readonly mostAsked: readonly MostAsked[];
  /** Public pages on which the entries can be read on. */
  readonly sources: readonly SourcePage[];
  /** What makes the content wrong. */
  readonly faults: readonly ContentFault[];
  /** What an author should know but the bot can live with. */
  readonly warnings: readonly ContentFault[];
}

/**
 * Reads a knowledge folder. With a `faq/` folder inside, its Markdown files are entries of ours; otherwise every Markdown file
 * under it is read as published documentation. A folder without `glossary.yaml` or `intents/` uses those of `fallbackDir`.
 * Each file of ours is read by `parse`. File names in faults are relative to the working directory.
 * @throws {ContentError} where the folder does not exist
 */
export async function loadKnowledge(dir: string, fallbackDir = dir, parse: ParseOnce = parseAnew): Promise<Knowledge> {
  if (!existsSync(dir)) {
    throw new ContentError([{ file: shown(dir), line: 1, message: `the knowledge folder ${dir} does not exist` }]);
  }
  const faults: ContentFault[] = [];
  const warnings: ContentFault[] = [];
  const drafts: Entry[] = [];
  const read = async (file: string): Promise<string> => (await readFile(file, 'utf8')).replace(/^\uFEFF/, '');

  const [entries, glossary, intents, uncovered, mostAsked, sources] = await Promise.all([
    existsSync(path.join(dir, 'faq')) ? loadEntries(path.join(dir, 'faq')) : loadDocuments(dir),
    loadGlossary(),
    loadIntents(),
    loadUncoveredTopics(),
    loadMostAsked(),
    loadSourcePages(),
  ]);
  if (entries.length === 0 && faults.length === 0) {
    faults.push({ file: shown(dir), line: 1, message: 'no FAQ entry was found in this folder' });
  }
  return { entries, drafts, glossary, intents, uncovered, mostAsked, sources, faults, warnings };

  async function loadEntries(faqDir: string): Promise<Entry[]> {
    const files = (await filesUnder(faqDir, ['.md'])).filter((file) => path.basename(file) !== 'README.md');
    const results = await Promise.all(files.map(async (file) => parse(parseEntry, await read(file), shown(file))));
    return withoutTakenIds(
      results.flatMap((result) => {
        if (result.ok) return [result.entry];
        faults.push(...result.faults);
        drafts.push(result.draft);
        return [];
      }),
    );
  }

  async function loadDocuments(docsDir: string): Promise<readonly Entry[]> {
    const files = await filesUnder(docsDir, ['.md']);
    const texts = await Promise.all(files.map(async (file) => [shown(file), await read(file)] as const));
    const faq = parseDocsFaq(new Map(texts));
    warnings.push(...faq.warnings);
    return faq.entries;
  }

  async function loadGlossary(): Promise<readonly GlossaryItem[]> {
    const file = [dir, fallbackDir].map((place) => path.join(place, 'glossary.yaml')).find(existsSync);
    if (file === undefined) return [];
    const glossary = parse(parseGlossary, await read(file), shown(file));
    faults.push(...glossary.faults);
    return glossary.items;
  }

  /** Those of this folder alone: what one FAQ does not cover, another may. */
  async function loadUncoveredTopics(): Promise<readonly UncoveredTopic[]> {
    const file = path.join(dir, 'uncovered-topics.yaml');
    if (!existsSync(file)) return [];
    const { topics, faults: found } = parse(parseUncoveredTopics, await read(file), shown(file));
    faults.push(...found);
    return topics;
  }

  async function loadMostAsked(): Promise<readonly MostAsked[]> {
    const file = path.join(dir, 'most-asked.yaml');
    if (!existsSync(file)) return [];
    const { mostAsked: listed, faults: found } = parse(parseMostAsked, await read(file), shown(file));
    faults.push(...found);
    return listed;
  }

  /** Those of this folder alone: they name its own files. */
  async function loadSourcePages(): Promise<readonly SourcePage[]> {
    const file = path.join(dir, 'sources.yaml');
    if (!existsSync(file)) return [];
    const { pages, faults: found } = parse(parseSourcePages, await read(file), shown(file));
    faults.push(...found);
    return pages;
  }

  async function loadIntents(): Promise<readonly Intent[]> {
    const place = [dir, fallbackDir].map((parent) => path.join(parent, 'intents')).find(existsSync);
    if (place === undefined) return [];
    const files = await filesUnder(place, ['.yaml', '.yml']);
    const results = await Promise.all(files.map(async (file) => parse(parseIntent, await read(file), shown(file))));
    return withoutTakenIds(
      results.flatMap((result) => {
        if (result.ok) return [result.intent];
        faults.push(...result.faults);
        return [];
      }),
    );
  }

  function withoutTakenIds<T extends { readonly id: string; readonly file: string }>(items: readonly T[]): T[] {
    const byId = new Map<string, T>();
    for (const item of items) {
      const other = byId.get(item.id);
      if (other === undefined) byId.set(item.id, item);
      else faults.push({ file: item.file, line: 1, message: `the id ${item.id} is taken by ${other.file}` });
    }
    return [...byId.values()];
  }
}

/** All files under a folder with one of these endings, sorted; hidden ones, and what lies in hidden folders, are left out. */
async function filesUnder(dir: string, endings: readonly string[]): Promise<string[]> {
  const found = await readdir(dir, { recursive: true, withFileTypes: true });
  return found
    .filter((item) => item.isFile() && endings.includes(path.extname(item.name)))
    .map((item) => path.join(item.parentPath, item.name))
    .filter(
      (file) =>
        !path
          .relative(dir, file)
          .split(path.sep)
          .some((part) => part.startsWith('.')),
    )
    .sort();
}

function shown(file: string): string {
  const relative = path.relative(process.cwd(), file);
  return relative === '' ? '.' : relative;
}
