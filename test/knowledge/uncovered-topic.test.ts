import * as fc from 'fast-check';
import { parseUncoveredTopics } from '../../knowledge/uncovered-topic';
import { anyText } from '../support/any-text';
import { holds } from '../support/holds';

const FILE = 'uncovered-topics.yaml';
const faultsOf = (text: string): string[] =>
  parseUncoveredTopics(text, FILE).faults.map(({ file, line, message }) => `${file}:${line}: ${message}`);

describe('parseUncoveredTopics', () => {
  test('reads topics with their utterances', () => {
    expect(parseUncoveredTopics('- topic: coffee\n  utterances: [espresso, " beans ", 42]\n', FILE)).toEqual({
      topics: [{ topic: 'coffee', utterances: ['espresso', 'beans', '42'] }],
      faults: [],
    });
  });

  test('reports all faults of form at once, each with its line', () => {
    const text = `- topic: coffee
  utterances:
    - espresso
    - ""
- utterances: [a, b, c]
- topic: {}
  utterances: tea
  note: hm
`;
    expect(faultsOf(text)).toEqual([
      `${FILE}:4: \`0.utterances.1\`: is empty`,
      `${FILE}:2: \`0.utterances\`: at least 3 are needed`,
      `${FILE}:5: \`1.topic\`: this field is missing`,
      `${FILE}:6: \`2.topic\`: one line of text is needed; put it in quotes`,
      `${FILE}:7: \`2.utterances\`: a list of questions is needed`,
      `${FILE}:8: \`2.note\`: not a field that is known here`,
    ]);
    expect(faultsOf('topic: coffee')).toEqual([`${FILE}:1: a list of topics is needed`]);
    expect(faultsOf('- [')[0]).toMatch(/:1: not valid YAML/);
  });

  test('a topic stands in the file once, whatever its capitals', () => {
    const one = (topic: string) => `- topic: ${topic}\n  utterances: [a, b, c]\n`;
    expect(faultsOf(one('coffee') + one('tea') + one('Coffee'))).toEqual([`${FILE}:5: "Coffee" also stands on line 1`]);
  });

  test('never throws, whatever the text', () => {
    holds(
      fc.property(anyText(), (text) => {
        for (const yaml of [text, `- topic: ${text}\n  utterances: [${text}, b, c]`]) {
          expect(() => parseUncoveredTopics(yaml, FILE)).not.toThrow();
        }
      }),
      { numRuns: 300 },
    );
  });
});
