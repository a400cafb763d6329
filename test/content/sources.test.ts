import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Entry } from '../../knowledge/entry';
import { loadKnowledge } from '../../knowledge/load-knowledge';
import { wordsOf } from '../../knowledge/words';
import { describeWithShared, SHARED_DIR } from '../support/shared-material';

/** Figures of the source that our answer does without, and why. */
const LEFT_OUT: Readonly<Record<string, { readonly figures: readonly string[]; readonly because: string }>> = {
  'where-can-i-find-vpn-device-configuration-settings': {
    figures: ['3'],
    because: '"3rd party" is written "third-party"',
  },
  'are-3rd-party-radius-servers-supported': { figures: ['3'], because: '"3rd-party" is written "third-party"' },
};

/** How many words in a row may be the source's. */
const MAX_SAME_WORDS = 7;

/**
 * The numbers of an answer, with the letters before them ("vpngw1") and without those after ("102GB"), thousands unseparated;
 * prefix lengths with their slash. Not those in addresses of links, of list items, nor in "P2S".
 */
function figuresOf(markdown: string): Set<string> {
  const text = markdown
    .replace(/\]\([^)]*\)/g, ']')
    .replace(/^\s*\d+\.\s/gm, '')
    .replace(/(\d),(?=\d{3})/g, '$1')
    .replace(/\b(?:p2s|s2s)\b/gi, '')
    .toLowerCase();
  return new Set(text.match(/(?:\p{L}[\p{L}\d]*)?\d+(?:\.\d+)*(?:\/\d+)?|\/\d+/gu));
}

/**
 * The runs of `length` words in the prose of an answer. A run ends at code, a table, a link, a name in quotes or a menu path,
 * and at each list item: those are no wording of anybody's.
 */
function runsOf(markdown: string, length: number): Set<string> {
  const parts = markdown
    .replace(/^\s*```[\s\S]*?^\s*```/gm, '\0')
    .replace(/^\s*\|.*$/gm, '\0')
    .replace(/\[[^\]]*\]\([^)]*\)|`[^`]*`|["“][^"”]*["”]/g, '\0')
    .replace(/^\s*(?:[-*]|\d+\.|#+)\s/gm, '\0')
    .split(/[\0>]/);
  const runs = new Set<string>();
  for (const part of parts) {
    const words = wordsOf(part);
    for (let at = 0; at + length <= words.length; at++) runs.add(words.slice(at, at + length).join(' '));
  }
  return runs;
}

describeWithShared('our answers beside the published ones', () => {
  let sources: readonly Entry[];
  let ours: ReadonlyMap<string, Entry>;
  beforeAll(async () => {
    ({ entries: sources } = await loadKnowledge(path.join(SHARED_DIR, 'seed')));
    ours = new Map(
      (await loadKnowledge(path.join(__dirname, '../../knowledge'))).entries.map((entry) => [entry.id, entry]),
    );
  });

  test('are the same 126 questions, each naming the heading and the file it comes from', () => {
    const rows = readFileSync(path.join(SHARED_DIR, 'questions/entry-ids.tsv'), 'utf8').trim().split('\n').slice(1);
    const found = [...ours.values()].map(({ id, source }) => [id, source.heading, source.file].join('\t'));
    expect(rows).toHaveLength(126);
    expect(found.toSorted()).toEqual(rows.toSorted());
  });

  test('have the date of the document that the facts come from', () => {
    for (const { id, asOf } of sources) expect({ id, asOf: ours.get(id)!.asOf }).toEqual({ id, asOf });
  });

  test('have every figure of the source', () => {
    const missing: Record<string, readonly string[]> = {};
    for (const { id, body } of sources) {
      const kept = figuresOf(ours.get(id)!.body);
      const lost = [...figuresOf(body)].filter((figure) => !kept.has(figure));
      if (lost.length > 0) missing[id] = lost;
    }
    expect(missing).toEqual(Object.fromEntries(Object.entries(LEFT_OUT).map(([id, { figures }]) => [id, figures])));
  });

  test('link wherever the source links: to the same page, or to an entry', () => {
    const missing: string[] = [];
    for (const { id, body } of sources) {
      const own = ours.get(id)!.body;
      for (const [, target] of body.matchAll(/\]\((https?:[^)]*)\)/g)) {
        const page = target!.replace(/#.*/, '').replace(/^https?:\/\/(?:www\.)?/, '');
        if (!own.includes(page)) missing.push(`${id}: ${target}`);
      }
    }
    expect(missing).toEqual([]);
  });

  test(`have no ${MAX_SAME_WORDS + 1} words in a row from the source`, () => {
    const copied: string[] = [];
    for (const { id, body } of sources) {
      const theirs = runsOf(body, MAX_SAME_WORDS + 1);
      for (const run of runsOf(ours.get(id)!.body, MAX_SAME_WORDS + 1))
        if (theirs.has(run)) copied.push(`${id}: ${run}`);
    }
    expect(copied).toEqual([]);
  });
});

describe('the comparison itself', () => {
  test('sees figures as they are written', () => {
    expect([
      ...figuresOf('1. Up to 28,800 s, 102GB on VpnGw1, /27 or 10.0.0.0/16.\n2. [1.25 Gbps](a-9.md), 169.254.x.x'),
    ]).toEqual(['28800', '102', 'vpngw1', '/27', '10.0.0.0/16', '1.25', '169.254']);
  });

  test('sees what is copied and what only looks so', () => {
    const source = 'The gateway is deleted and then it is created again by you.';
    expect(runsOf(source, 8).size).toBe(5);
    expect(runsOf('As the **gateway is deleted and then it is created**, wait.', 8)).toContain(
      'gateway is deleted and then it is created',
    );
    for (const name of [
      '`a b c d e f g h`',
      '[a b c d e f g h](x)',
      '"a b c d e f g h"',
      '| a b c d e f g h |',
      'a b c d > e f g h',
    ]) {
      expect(runsOf(name, 8).size).toBe(0);
    }
  });
});
