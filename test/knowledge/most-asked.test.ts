import fc from 'fast-check';
import { parseMostAsked } from '../../knowledge/most-asked';
import { anyText } from '../support/any-text';

const parse = (text: string) => parseMostAsked(text, 'most-asked.yaml');

test('the ids come in the order of the file, with their lines', () => {
  expect(parse('# the first\n- tea\n- milk\n')).toEqual({
    mostAsked: [
      { id: 'tea', file: 'most-asked.yaml', line: 2 },
      { id: 'milk', file: 'most-asked.yaml', line: 3 },
    ],
    faults: [],
  });
});

test('a file with nothing but comments lists nothing', () => {
  expect(parse('# nothing yet\n')).toEqual({ mostAsked: [], faults: [] });
});

test('an id that stands there twice is a fault, and counts once', () => {
  const { mostAsked, faults } = parse('- tea\n- milk\n- tea\n');
  expect(mostAsked.map(({ id }) => id)).toEqual(['tea', 'milk']);
  expect(faults).toEqual([{ file: 'most-asked.yaml', line: 3, message: '"tea" also stands on line 1' }]);
});

test.each(['tea: 1', '- [tea]', '- 7', '"'])('%s is a fault', (text) => {
  expect(parse(text).faults).toHaveLength(1);
});

test('any text gives a list or faults', () => {
  fc.assert(
    fc.property(anyText(), (text) => {
      const { mostAsked, faults } = parse(text);
      expect(mostAsked.length + faults.length).toBeGreaterThanOrEqual(0);
    }),
  );
});
