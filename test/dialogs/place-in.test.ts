import fc from 'fast-check';
import { placeIn, placesIn } from '../../dialogs/place-in';
import { anyText } from '../support/any-text';

describe('the place that a reply names among five choices', () => {
  test.each([
    ['1', 0],
    ['5', 4],
    ['6', undefined],
    ['0', undefined],
    ['two', 1],
    ['option 2', 1],
    ['option two please', 1],
    ['number 3', 2],
    ['no 4', 3],
    ['nr 4', 3],
    ['answer b', 1],
    ['c', 2],
    ['c please', 2],
    ['letter e', 4],
    ['f', undefined],
    ['the second one', 1],
    ['second', 1],
    ['i take the third option please', 2],
    ['2nd', 1],
    ['the last one', 4],
    ['last', 4],
    ['ninth', undefined],
    ['the second half', undefined],
    ['2 of them', undefined],
    ['no 4 of us', undefined],
    ['', undefined],
  ])('“%s” is %s', (words, place) => {
    expect(placeIn(words, 5)).toBe(place);
  });

  test.each([
    ['3', undefined],
    ['three', undefined],
    ['c', 2],
    ['option 3', 2],
    ['the third one', 2],
  ])('where letters are shown, “%s” is %s', (words, place) => {
    expect(placeIn(words, 5, 'letters')).toBe(place);
  });
});

describe('the places that a reply names among five choices', () => {
  test.each([
    ['2', [1]],
    ['1 and 3', [0, 2]],
    ['3 1', [0, 2]],
    ['1 1 1', [0]],
    ['a c', [0, 2]],
    ['options 2 and 4', [1, 3]],
    ['one two and five', [0, 1, 4]],
    ['first and last', []],
    ['1 and 6', []],
    ['1 and something', []],
    ['1 2 3 4 5 1 2 3 4 5', []],
    ['and', []],
    ['', []],
  ])('“%s” are %j', (words, places) => {
    expect(placesIn(words, 5)).toEqual(places);
  });

  test('are always within the choices, in order, none twice', () => {
    const words = fc
      .array(fc.constantFrom('1', '2', '9', 'a', 'e', 'two', 'third', 'and', 'or', 'options', 'x', '10'))
      .map((parts) => parts.join(' '));
    fc.assert(
      fc.property(fc.oneof(words, anyText()), fc.integer({ min: 1, max: 9 }), (text, count) => {
        const places = placesIn(text, count);
        expect(places).toEqual([...new Set(places)].sort((a, b) => a - b));
        for (const place of places) expect(place >= 0 && place < count).toBe(true);
      }),
    );
  });
});
