/** How one word may have become another by slips of the hand or of the ear. */
export interface Slip {
  /** Letters typed too many, too few, wrong, or two swapped: each counts one (optimal string alignment). */
  readonly edits: number;
  /** How unlikely these slips are: about 1 for each edit, less for a doubled letter or a neighbouring key, more at the beginning. */
  readonly cost: number;
}

/** Longest word that is compared, in letters. */
export const MAX_WORD_LENGTH = 32;

/** Beyond every sum of costs. One edit is always dearer than the finest cost of all others, so the fewest edits win. */
const EDIT = 10_000;
const COST = {
  doubled: 600,
  swapped: 600,
  nearKey: 800,
  vowel: 800,
  missing: 900,
  extra: 1_000,
  wrong: 1_150,
  first: 500,
  firstSwapped: 200,
} as const;

/** Rows of a QWERTY keyboard, shifted as the keys are: neighbours are at most one place apart in each direction. */
const KEYS = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm'];
const A = 97;
const NEAR: readonly (readonly boolean[])[] = neighbours();
const VOWELS: readonly boolean[] = [...'abcdefghijklmnopqrstuvwxyz'].map((letter) => 'aeiou'.includes(letter));

function neighbours(): boolean[][] {
  const place = new Map(KEYS.flatMap((keys, row) => [...keys].map((key, column) => [key, [row, column]] as const)));
  const letters = [...'abcdefghijklmnopqrstuvwxyz'];
  return letters.map((one) =>
    letters.map((other) => {
      const [row, column] = place.get(one)!;
      const [otherRow, otherColumn] = place.get(other)!;
      // A key touches those at its left and right, and the two above and below that its edge lies between.
      const shift = otherColumn - column;
      if (row === otherRow) return Math.abs(shift) === 1;
      return Math.abs(row - otherRow) === 1 && (shift === 0 || shift === row - otherRow);
    }),
  );
}

/**
 * Builds the comparison of two lower-case words of the letters a to z: the fewest slips that turn `meant` into `typed`, of those
 * the likeliest; undefined where there would be more than `maxEdits`. It owns its working space, so that comparing allocates nothing.
 * Damerau's distance with Kernighan, Church and Gale's idea ("A spelling correction program based on a noisy channel model", 1990)
 * that not all slips are equally likely; the costs are hand-made.
 */
export function buildSlipOf(): (typed: string, meant: string, maxEdits: number) => Slip | undefined {
  const width = MAX_WORD_LENGTH + 1;
  const rows = [new Int32Array(width), new Int32Array(width), new Int32Array(width)];

  return (typed, meant, maxEdits) => {
    const n = typed.length;
    const m = meant.length;
    if (n > MAX_WORD_LENGTH || m > MAX_WORD_LENGTH || Math.abs(n - m) > maxEdits) return undefined;
    const limit = (maxEdits + 1) * EDIT;
    let [before, above, row] = rows as [Int32Array, Int32Array, Int32Array];
    above[0] = 0;
    let leastAbove = 0;
    for (let j = 1; j <= m; j++) above[j] = above[j - 1]! + EDIT + missingCost(meant, j);
    for (let i = 1; i <= n; i++) {
      const letter = typed.charCodeAt(i - 1);
      const extra = EDIT + extraCost(typed, i);
      // Letters that are further apart than the edits allow are never matched: only a band around the diagonal is filled in.
      const from = Math.max(1, i - maxEdits);
      const to = Math.min(m, i + maxEdits);
      row[0] = above[0]! + extra;
      if (from > 1) row[from - 1] = limit;
      let least = row[from - 1]!;
      for (let j = from; j <= to; j++) {
        const wanted = meant.charCodeAt(j - 1);
        let best = Math.min(
          above[j - 1]! + (letter === wanted ? 0 : EDIT + wrongCost(letter, wanted, i === 1 && j === 1)),
          above[j]! + extra,
          row[j - 1]! + EDIT + missingCost(meant, j),
        );
        if (i > 1 && j > 1 && letter === meant.charCodeAt(j - 2) && typed.charCodeAt(i - 2) === wanted) {
          best = Math.min(best, before[j - 2]! + EDIT + COST.swapped + (i === 2 && j === 2 ? COST.firstSwapped : 0));
        }
        row[j] = best;
        if (best < least) least = best;
      }
      if (to < m) row[to + 1] = limit;
      // Two rows are looked at, because a swap reaches back over one.
      if (least >= limit && leastAbove >= limit) return undefined;
      leastAbove = least;
      [before, above, row] = [above, row, before];
    }
    const total = above[m]!;
    return total >= limit ? undefined : { edits: Math.floor(total / EDIT), cost: (total % EDIT) / 1_000 };
  };
}

/** The price of leaving out the j-th letter of a word. */
function missingCost(meant: string, j: number): number {
  const letter = meant.charCodeAt(j - 1);
  if (j > 1 && letter === meant.charCodeAt(j - 2)) return COST.doubled;
  return COST.missing + (j === 1 ? COST.first : 0);
}

/** The price of a letter too many, the i-th that was typed. */
function extraCost(typed: string, i: number): number {
  const letter = typed.charCodeAt(i - 1);
  if (i > 1 && letter === typed.charCodeAt(i - 2)) return COST.doubled;
  const near =
    (i > 1 && isNear(letter, typed.charCodeAt(i - 2))) || (i < typed.length && isNear(letter, typed.charCodeAt(i)));
  return (near ? COST.nearKey : COST.extra) + (i === 1 ? COST.first : 0);
}

function wrongCost(letter: number, wanted: number, first: boolean): number {
  const both = VOWELS[letter - A] === true && VOWELS[wanted - A] === true;
  return (both ? COST.vowel : isNear(letter, wanted) ? COST.nearKey : COST.wrong) + (first ? COST.first : 0);
}

function isNear(one: number, other: number): boolean {
  return NEAR[one - A]?.[other - A] === true;
}
