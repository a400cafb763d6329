/** A part of an Adaptive Card. */
export type CardElement = Readonly<Record<string, unknown>> & { readonly type: string };

/** Longest first sentence, in characters: the list shows two short lines. */
const MAX_SENTENCE = 160;
/** A shorter one is followed by the next, in UTF-16 code units. */
const MIN_SENTENCE = 25;
const SENTENCES = new Intl.Segmenter('en', { granularity: 'sentence' });

const FENCE = /^ {0,3}(?:```|~~~)/;
const HEADING = /^ {0,3}#{1,6}\s+(.*?)\s*#*$/;
const TABLE_ROW = /^\s*\|(.*)\|\s*$/;
const TABLE_RULE = /^[\s|:-]+$/;
const ITEM = /^\s*(?:[-*+]|\d+[.)])\s+/;
const QUOTE = /^ {0,3}>\s?/;

/**
 * Markdown as parts of an Adaptive Card, whose texts know bold, italics, lists and links only: headings become bold texts, tables become
 * tables of the card (1.5), code is shown in its own type, and what is left of HTML and code signs is taken out. Never throws.
 */
export function cardElements(markdown: string): CardElement[] {
  const elements: CardElement[] = [];
  const lines = markdown.replace(/\r\n?/g, '\n').split('\n');
  for (let at = 0; at < lines.length; ) {
    const end = endOfBlock(lines, at);
    elements.push(...elementsOf(lines.slice(at, end)));
    at = end;
  }
  return elements;
}

/**
 * The first sentence of an answer as plain text, with the next where it says little ("Yes."), cut between words where it is long; empty
 * where the answer begins with no text.
 */
export function firstSentence(markdown: string): string {
  const lines = markdown.split(/\r\n?|\n/);
  const first = lines.findIndex((line) => line.trim() !== '' && !HEADING.test(line));
  if (first < 0 || TABLE_ROW.test(lines[first]!) || FENCE.test(lines[first]!)) return '';
  const text = plainText(lines.slice(first, endOfBlock(lines, first)).join(' '));
  let opening = '';
  // No more than is shown, and what tells whether it goes on.
  for (const { segment } of SENTENCES.segment(text.slice(0, 2 * MAX_SENTENCE))) {
    opening += segment;
    if (opening.trim().length >= MIN_SENTENCE) break;
  }
  return shortened(opening.trim());
}

/** Where the block that begins at a line ends: the whole of a list, a table or a piece of code, else a paragraph. */
function endOfBlock(lines: readonly string[], start: number): number {
  const first = lines[start]!;
  const until = (belongs: (line: string) => boolean): number => {
    const end = lines.findIndex((line, at) => at > start && !belongs(line));
    return end < 0 ? lines.length : end;
  };
  if (FENCE.test(first)) {
    const close = lines.findIndex((line, at) => at > start && FENCE.test(line));
    return close < 0 ? lines.length : close + 1;
  }
  if (first.trim() === '' || HEADING.test(first)) return start + 1;
  if (TABLE_ROW.test(first)) return until((line) => TABLE_ROW.test(line));
  const interrupts = (line: string) => FENCE.test(line) || HEADING.test(line) || TABLE_ROW.test(line);
  if (ITEM.test(first)) return until((line) => line.trim() !== '' && !interrupts(line));
  return until((line) => line.trim() !== '' && !interrupts(line) && !ITEM.test(line));
}

function elementsOf(block: readonly string[]): CardElement[] {
  const first = block[0]!;
  if (first.trim() === '') return [];
  if (FENCE.test(first)) {
    const code = block.slice(1).filter((line, at, all) => at < all.length - 1 || !FENCE.test(line));
    // Text runs are shown as they are: signs in code are no Markdown.
    return code.map((line, at) => ({
      type: 'RichTextBlock',
      inlines: [{ type: 'TextRun', text: line === '' ? ' ' : line, fontType: 'Monospace' }],
      ...(at === 0 ? {} : { spacing: 'None' }),
    }));
  }
  const heading = HEADING.exec(first)?.[1];
  if (heading !== undefined) return heading === '' ? [] : [textBlock(inline(heading), { weight: 'Bolder' })];
  if (TABLE_ROW.test(first)) return tableOf(block);
  if (ITEM.test(first)) return [textBlock(itemsOf(block).join('\r'))];
  return [textBlock(inline(block.map((line) => line.replace(QUOTE, '').trim()).join(' ')))];
}

/** The items of a list, one a line, without levels: cards know none that look alike everywhere. */
function itemsOf(block: readonly string[]): string[] {
  const items: string[] = [];
  for (const line of block) {
    if (ITEM.test(line) || items.length === 0) items.push(line.trim());
    else items[items.length - 1] += ` ${line.trim()}`;
  }
  return items.map((item) => {
    const sign = /^\d+/.exec(item)?.[0];
    return `${sign === undefined ? '-' : `${sign}.`} ${inline(item.replace(ITEM, ''))}`;
  });
}

function tableOf(block: readonly string[]): CardElement[] {
  const rows = block.filter((line, at) => at === 0 || !TABLE_RULE.test(line)).map(cellsOf);
  const width = Math.max(...rows.map((cells) => cells.length));
  return [
    {
      type: 'Table',
      firstRowAsHeaders: true,
      columns: Array.from({ length: width }, () => ({ width: 1 })),
      rows: rows.map((cells) => ({
        type: 'TableRow',
        cells: Array.from({ length: width }, (_, at) => ({
          type: 'TableCell',
          items: [textBlock(inline(cells[at] ?? ''))],
        })),
      })),
    },
  ];
}

function cellsOf(line: string): string[] {
  const inner = TABLE_ROW.exec(line)?.[1] ?? line;
  return inner.split(/(?<!\\)\|/).map((cell) => cell.replaceAll('\\|', '|').trim());
}

function textBlock(text: string, more: Readonly<Record<string, unknown>> = {}): CardElement {
  return { type: 'TextBlock', text: text === '' ? ' ' : text, wrap: true, ...more };
}

/** What cards' Markdown knows within a line: addresses become links, code loses its signs, HTML goes. */
function inline(text: string): string {
  return text
    .replace(/<((?:https?|mailto):[^\s<>]+)>/g, '[$1]($1)')
    .replace(/<\/?[a-z][^<>]*>/gi, ' ')
    .replaceAll('`', '')
    .replace(/\s+/g, ' ')
    .trim();
}

function plainText(markdown: string): string {
  return inline(markdown.replace(ITEM, ''))
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/\*+|(?<![\p{L}\p{N}])_+|_+(?![\p{L}\p{N}])/gu, '')
    .trim();
}

function shortened(text: string): string {
  const characters = [...text];
  if (characters.length <= MAX_SENTENCE) return text;
  const start = characters.slice(0, MAX_SENTENCE - 1).join('');
  return `${start.replace(/[\s,;:–-]+\S*$/, '') || start}…`;
}
