/** Longest user text that is looked at, in UTF-16 code units. What comes after it is ignored. */
export const MAX_TEXT_LENGTH = 2_000;

const PLAIN = /^[\x20-\x7e]*$/;
const NOT_TEXT = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\s]+/gu;
const QUOTES = /[‘’ʼ`]/g;
const DASHES = /[‐‑‒–—−]/g;

/** Whether a text is of printable ASCII alone: simpler and much faster patterns find the same in it. True for an empty one. */
export function isPlain(text: string): boolean {
  return PLAIN.test(text);
}

/**
 * Folds what people type into one spelling: Unicode NFKC, lower case, straight quotes and dashes, single spaces, no control
 * characters, at most {@link MAX_TEXT_LENGTH} long. Idempotent. Empty text stays empty.
 */
export function normaliseText(text: string): string {
  // Nearly all text is plain: nothing of it has another form, and there is no need to look for one.
  if (PLAIN.test(text)) {
    const lower = text.slice(0, MAX_TEXT_LENGTH).toLowerCase();
    const quoted = lower.includes('`') ? lower.replaceAll('`', "'") : lower;
    return (quoted.includes('  ') ? quoted.replace(/ +/g, ' ') : quoted).trim();
  }
  return text
    .slice(0, MAX_TEXT_LENGTH)
    .replaceAll('´', "'") // NFKC would make a space and a combining accent of it
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFKC')
    .replace(QUOTES, "'")
    .replace(DASHES, '-')
    .slice(0, MAX_TEXT_LENGTH)
    .replace(NOT_TEXT, ' ')
    .trim();
}

const WORDS = /[\p{L}\p{N}]+(?:[./][\p{L}\p{N}]+)*/gu;
/** The same for plain text, several times as fast. */
const PLAIN_WORDS = /[a-z0-9]+(?:[./][a-z0-9]+)*/g;

/**
 * The words of a label or a reply and nothing else, so that "Site-to-Site!" and "site to site" are the same. Dots and slashes
 * inside a word stay (`10.0.0.0/16`).
 */
export function plainWords(text: string): string {
  const words = PLAIN.test(text) ? PLAIN_WORDS : WORDS;
  return normaliseText(text).match(words)?.join(' ') ?? '';
}
