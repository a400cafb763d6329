/** Longest user text that is looked at, in UTF-16 code units. What comes after it is ignored. */
export const MAX_TEXT_LENGTH = 2_000;

const NOT_TEXT = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\s]+/gu;
const QUOTES = /[‘’ʼ`]/g;
const DASHES = /[‐‑‒–—−]/g;

/**
 * Folds what people type into one spelling: Unicode NFKC, lower case, straight quotes and dashes, single spaces, no control
 * characters, at most {@link MAX_TEXT_LENGTH} long. Idempotent. Empty text stays empty.
 */
export function normaliseText(text: string): string {
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

/**
 * The words of a label or a reply and nothing else, so that "Site-to-Site!" and "site to site" are the same. Dots and slashes
 * inside a word stay (`10.0.0.0/16`).
 */
export function plainWords(text: string): string {
  return (
    normaliseText(text)
      .match(/[\p{L}\p{N}]+(?:[./][\p{L}\p{N}]+)*/gu)
      ?.join(' ') ?? ''
  );
}
