import fc from 'fast-check';
import { buildRepairReply } from '../../dialogs/repair-reply';
import { anyText } from '../support/any-text';
import { tinyGuide } from '../support/tiny-guide';

const ground = tinyGuide().questions.get('ground')!;
const repair = buildRepairReply(ground);

test.each([
  ['asphallt', 'asphalt'],
  ['asphlat', 'asphalt'],
  ['forrest', 'forest'],
  ['moutain', 'mountain'],
  ['muontian', 'mountain'],
  ['on raods', 'on roads'],
])('“%s” is read as “%s”', (typed, meant) => {
  expect(repair(typed).text).toBe(meant);
});

test.each([
  ['a word of the choices', 'forest'],
  ['a short word', 'mut'],
  ['a word that begins otherwise', 'worest'],
  ['a word too far off', 'forensics'],
  ['a word with two slips that is not long', 'asfalt'],
  ['a word with digits', 'fores7'],
  ['nothing', ''],
])('%s stays as it is', (_, typed) => {
  expect(repair(typed)).toEqual({ text: typed, repairs: [] });
});

test('each repair is named', () => {
  expect(repair('mostly asphallt some forrest').repairs).toEqual([
    { from: 'asphallt', to: 'asphalt' },
    { from: 'forrest', to: 'forest' },
  ]);
});

test('no text throws, and as many words come out as went in', () => {
  fc.assert(
    fc.property(anyText(), (text) => {
      expect(repair(text).text.split(' ').length).toBe(text.split(' ').length);
    }),
  );
});
