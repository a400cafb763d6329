const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth'];
const NUMERAL_ORDINALS = ['1st', '2nd', '3rd', '4th', '5th', '6th', '7th', '8th', '9th'];
const NUMBERS = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
const LETTERS = [...'abcdefghi'];
const NAMED = /^(?:option|number|choice|answer|nr|letter) (\w+)(?: please)?$|^no (\d{1,2})$/;
const ALONE = /^(\w+)(?: please)?$/;
const BY_ORDINAL = /^(?:i (?:take|choose|pick|want) )?(?:the )?(\w+)(?: (?:one|option|choice|answer))?(?: please)?$/;
const MAX_PLACES = 9;
const LEADING = /^(?:options?|numbers?|choices?|answers?) /;

/**
 * The 0-based place that "2", "option 2", "two", "the second one", "2nd", "b" or "last" names among `count` choices. Where places
 * are shown as letters a bare number is no place, but "option 2" is.
 */
export function placeIn(words: string, count: number, shown: 'numbers' | 'letters' = 'numbers'): number | undefined {
  const named = NAMED.exec(words);
  const name = named?.[1] ?? named?.[2];
  if (name !== undefined) return within(Math.max(placeOfNumber(name), LETTERS.indexOf(name)), count);
  const alone = ALONE.exec(words)?.[1] ?? '';
  const letter = within(LETTERS.indexOf(alone), count);
  if (letter !== undefined) return letter;
  const number = shown === 'letters' ? undefined : within(placeOfNumber(alone), count);
  if (number !== undefined) return number;
  const ordinal = BY_ORDINAL.exec(words)?.[1] ?? '';
  if (ordinal === 'last') return count - 1;
  return within(Math.max(ORDINALS.indexOf(ordinal), NUMERAL_ORDINALS.indexOf(ordinal)), count);
}

/** The 0-based places that "1 and 3", "1, 3", "a c" or "2" name among `count` choices; empty for anything else. */
export function placesIn(words: string, count: number): number[] {
  const single = placeIn(words, count);
  if (single !== undefined) return [single];
  const names = words
    .replace(LEADING, '')
    .split(' ')
    .filter((word) => word !== 'and' && word !== 'or');
  if (names.length > MAX_PLACES) return [];
  const places = names.map((word) =>
    within(Math.max(placeOfNumber(word), LETTERS.indexOf(word), ORDINALS.indexOf(word)), count),
  );
  return places.every((place) => place !== undefined) ? [...new Set(places)].sort((a, b) => a - b) : [];
}

function placeOfNumber(word: string): number {
  return /^\d{1,2}$/.test(word) ? Number(word) - 1 : NUMBERS.indexOf(word);
}

function within(place: number, count: number): number | undefined {
  return place >= 0 && place < count ? place : undefined;
}
