import * as fc from 'fast-check';
import { buildSlipOf } from '../../bot/foundation/edit-distance';
import { buildNearestWords } from '../../knowledge/nearest-words';
import { holds } from '../support/holds';

test('finds the words within one slip', () => {
  const nearest = buildNearestWords(['tunnel', 'funnel', 'tunnels', 'gateway']);
  expect(nearest('tunnel', 1).map(({ word, edits }) => [word, edits])).toEqual([
    ['tunnel', 0],
    ['funnel', 1],
    ['tunnels', 1],
  ]);
});

test('words of other letters are left out', () => {
  expect(buildNearestWords(['ikev2', 'tünel', ''])('tunel', 2)).toEqual([]);
});

test('finds what a comparison with every word finds', () => {
  const word = fc
    .array(fc.constantFrom(...'abcdez'), { minLength: 1, maxLength: 8 })
    .map((letters) => letters.join(''));
  const slipOf = buildSlipOf();
  holds(
    fc.property(
      fc.uniqueArray(word, { maxLength: 40 }),
      word,
      fc.integer({ min: 0, max: 2 }),
      (words, typed, maxEdits) => {
        const expected = words.filter((one) => slipOf(typed, one, maxEdits) !== undefined);
        expect(
          buildNearestWords(words)(typed, maxEdits)
            .map((near) => near.word)
            .sort(),
        ).toEqual(expected.sort());
      },
    ),
  );
});
