import { MAX_TEXT_LENGTH } from '../bot/foundation/normalise-text';

/** A word of a text, where it stands. */
export interface PlacedWord {
  /** In lower case and without apostrophes: "can't" is `cant`. The 's of a possessive is not part of it. */
  readonly word: string;
  readonly start: number;
  readonly end: number;
  /** False for what is no plain English word or may be a name: it stays as it was typed, whatever it looks like. */
  readonly isPlain: boolean;
  /** Whether just one space or one hyphen stands between it and the word before it. */
  readonly followsClosely: boolean;
}

const CODE = /```[\s\S]*?```|`[^`\n]+`/g;
const CHUNK = /\S+/g;
const WORD = /[\p{L}\p{M}\p{N}]+(?:['’ʼ´][\p{L}\p{M}]+)*/gu;
/** Digits; the signs of paths, addresses, code and options; a dot or colon inside, as in file names, hosts and ports. */
const NO_PROSE = /\p{N}|[\\/@_=<>{}[\]$#%^|~*+]|^--?\p{L}|[\p{L}\p{M}][.:]+[\p{L}\p{M}]/u;
const WRAPPING = /^[\p{Ps}\p{Pi}"'*_]+|(?<![\p{Pe}\p{Pf}"'*_.,;:!?…])[\p{Pe}\p{Pf}"'*_.,;:!?…]+$/gu;
const ENDS_SENTENCE = /[.!?:;…][\p{Pe}\p{Pf}"']*$/u;
const LOWER = /^[a-z]+$/;
const CAPITALISED = /^[A-Z][a-z]+$/;
const UPPER = /^[A-Z]+$/;
const POSSESSIVE = /['’ʼ´][sS]$/;
const APOSTROPHES = /['’ʼ´]/g;

/**
 * The words among the first {@link MAX_TEXT_LENGTH} characters of a text, in order; a word at that edge is left out. Not plain
 * are: what has a digit or another letter than a to z in it, addresses, paths, file names, options, code in back-ticks,
 * contractions, ALL CAPS, CamelCase, and a capitalised word inside a sentence; but where every word is capitalised, or
 * the whole text is in capitals, case says nothing and is not looked at.
 */
export function wordsInPlace(text: string): PlacedWord[] {
  const examined = text.length <= MAX_TEXT_LENGTH ? text : text.slice(0, MAX_TEXT_LENGTH).replace(/\S+$/, '');
  const several = /\p{L}[^\p{L}]+\p{L}/u.test(examined);
  const isShouted = several && !/\p{Ll}/u.test(examined);
  const isTitle = several && !/(?<![\p{L}\p{N}'’ʼ´])\p{Ll}/u.test(examined);
  const code = [...examined.matchAll(CODE)].map(({ index, 0: span }) => [index, index + span.length] as const);

  const words: PlacedWord[] = [];
  let startsSentence = true;
  function add(typed: string, start: number, isProse: boolean): void {
    const last = words.at(-1);
    words.push({
      word: LOWER.test(typed) ? typed : typed.replace(APOSTROPHES, '').toLowerCase(),
      start,
      end: start + typed.length,
      isPlain:
        isProse &&
        (LOWER.test(typed) ||
          (CAPITALISED.test(typed) && (startsSentence || isTitle)) ||
          (UPPER.test(typed) && isShouted)),
      followsClosely: last !== undefined && start === last.end + 1 && ' -'.includes(examined[last.end]!),
    });
    startsSentence = false;
  }

  let end = 0;
  for (const { index, 0: chunk } of examined.matchAll(CHUNK)) {
    if (examined.slice(end, index).includes('\n')) startsSentence = true;
    end = index + chunk.length;
    const isCode = code.some(([from, to]) => index < to && end > from);
    // Most chunks are just one word.
    if (LOWER.test(chunk)) {
      add(chunk, index, !isCode);
      continue;
    }
    const isProse = !isCode && !NO_PROSE.test(chunk.replace(WRAPPING, ''));
    for (const found of chunk.matchAll(WORD)) add(found[0].replace(POSSESSIVE, ''), index + found.index, isProse);
    if (ENDS_SENTENCE.test(chunk)) startsSentence = true;
  }
  return words;
}
