import { buildSlipOf, MAX_WORD_LENGTH, type Slip } from '../bot/foundation/edit-distance';

/** A word that could have been meant. */
export interface NearWord extends Slip {
  readonly word: string;
}

/** The words of a list within `maxEdits` slips of what was typed, in the order of the list. */
export type NearestWords = (typed: string, maxEdits: number) => NearWord[];

/**
 * Builds {@link NearestWords}. The words are grouped by length, and each is known by the set of its letters first: words that
 * differ in more letters than there may be edits are passed over at one machine instruction or two each, so that tens of
 * thousands are looked through in some tens of microseconds and no index has to be built. Words of other letters than a to z,
 * and longer than {@link MAX_WORD_LENGTH}, are never found.
 */
export function buildNearestWords(words: Iterable<string>): NearestWords {
  const byLength: string[][] = Array.from({ length: MAX_WORD_LENGTH + 1 }, () => []);
  for (const word of words) {
    if (word.length <= MAX_WORD_LENGTH && /^[a-z]+$/.test(word)) byLength[word.length]!.push(word);
  }
  const letters = byLength.map((group) => Int32Array.from(group, lettersOf));
  const slipOf = buildSlipOf();

  return (typed, maxEdits) => {
    const wanted = lettersOf(typed);
    const found: NearWord[] = [];
    const longest = Math.min(MAX_WORD_LENGTH, typed.length + maxEdits);
    for (let length = Math.max(1, typed.length - maxEdits); length <= longest; length++) {
      const group = byLength[length]!;
      const sets = letters[length]!;
      for (let i = 0; i < group.length; i++) {
        const set = sets[i]!;
        if (hasMoreBits(wanted & ~set, maxEdits) || hasMoreBits(set & ~wanted, maxEdits)) continue;
        const slip = slipOf(typed, group[i]!, maxEdits);
        if (slip !== undefined) found.push({ word: group[i]!, ...slip });
      }
    }
    return found;
  };
}

/** Which of the letters a to z a word has, a bit each. */
function lettersOf(word: string): number {
  let set = 0;
  for (let i = 0; i < word.length; i++) set |= 1 << (word.charCodeAt(i) - 97);
  return set;
}

function hasMoreBits(bits: number, count: number): boolean {
  let left = bits;
  for (let i = 0; i < count && left !== 0; i++) left &= left - 1;
  return left !== 0;
}
