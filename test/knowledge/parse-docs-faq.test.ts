import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as fc from 'fast-check';
import { loadKnowledge } from '../../knowledge/load-knowledge';
import { parseDocsFaq } from '../../knowledge/parse-docs-faq';
import { anyText } from '../support/any-text';
import { holds } from '../support/holds';
import { describeWithShared, SHARED_DIR } from '../support/shared-material';

type Texts = Readonly<Record<string, string>>;

function parse(texts: Texts) {
  const { entries, warnings } = parseDocsFaq(new Map(Object.entries(texts)));
  return {
    entries,
    ids: entries.map(({ id }) => id),
    body: (id: string) => entries.find((entry) => entry.id === id)?.body,
    warnings: warnings.map(({ file, line, message }) => `${file}:${line}: ${message}`),
  };
}

/** The body of the one question `### Q` of a document. */
function bodyOf(answer: string, more = ''): string | undefined {
  return parse({ 'docs/tea.md': `${more}## Tea\n\n### Q?\n\n${answer}\n` }).body('q');
}

describe('the questions of a document', () => {
  test('are its third-level headings, with the section they stand in and where they were read', () => {
    const { entries, warnings } = parse({
      'docs/tea.md': `---
title: Tea FAQ
ms.date: 05/14/2019
---
# Tea FAQ

Introduction.

## <a name="making"></a>Making tea

This section is about pots.

### How long does it take?

Three minutes.

### Can I make two?
Yes.
### Pots and cups

See there.

## Next steps

* More.
`,
    });
    expect(warnings).toEqual([]);
    expect(entries).toEqual([
      {
        id: 'how-long-does-it-take',
        title: 'How long does it take?',
        phrasings: [],
        section: 'making-tea',
        asOf: '2019-05-14',
        source: { file: 'tea.md', heading: 'How long does it take?' },
        followUps: [],
        sameAnswerAs: [],
        body: 'Three minutes.',
        file: 'docs/tea.md',
        line: 13,
      },
      expect.objectContaining({ id: 'can-i-make-two', body: 'Yes.', line: 17 }),
      expect.objectContaining({ id: 'pots-and-cups', title: 'Pots and cups', body: 'See there.', line: 19 }),
    ]);
  });

  test('may have signs that close the heading, anchors, emphasis and links in it', () => {
    const { entries } = parse({
      'tea.md': [
        '### Closed? ###\na',
        '### <a name="x"></a>Named?\nb',
        "### <a id = 'y'>Also named?\nc",
        '### Is **green** `tea` [fine](x.md)?\nd',
        '### Do I need C#\ne',
      ].join('\n'),
    });
    expect(entries.map(({ id, title }) => [id, title])).toEqual([
      ['closed', 'Closed?'],
      ['named', 'Named?'],
      ['also-named', 'Also named?'],
      ['is-green-tea-fine', 'Is green tea fine?'],
      ['do-i-need-c', 'Do I need C#'],
    ]);
  });

  test('need an answer: one without is left out with a warning', () => {
    const { ids, warnings } = parse({ 'tea.md': '### Empty?\n\n### Full?\nYes. See [it](#empty).\n' });
    expect(ids).toEqual(['full']);
    expect(warnings).toEqual(['tea.md:1: "Empty?" has no answer; left out']);
  });

  test('count once: the second of two with the same heading is left out with a warning', () => {
    const { entries, warnings } = parse({ 'tea.md': '### Hot?\nYes.\n### Cold?\nNo.\n### Hot?\nStill.\n' });
    expect(entries.map(({ id, body }) => [id, body])).toEqual([
      ['hot', 'Yes.'],
      ['cold', 'No.'],
    ]);
    expect(warnings).toEqual(['tea.md:5: "Hot?" stands in tea.md:1 already; left out']);
  });
});

describe('an answer', () => {
  test('keeps its own headings, which are of the fourth level and below', () => {
    expect(bodyOf('Two ways.\n\n#### In a pot\n\nPour.\n\n##### Large\n\nPour more.')).toBe(
      'Two ways.\n\n#### In a pot\n\nPour.\n\n##### Large\n\nPour more.',
    );
  });

  test('keeps its numbered lists, also right below the heading', () => {
    const { body } = parse({ 'tea.md': '### How?\nSo:\n1. Boil.\n1. Pour.\n   - Slowly.\n' });
    expect(body('how')).toBe('So:\n1. Boil.\n1. Pour.\n   - Slowly.');
  });

  test('keeps fenced code as it is: there # begins a comment, and links and includes are text', () => {
    const code = '```bash\n# Boil\n### Pour\n[a](b.md) <br>\n[!INCLUDE [x](y.md)]\n~~~\n## Still code\n```';
    const { ids, body, warnings } = parse({ 'tea.md': `### Q?\n${code}\n\n### R?\nYes.`, 'y.md': '### Y?\nYes.' });
    expect(body('q')).toBe(code);
    expect(ids).toEqual(['q', 'r', 'y']);
    expect(warnings).toEqual([]);
  });

  test('is not cut by a line that begins with # and is no heading', () => {
    expect(bodyOf('The rule:\n#1 is warmth.\n')).toBe('The rule:\n#1 is warmth.');
  });

  test('has line breaks instead of <br>, and commas in tables', () => {
    expect(bodyOf('One<br>two<br/>three')).toBe('One  \ntwo  \nthree');
    expect(bodyOf('| a<br>b | c<BR />d |\n|---|---|')).toBe('| a, b | c, d |\n|---|---|');
    expect(bodyOf('1. A table:\n\n   | a<br>b |\n   |---|')).toBe('1. A table:\n\n   | a, b |\n   |---|');
  });

  test('has plain notes', () => {
    expect(bodyOf('> [!IMPORTANT]\n> Hot.')).toBe('> **Important**\n> Hot.');
  });

  test('has no images, comments or anchors', () => {
    expect(bodyOf('Look:\n\n![a pot](./media/pot.png "A pot")\n\n<!-- secret -->\n<a name="x"></a>Done.')).toBe(
      'Look:\n\nDone.',
    );
  });
});

describe('a link', () => {
  const front = '---\nms.service: tea-service\n---\n';
  const link = (target: string) => bodyOf(`[it](${target})`, front);

  test.each([
    ['https://example.com/a#b', 'https://example.com/a#b', 'an address stays'],
    ['mailto:tea@example.com', 'mailto:tea@example.com', 'a mail address too'],
    ['pots.md', 'https://learn.microsoft.com/azure/tea-service/pots', 'a neighbour lies under the service'],
    ['pots.md#lid', 'https://learn.microsoft.com/azure/tea-service/pots#lid', 'anchors stay'],
    ['pots.md?tabs=a#lid', 'https://learn.microsoft.com/azure/tea-service/pots?tabs=a#lid', 'so do queries'],
    ['../coffee/cups.md', 'https://learn.microsoft.com/azure/coffee/cups', 'another folder is another service'],
    ['../articles/tea/leaf.md', 'https://learn.microsoft.com/azure/tea/leaf', 'as from an included file'],
    ['/powershell/module/tea', 'https://learn.microsoft.com/powershell/module/tea', 'a path is one of the site'],
    ['pots.md "Pots"', 'https://learn.microsoft.com/azure/tea-service/pots', 'its tooltip goes'],
    ['#q', '#q', 'a question of this document stays a link to it'],
  ])('to %j leads to %j: %s', (target, address) => {
    expect(link(target)).toBe(`[it](${address})`);
  });

  test.each(['#nowhere', 'javascript:alert', 'data:text/html,x'])('to %j is plain words', (target) => {
    expect(link(target)).toBe('it');
  });

  test('to an anchor leads to the question that it belongs to', () => {
    const { body } = parse({
      'tea.md': `## <a name="Pots"></a>Pots

### First?
See [pots](#Pots), [cups](#cups), [the handle](#handle), [the spoon](#spoon), [this section](#pots).

### <a name ="cups"></a>Second?
It has a <a name="handle"></a>handle.

<a name="spoon"></a>
### Third?
Yes.
`,
    });
    expect(body('first')).toBe(
      'See [pots](#first), [cups](#second), [the handle](#second), [the spoon](#third), [this section](#first).',
    );
  });
});

describe('an include', () => {
  test('may bring the questions of a section, from wherever the file lies', () => {
    const { entries, warnings } = parse({
      'docs/faq/tea.md':
        '---\nms.date: 05/14/2019\n---\n## Tea\n\n[!INCLUDE [hot](../../includes/hot-include.md)]\n\n### Cold?\nNo.\n',
      'other/deep/hot-include.md': '---\nms.date: 02/12/2018\n---\n### Hot?\nYes. [Pots](../articles/tea/pots.md).\n',
    });
    expect(warnings).toEqual([]);
    expect(
      entries.map(({ id, section, asOf, source, file, line }) => [id, section, asOf, source.file, file, line]),
    ).toEqual([
      ['hot', 'tea', '2018-02-12', 'hot-include.md', 'other/deep/hot-include.md', 4],
      ['cold', 'tea', '2019-05-14', 'tea.md', 'docs/faq/tea.md', 8],
    ]);
  });

  test('may stand inside an answer', () => {
    const { body } = parse({
      'tea.md': '### Where?\nBefore.\n\n[!INCLUDE [list](list.md)]\n\nAfter.\n### Next?\nYes.\n',
      'list.md': '- Here.\n- There.',
    });
    expect(body('where')).toBe('Before.\n\n- Here.\n- There.\n\nAfter.');
    expect(body('next')).toBe('Yes.');
  });

  test('may include others, and a file that two sections include counts once, in the first', () => {
    const { entries, warnings } = parse({
      'tea.md': '## Pot\n[!include [a](a.md)]\n## Cup\n[!INCLUDE[b](b.md)]\n',
      'a.md': '[!INCLUDE [all](all.md)]\n### A?\nYes.\n',
      'b.md': '[!INCLUDE [all](all.md)]\n### B?\nYes.\n',
      'all.md': '### All?\nYes.\n',
    });
    expect(warnings).toEqual([]);
    expect(entries.map(({ id, section }) => `${section}/${id}`)).toEqual(['pot/all', 'pot/a', 'cup/b']);
  });

  test('has the date of the document it was reached from where it has none', () => {
    const { entries } = parse({
      'a.md': '---\nms.date: 01/02/2019\n---\n[!INCLUDE [x](x.md)]',
      'b.md': '---\nms.date: 03/04/2020\n---\n[!INCLUDE [y](y.md)]',
      'c.md': '### Z?\nYes.',
      'x.md': '### X?\nYes.',
      'y.md': '### Y?\nYes.',
    });
    expect(entries.map(({ id, asOf }) => [id, asOf])).toEqual([
      ['x', '2019-01-02'],
      ['y', '2020-03-04'],
      ['z', undefined],
    ]);
  });

  test('of a file that is nowhere is left out with a warning that names file and line', () => {
    const { body, warnings } = parse({ 'docs/tea.md': '### Q?\nYes.\n\n[!INCLUDE [gone](../gone.md)]\n\nReally.\n' });
    expect(body('q')).toBe('Yes.\n\nReally.');
    expect(warnings).toEqual(['docs/tea.md:4: the include gone.md is nowhere under this folder; left out']);
  });

  test('is warned of once, however often the file it stands in is included', () => {
    const { warnings } = parse({
      'tea.md': '## A\n[!INCLUDE [a](a.md)]\n## B\n[!INCLUDE [a](a.md)]\n',
      'a.md': '### Q?\nYes.\n[!INCLUDE [gone](gone.md)]\n',
    });
    expect(warnings).toEqual(['a.md:3: the include gone.md is nowhere under this folder; left out']);
  });

  test('that leads back to a file that is open is left out with a warning', () => {
    const { ids, warnings } = parse({
      'tea.md': '[!INCLUDE [a](a.md)]\n[!INCLUDE [tea](tea.md)]\n### Q?\nYes.\n',
      'a.md': '### A?\nYes.\n[!INCLUDE [b](b.md)]\n',
      'b.md': '### B?\nYes.\n[!INCLUDE [a](a.md)]\n',
    });
    expect(ids).toEqual(['a', 'b', 'q']);
    expect(warnings).toEqual([
      'b.md:3: the include a.md includes itself; left out',
      'tea.md:2: the include tea.md includes itself; left out',
    ]);
  });

  test('of two files of each other does not make both disappear', () => {
    const { ids, warnings } = parse({
      'a.md': '### A?\nYes.\n\n[!INCLUDE [b](b.md)]\n',
      'b.md': '### B?\nYes.\n\n[!INCLUDE [a](a.md)]\n',
    });
    expect(ids).toEqual(['a', 'b']);
    expect(warnings).toEqual(['b.md:4: the include a.md includes itself; left out']);
  });
});

describe('front matter', () => {
  test('is no text, whatever is in it', () => {
    expect(bodyOf('Yes.', '---\ntitle: x\n# comment\n### Not a question\n---  \n')).toBe('Yes.');
    expect(bodyOf('Yes.', '\uFEFF---\r\ntitle: x\r\n---\r\n')).toBe('Yes.');
  });

  test.each([
    ['ms.date: 05/14/2019', '2019-05-14'],
    [' ms.date: 02/01/2020', '2020-02-01'],
    ['ms.date: soon', undefined],
    ['title: x', undefined],
  ])('%j gives the date %j', (front, asOf) => {
    const { entries } = parse({ 'tea.md': `---\n${front}\n---\n### Q?\nYes.` });
    expect(entries[0]!.asOf).toBe(asOf);
  });
});

test('parseDocsFaq never throws, whatever the documents', () => {
  const pieces = fc.oneof(
    fc.constantFrom(
      '\n',
      '### Q?\n',
      '## S\n',
      '```\n',
      '---\n',
      '[!INCLUDE [x](b.md)]\n',
      '[a](#q)',
      '<a name="n"></a>',
      '| x<br>y |\n',
      '![i](j)',
      '> [!NOTE]\n',
    ),
    anyText(20),
  );
  const text = fc.array(pieces).map((parts) => parts.join(''));
  holds(
    fc.property(text, text, (a, b) => {
      const { entries } = parseDocsFaq(
        new Map([
          ['a.md', a],
          ['b.md', b],
        ]),
      );
      expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length);
    }),
    { numRuns: 200 },
  );
});

describeWithShared('the published documents', () => {
  const seed = path.join(SHARED_DIR, 'seed');

  test('give exactly the 126 questions, each from its file, and one warning: the include that is missing', async () => {
    const { entries, faults, warnings } = await loadKnowledge(seed, 'knowledge');
    const rows = readFileSync(path.join(SHARED_DIR, 'questions/entry-ids.tsv'), 'utf8').trim().split('\n').slice(1);
    const found = entries.map(({ id, source }) => [id, source.heading, source.file].join('\t'));
    expect(found.toSorted()).toEqual(rows.toSorted());
    expect(faults).toEqual([]);
    const file = path.relative(process.cwd(), path.join(seed, 'includes/vpn-gateway-faq-p2s-all-include.md'));
    const message = 'the include vpn-gateway-tls-updates.md is nowhere under this folder; left out';
    expect(warnings).toEqual([{ file, line: 32, message }]);
  });

  test('are plain Markdown after that: no dialect, no relative link, no link to a question that is not there', async () => {
    const { entries } = await loadKnowledge(seed, 'knowledge');
    const ids = new Set(entries.map(({ id }) => id));
    for (const { id, title, section, asOf, body } of entries) {
      expect({ id, title }).toEqual({ id, title: expect.stringMatching(/^[^<>#[\]]+$/) });
      expect(section).not.toBe('');
      expect(asOf).toMatch(/^20\d\d-\d\d-\d\d$/);
      const text = body.replace(/^```[\s\S]*?^```/gm, '');
      expect(text).not.toMatch(/<br|<a |\[!|!\[/i);
      for (const [, target] of text.matchAll(/\]\(([^)]*)\)/g)) {
        expect(target!.startsWith('#') ? ids.has(target!.slice(1)) : /^https?:\/\//.test(target!)).toBe(true);
      }
    }
  });
});
