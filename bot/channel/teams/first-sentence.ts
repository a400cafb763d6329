import { markdownBlocks, markdownToWords } from '../render/markdown-to-card';

/** Longest first sentence, in characters: the list shows two short lines. */
const MAX_SENTENCE = 160;
/** A shorter one is followed by the next, in UTF-16 code units. */
const MIN_SENTENCE = 25;
/** So much of an answer is looked at, in UTF-16 code units. */
const MAX_LOOKED_AT = 4_000;
const SENTENCES = new Intl.Segmenter('en', { granularity: 'sentence' });
const HEADING = /^ {0,3}#/;
const TABLE_OR_CODE = /^ {0,3}(?:\||```|~~~)/;

/**
 * The first sentence of an answer as plain text, with the next where it says little ("Yes."), cut between words where it is long; empty
 * where the answer begins with no text.
 */
export function firstSentence(markdown: string): string {
  const first = markdownBlocks(markdown.slice(0, MAX_LOOKED_AT)).find(({ text }) => !HEADING.test(text))?.text ?? '';
  if (TABLE_OR_CODE.test(first)) return '';
  let opening = '';
  // No more than is shown, and what tells whether it goes on.
  for (const { segment } of SENTENCES.segment(markdownToWords(first, 2 * MAX_SENTENCE))) {
    opening += segment;
    if (opening.trim().length >= MIN_SENTENCE) break;
  }
  return shortened(opening.trim());
}

function shortened(text: string): string {
  const characters = [...text];
  if (characters.length <= MAX_SENTENCE) return text;
  const start = characters.slice(0, MAX_SENTENCE - 1).join('');
  return `${start.replace(/[\s,;:–-]+\S*$/, '') || start}…`;
}
