import path from 'node:path';
import type { ContentFault } from '../bot/foundation/content-error';
import type { Entry } from './entry';
import { slugOf } from './slug';

/** Markdown documents in the Microsoft Docs dialect, by path. */
export type DocumentTexts = ReadonlyMap<string, string>;

export interface DocsFaq {
  readonly entries: readonly Entry[];
  /** Things that were left out, such as an include that does not exist. */
  readonly warnings: readonly ContentFault[];
}

interface Line {
  readonly text: string;
  readonly file: string;
  readonly line: number;
  /** True inside fenced code, where `#` begins a comment and not a heading. */
  readonly code: boolean;
}

interface Draft {
  readonly heading: Line;
  readonly title: string;
  readonly id: string;
  /** The document that it was reached from, includes or not. */
  readonly root: string;
  readonly section: string;
  readonly body: Line[];
}

const INCLUDE = /^\s*\[!INCLUDE\s*\[[^\]]*\]\(([^)]+)\)\]\s*$/i;
const ANCHOR = /<a\s+(?:name|id)\s*=\s*["']([^"']+)["']\s*>\s*(?:<\/a>)?/gi;
const FENCE = /^\s*(```|~~~)/;
/** A heading of level 1 to 3, without the `#` signs that may close it. */
const HEADING = /^(#{1,3})\s+(.+?)(?:\s+#+)?\s*$/;
const DOCS = 'https://learn.microsoft.com';

/**
 * Reads FAQ documents as they are published in the Microsoft Docs repositories: `##` headings are sections, `###` headings are
 * questions, `[!INCLUDE [..](path)]` is resolved by file name wherever the file lies. A document that others include is no
 * entry point of its own, unless it can be reached from none; a question that is included twice counts once. Never throws.
 */
export function parseDocsFaq(documents: DocumentTexts): DocsFaq {
  const warnings: ContentFault[] = [];
  const byName = new Map<string, string>();
  for (const file of documents.keys()) byName.set(path.basename(file), file);
  const included = new Set<string>();
  for (const [file, text] of documents) {
    for (const { text: line, code } of linesOf(file, text)) {
      const target = code ? undefined : INCLUDE.exec(line)?.[1];
      const found = target === undefined ? undefined : byName.get(path.basename(target));
      if (found !== undefined && found !== file) included.add(found);
    }
  }

  const warned = new Set<string>();
  const warn = (file: string, line: number, message: string): void => {
    if (warned.has(`${file}:${line}`)) return;
    warned.add(`${file}:${line}`);
    warnings.push({ file, line, message });
  };
  const reached = new Set<string>();
  const expand = (file: string, open: readonly string[]): Line[] => {
    reached.add(file);
    return linesOf(file, documents.get(file) ?? '').flatMap((line) => {
      const target = line.code ? undefined : INCLUDE.exec(line.text)?.[1];
      if (target === undefined) return [line];
      const found = byName.get(path.basename(target));
      if (found !== undefined && !open.includes(found)) return expand(found, [...open, found]);
      const reason = found === undefined ? 'is nowhere under this folder' : 'includes itself';
      warn(line.file, line.line, `the include ${path.basename(target)} ${reason}; left out`);
      return [];
    });
  };

  const drafts = new Map<string, Draft>();
  const anchors = new Map<string, string>();
  const services = new Map<string, string>();
  const dates = new Map<string, string | undefined>();
  for (const [file, text] of documents) {
    services.set(file, /^\s*(?:ms\.service|services):\s*([\w-]+)/m.exec(frontMatterOf(text))?.[1] ?? '');
    dates.set(file, isoDate(/^\s*ms\.date:\s*(\S+)/m.exec(frontMatterOf(text))?.[1]));
  }
  const read = (root: string): void => {
    for (const draft of readQuestions(expand(root, [root]), root, anchors)) {
      const { heading, id, title, body } = draft;
      const first = drafts.get(id);
      if (body.every(({ text }) => text.trim() === '')) {
        warn(heading.file, heading.line, `"${title}" has no answer; left out`);
      } else if (first === undefined) {
        drafts.set(id, draft);
      } else if (first.heading.file !== heading.file || first.heading.line !== heading.line) {
        const place = `${first.heading.file}:${first.heading.line}`;
        warn(heading.file, heading.line, `"${title}" stands in ${place} already; left out`);
      }
    }
  };
  const files = [...documents.keys()].sort();
  for (const file of files) if (!included.has(file)) read(file);
  // What is left includes each other in a circle.
  for (const file of files) if (!reached.has(file)) read(file);

  const entries = [...drafts.values()].map((draft): Entry => {
    const { file, line } = draft.heading;
    return {
      id: draft.id,
      title: draft.title,
      phrasings: [],
      section: draft.section,
      asOf: dates.get(file) ?? dates.get(draft.root),
      source: { file: path.basename(file), heading: draft.title },
      reviewBy: undefined,
      followUps: [],
      sameAnswerAs: [],
      body: draft.body
        .map((part) =>
          part.code ? part.text : toCommonMark(part.text, services.get(part.file) ?? '', anchors, drafts),
        )
        .join('\n')
        .replace(/\n{3,}/g, '\n\n')
        .trim(),
      file,
      line,
    };
  });
  return { entries, warnings };
}

/** The lines of a document without its front matter and comments, numbered as in the file. */
function linesOf(file: string, text: string): Line[] {
  const lines = text
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?/g, '\n')
    .split('\n');
  const skip =
    frontMatterOf(text) === '' ? 0 : lines.findIndex((line, index) => index > 0 && line.trimEnd() === '---') + 1;
  let fence: string | undefined;
  return lines.flatMap((line, index) => {
    if (index < skip || (fence === undefined && /^\s*<!--.*-->\s*$/.test(line))) return [];
    const mark = FENCE.exec(line)?.[1];
    const code = fence !== undefined || mark !== undefined;
    if (fence === undefined) fence = mark;
    else if (mark === fence) fence = undefined;
    return [{ text: line, file, line: index + 1, code }];
  });
}

function frontMatterOf(text: string): string {
  return /^\uFEFF?---\r?\n([\s\S]*?)\r?\n---\s*(?:\r?\n|$)/.exec(text)?.[1] ?? '';
}

function isoDate(text: string | undefined): string | undefined {
  const match = /^(\d{2})\/(\d{2})\/(\d{4})$/.exec(text ?? '');
  return match ? `${match[3]}-${match[1]}-${match[2]}` : undefined;
}

/**
 * The questions of one expanded document, in order, repeated ones too. Notes in `anchors` which question each anchor belongs to;
 * one that stands before a heading, or in a section's, belongs to the question that follows.
 */
function readQuestions(lines: readonly Line[], root: string, anchors: Map<string, string>): Draft[] {
  const drafts: Draft[] = [];
  let section = '';
  let pending: string[] = [];
  let current: Draft | undefined;
  const claim = (id: string): void => {
    for (const name of pending) if (!anchors.has(name)) anchors.set(name, id);
    pending = [];
  };
  for (const line of lines) {
    if (!line.code) pending.push(...Array.from(line.text.matchAll(ANCHOR), (match) => match[1]!));
    const [, level, words] = (line.code ? null : HEADING.exec(line.text)) ?? [];
    if (words === undefined) {
      current?.body.push(line);
      if (current !== undefined && line.text.replace(ANCHOR, '').trim() !== '') claim(current.id);
      continue;
    }
    const title = plainHeading(words);
    if (level === '###') {
      current = { heading: line, title, id: slugOf(title), root, section, body: [] };
      drafts.push(current);
      claim(current.id);
    } else {
      current = undefined;
      section = slugOf(title);
      pending.push(section);
    }
  }
  return drafts;
}

/** The words of a heading, without anchors, emphasis and the addresses of links. */
function plainHeading(words: string): string {
  return words
    .replace(ANCHOR, '')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[*`]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Takes the dialect out of a line: anchors, `<br>`, `[!NOTE]`, images and relative links. */
function toCommonMark(
  line: string,
  service: string,
  anchors: ReadonlyMap<string, string>,
  drafts: ReadonlyMap<string, Draft>,
): string {
  return line
    .replace(ANCHOR, '')
    .replace(/<br\s*\/?>/gi, line.trimStart().startsWith('|') ? ', ' : '  \n')
    .replace(/^(\s*>\s*)\[!(\w+)\]\s*$/, (_, quote: string, word: string) => {
      return `${quote}**${word[0]!.toUpperCase()}${word.slice(1).toLowerCase()}**`;
    })
    .replace(/!\[([^\]]*)\]\([^)]*\)/g, '')
    .replace(/\[([^\]]+)\]\(([^)\s]+)(?:\s+"[^"]*")?\)/g, (_, words: string, target: string) => {
      const address = publicAddress(target, service, anchors, drafts);
      return address === undefined ? words : `[${words}](${address})`;
    });
}

/**
 * Where a link of the documentation leads in public: an absolute address, `#entry-id` for a question of these documents, or
 * `undefined` for an anchor that does not exist and for addresses that are no web page or mailbox.
 */
function publicAddress(
  target: string,
  service: string,
  anchors: ReadonlyMap<string, string>,
  drafts: ReadonlyMap<string, Draft>,
): string | undefined {
  if (/^[a-z][a-z\d+.-]*:/i.test(target)) return /^(?:https?|mailto):/i.test(target) ? target : undefined;
  if (target.startsWith('#')) {
    const name = target.slice(1);
    const id = drafts.has(name) ? name : anchors.get(name);
    return id === undefined || !drafts.has(id) ? undefined : `#${id}`;
  }
  if (target.startsWith('/')) return `${DOCS}${target}`;
  const [file = '', anchor] = target.split('#');
  const page = file.replace(/\.md(?=\?|$)/, '');
  const below = page.replace(/^(?:\.\.?\/)+/, '').replace(/^articles\//, '');
  const place = below.includes('/') || service === '' ? below : `${service}/${below}`;
  return `${DOCS}/azure/${place}${anchor === undefined ? '' : `#${anchor}`}`;
}
