import natural from 'natural/lib/natural/stemmers/porter_stemmer';
import { isPlain, normaliseText } from '../bot/foundation/normalise-text';

/** A word: a dotted number or CIDR (`10.0.0.0/16`, `169.254.x.x`), a prefix length (`/27`), or letters and digits. */
const WORD = /\d+(?:\.[\dx]+)+(?:\/\d+)?|\/\d+|[\p{L}\p{N}]+/gu;
/** The same for plain text, several times as fast. */
const PLAIN_WORD = /\d+(?:\.[\dx]+)+(?:\/\d+)?|\/\d+|[a-z0-9]+/g;
const POSSESSIVE = /'s(?![\p{L}\p{N}])/gu;

/** The words of a text in lower case, in order. "Can't" is `cant`, "gateway's" is `gateway`, hyphens separate. */
export function wordsOf(text: string): string[] {
  const normalised = normaliseText(text);
  const bare = normalised.includes("'") ? normalised.replace(POSSESSIVE, '').replaceAll("'", '') : normalised;
  return bare.match(isPlain(bare) ? PLAIN_WORD : WORD) ?? [];
}

/** The Porter stem of a plain English word; numbers, addresses and other scripts stay as they are. */
export function stemOf(word: string): string {
  return /^[a-z]{3,}$/.test(word) ? natural.stem(word) : word;
}

/** The stems of a text, in order. */
export function stemsOf(text: string): string[] {
  return wordsOf(text).map(stemOf);
}

/** Most words that {@link buildStemsOf} remembers, some times the vocabulary of an FAQ. */
const MAX_REMEMBERED_WORDS = 20_000;

/**
 * A {@link stemsOf} that remembers the stems of words it has seen, because stemming takes most of the time of reading a text.
 * Once it remembers enough it learns no more, so that nobody's typing can fill the memory.
 */
export function buildStemsOf(): (text: string) => string[] {
  const stems = new Map<string, string>();
  return (text) =>
    wordsOf(text).map((word) => {
      const had = stems.get(word);
      if (had !== undefined) return had;
      const stem = stemOf(word);
      if (stems.size < MAX_REMEMBERED_WORDS) stems.set(word, stem);
      return stem;
    });
}
