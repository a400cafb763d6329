import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** A folder of content on disk that a test makes and removes. */
export interface TempContent {
  readonly knowledgeDir: string;
  readonly guidesDir: string;
  remove(): void;
}

/**
 * A few intents and a glossary, to be written with content whose test is about neither: without them those of the project are read, which
 * takes longer than all the rest of a start.
 */
export const SMALL_VOCABULARY: Readonly<Record<string, string>> = {
  'knowledge/intents/thanks.yaml':
    'kind: smalltalk\nutterances: [thanks, thank you, cheers]\nreply: You are welcome.\n',
  'knowledge/intents/cancel.yaml': 'kind: command\nutterances: [cancel, stop, never mind]\n',
  'knowledge/glossary.yaml': '- term: kilometre\n  aliases: [km]\n  meaning: 1000 metres.\n',
};

/** Writes files (`knowledge/…`, `guides/…` to text) into a new folder under the system's temporary one. */
export function tempContent(files: Readonly<Record<string, string>>): TempContent {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'content-'));
  for (const folder of ['knowledge', 'guides']) mkdirSync(path.join(dir, folder));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(dir, name)), { recursive: true });
    writeFileSync(path.join(dir, name), text);
  }
  return {
    knowledgeDir: path.join(dir, 'knowledge'),
    guidesDir: path.join(dir, 'guides'),
    remove: () => rmSync(dir, { recursive: true, force: true }),
  };
}

/** An entry file as an author writes it. */
export function entryFile(title: string, phrasings: readonly string[], body: string, followUps = '[]'): string {
  return [
    '---',
    `title: ${title}`,
    'phrasings:',
    ...phrasings.map((phrasing) => `  - ${phrasing}`),
    'section: bikes',
    'asOf: 2019-05-22',
    'source:',
    '  file: bikes.md',
    `  heading: ${title}`,
    `followUps: ${followUps}`,
    '---',
    '',
    body,
    '',
  ].join('\n');
}
