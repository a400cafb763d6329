import * as fc from 'fast-check';
import * as v from 'valibot';
import { readYaml, strictFields } from '../../../bot/foundation/yaml-source';
import { anyText } from '../../support/any-text';
import { holds } from '../../support/holds';

const Tea = strictFields({
  name: v.string('a text is needed'),
  minutes: v.pipe(v.number('a number is needed'), v.minValue(1, 'too short')),
  steps: v.array(v.pipe(v.string('a step is a text'), v.nonEmpty('is empty')), 'a list is needed'),
});

function faultsOf(text: string, firstLine?: number): string[] {
  const result = readYaml(text, 'tea.yaml', Tea, firstLine);
  return result.ok ? [] : result.faults.map(({ file, line, message }) => `${file}:${line}: ${message}`);
}

describe('readYaml', () => {
  test('gives the value, and the line of everything in it', () => {
    const result = readYaml('# tea\nname: Assam\nminutes: 3\nsteps:\n  - boil\n  - pour\n', 'tea.yaml', Tea);
    if (!result.ok) throw new Error('it should be read');
    const { value, lineOf } = result.source;
    expect(value).toEqual({ name: 'Assam', minutes: 3, steps: ['boil', 'pour'] });
    expect(lineOf(['minutes'])).toBe(3);
    expect(lineOf(['steps'])).toBe(4);
    expect(lineOf(['steps', 1])).toBe(6);
    expect(lineOf(['steps', 9])).toBe(4);
    expect(lineOf(['cups', 'size'])).toBe(1);
    expect(lineOf([])).toBe(1);
  });

  test('reports every violation of the schema at once, each with its line', () => {
    expect(faultsOf('name: 7\nminutes: 0\nsteps:\n  - boil\n  - ""\n  - 4\ncups:\n  - two\nmilk: no\n')).toEqual([
      'tea.yaml:1: `name`: a text is needed',
      'tea.yaml:2: `minutes`: too short',
      'tea.yaml:5: `steps.1`: is empty',
      'tea.yaml:6: `steps.2`: a step is a text',
      'tea.yaml:7: `cups`: not a field that is known here',
      'tea.yaml:9: `milk`: not a field that is known here',
    ]);
  });

  test('a field that is missing has the line of the object that should have it', () => {
    expect(faultsOf('name: Assam\nminutes: 3\n')).toEqual(['tea.yaml:1: `steps`: this field is missing']);
  });

  test('a field with a value on several lines has the line on which it begins', () => {
    expect(faultsOf('name: x\nminutes:\n  - 1\nsteps: >\n  boil,\n  pour\n')).toEqual([
      'tea.yaml:2: `minutes`: a number is needed',
      'tea.yaml:4: `steps`: a list is needed',
    ]);
  });

  test.each(['', '# nothing\n', 'just text', '- a\n- list'])('%j has no fields', (text) => {
    expect(faultsOf(text)[0]).toMatch(/^tea\.yaml:1: /);
  });

  test('lines are counted from the first line that it is told, as in front matter', () => {
    expect(faultsOf('name: Assam\nminutes: 0\nsteps: []', 2)).toEqual(['tea.yaml:3: `minutes`: too short']);
    expect(faultsOf('name: Assam\nminutes: [', 2)[0]).toMatch(/^tea\.yaml:3: not valid YAML: /);
  });

  test.each([
    ['name: a: b', 1],
    ['name: Assam\n\tminutes: 3', 2],
    ['name: "open\nminutes: 3\n', 3],
    ['name: Assam\nname: Ceylon\n', 2],
    ['name: Assam\n---\nname: Ceylon\n', 2],
  ])('%j is not valid YAML, on line %i', (text, line) => {
    const faults = faultsOf(text);
    expect(faults.length).toBeGreaterThan(0);
    for (const fault of faults) expect(fault).toMatch(/^tea\.yaml:\d+: not valid YAML: \S/);
    expect(faults.map((fault) => Number(fault.split(':')[1]))).toContain(line);
  });

  test('a text that begins with * or ! without quotes is a fault, not a crash and not a text cut short', () => {
    expect(faultsOf('name: Assam\nminutes: 3\nsteps:\n  - boil\n  - *really* boil\n')[0]).toMatch(
      /^tea\.yaml:5: not valid YAML: /,
    );
    expect(faultsOf('name: Assam\nminutes: 3\nsteps:\n  - *boil\n  - *pour\n')).toEqual([
      'tea.yaml:4: not valid YAML: `*boil` refers to nothing; put a text that begins with * in quotes',
      'tea.yaml:5: not valid YAML: `*pour` refers to nothing; put a text that begins with * in quotes',
    ]);
    expect(faultsOf('name: !important Assam\nminutes: 3\nsteps: []\n')[0]).toMatch(
      /^tea\.yaml:1: not valid YAML: .*tag/,
    );
  });

  test('a text that would grow without bound or is nested without end is a fault', () => {
    const rows = 'abcdefghi'.split('').map((name, row, names) => {
      const before = row === 0 ? 'x' : `*${names[row - 1]}`;
      return `${name}: &${name} [${Array(9).fill(before).join(', ')}]`;
    });
    expect(faultsOf(rows.join('\n'))).toHaveLength(1);
    expect(faultsOf('['.repeat(50_000)).length).toBeGreaterThan(0);
  });

  test('never throws, and its lines lie inside the text, whatever the text', () => {
    const yamlish = fc
      .array(
        fc.constantFrom(
          'name',
          ': ',
          '\n',
          '- ',
          '  ',
          '*a',
          '&a ',
          '!t ',
          '"',
          "'",
          '{',
          '}',
          '[',
          ']',
          '#',
          '? ',
          '|',
          '>',
          '\t',
          '3',
          '---\n',
          '%',
        ),
      )
      .map((parts) => parts.join(''));
    holds(
      fc.property(fc.oneof(anyText(), yamlish), (text) => {
        const result = readYaml(text, 'tea.yaml', Tea);
        if (result.ok) return;
        expect(result.faults.length).toBeGreaterThan(0);
        const lines = text.split('\n').length;
        for (const { line } of result.faults) expect(line >= 1 && line <= lines).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
