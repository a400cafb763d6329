import fc from 'fast-check';
import { fillIn, placeholdersIn } from '../../dialogs/placeholders';

const values = new Map([
  ['camp', '10.0.0.0/24'],
  ['room.prefix', '/24'],
]);

test.each([
  ['The camp has {camp}.', 'The camp has 10.0.0.0/24.'],
  ['{camp}, {camp}', '10.0.0.0/24, 10.0.0.0/24'],
  ['{room.prefix} is enough', '/24 is enough'],
  ['{camp|no range}', '10.0.0.0/24'],
  ['{gate|no gate} is there', 'no gate is there'],
  ['at {gate|}', 'at '],
  ['at {own-number}', 'at own number'],
  ['{room.addresses}', 'room addresses'],
  ['{Camp} {} {1} { camp } {camp', '{Camp} {} {1} { camp } {camp'],
])('“%s” is filled in as “%s”', (text, filled) => {
  expect(fillIn(text, values)).toBe(filled);
});

test('the placeholders of a text come in order, with their words for what is not known', () => {
  expect(placeholdersIn('{b|none} and {a.first} and {b}')).toEqual([
    { name: 'b', otherwise: 'none' },
    { name: 'a.first', otherwise: undefined },
    { name: 'b', otherwise: undefined },
  ]);
});

test('what is filled in is not read again, whatever stands in it', () => {
  expect(fillIn('{camp}', new Map([['camp', '{gate} $& $1']]))).toBe('{gate} $& $1');
});

test('no text throws, and none is left that could be filled in', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('{', '}', 'camp', '|', '.', 'room', ' ', '-')), (parts) => {
      expect(placeholdersIn(fillIn(parts.join(''), new Map()))).toEqual([]);
    }),
  );
});
