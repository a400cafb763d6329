import * as fc from 'fast-check';
import { buildSlipOf, MAX_WORD_LENGTH } from '../../../bot/foundation/edit-distance';
import { holds } from '../../support/holds';

const slipOf = buildSlipOf();
const costOf = (typed: string, meant: string): number => slipOf(typed, meant, 2)!.cost;

test.each([
  ['tunnel', 'tunnel', 0, 'the same'],
  ['tunel', 'tunnel', 1, 'a letter missing'],
  ['tunnnel', 'tunnel', 1, 'a letter too many'],
  ['tunmel', 'tunnel', 1, 'a wrong letter'],
  ['tunenl', 'tunnel', 1, 'two letters swapped'],
  ['utnnle', 'tunnel', 2, 'two swaps'],
  ['', 'ab', 2, 'nothing typed'],
])('%j is %j with %d slips: %s', (typed, meant, edits) => {
  expect(slipOf(typed, meant, 2)?.edits).toBe(edits);
});

test('with more slips than asked for there is no answer', () => {
  expect(slipOf('tunel', 'tunnel', 0)).toBeUndefined();
  expect(slipOf('tnel', 'tunnel', 1)).toBeUndefined();
});

test('a word beyond the longest is not compared', () => {
  const long = 'a'.repeat(MAX_WORD_LENGTH);
  expect(slipOf(long, long, 1)).toEqual({ edits: 0, cost: 0 });
  expect(slipOf(`${long}a`, `${long}a`, 1)).toBeUndefined();
});

test.each([
  ['tunel', 'tnnel', 'a double letter typed once is likelier than another missing one'],
  ['tunneel', 'tunnexl', 'a letter doubled is likelier than a strange one'],
  ['tunbel', 'tunpel', 'the key beside is likelier than a far one'],
  ['tonnel', 'txnnel', 'a vowel for a vowel is likelier than a consonant'],
  ['tunenl', 'tunpel', 'a swap is likelier than a wrong letter'],
  ['tnunel', 'rtunnel', 'an error inside is likelier than one at the beginning'],
])('%j is nearer to "tunnel" than %j: %s', (near, far) => {
  expect(costOf(near, 'tunnel')).toBeLessThan(costOf(far, 'tunnel'));
});

/** The distance by its definition, without a bound or prices. */
function plainDistance(a: string, b: string): number {
  const d = Array.from({ length: a.length + 1 }, (_, i) => Array.from({ length: b.length + 1 }, (_, j) => i || j));
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const row = d[i]!;
      row[j] = Math.min(d[i - 1]![j]! + 1, row[j - 1]! + 1, d[i - 1]![j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        row[j] = Math.min(row[j]!, d[i - 2]![j - 2]! + 1);
    }
  }
  return d[a.length]![b.length]!;
}

test('the number of slips is the distance by its definition, up to the bound', () => {
  const word = fc.array(fc.constantFrom(...'abcd'), { maxLength: 9 }).map((letters) => letters.join(''));
  holds(
    fc.property(word, word, fc.integer({ min: 0, max: 3 }), (typed, meant, maxEdits) => {
      const distance = plainDistance(typed, meant);
      expect(slipOf(typed, meant, maxEdits)?.edits).toBe(distance <= maxEdits ? distance : undefined);
    }),
    { numRuns: 2_000 },
  );
});
