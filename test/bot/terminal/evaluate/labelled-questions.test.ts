import * as fc from 'fast-check';
import {
  checkLabels,
  labelledFilesIn,
  loadLabelledQuestions,
  parseLabelledQuestions,
} from '../../../../bot/terminal/evaluate/labelled-questions';
import { anyText } from '../../../support/any-text';
import { holds } from '../../../support/holds';
import { labelled } from '../../../support/judged-question';
import { tempContent } from '../../../support/temp-content';

const GOOD = '{"id":"a1","question":"why?","kind":"answerable","expected":["x","y"],"guide":"g","origin":"chat"}';

describe('labelled questions', () => {
  test('are read with file and line; what may be left out is filled in', () => {
    const text = `\ufeff${GOOD}\r\n\n{"id":"a2","question":"hi","kind":"smalltalk","guide":null,"intent":"greeting","note":1}\n`;
    expect(parseLabelledQuestions(text, 'q.jsonl')).toEqual({
      questions: [
        {
          id: 'a1',
          question: 'why?',
          kind: 'answerable',
          origin: 'chat',
          expected: ['x', 'y'],
          guide: 'g',
          intent: undefined,
          file: 'q.jsonl',
          line: 1,
        },
        {
          id: 'a2',
          question: 'hi',
          kind: 'smalltalk',
          origin: '-',
          expected: [],
          guide: undefined,
          intent: 'greeting',
          file: 'q.jsonl',
          line: 3,
        },
      ],
      faults: [],
    });
  });

  test('report every fault of every bad line, and keep the good ones', () => {
    const lines = [
      'no json',
      '["x"]',
      '{"id":"","kind":"odd","question":7,"expected":"x"}',
      '{"id":"b","question":" ","kind":"answerable"}',
      '{"id":"c","question":"q","kind":"answerable","expected":[]}',
      '{"id":"d","question":"q","kind":"guided","guide":3,"origin":null}',
      GOOD,
    ];
    const { questions, faults } = parseLabelledQuestions(lines.join('\n'), 'q.jsonl');
    expect(questions.map(({ id, line }) => [id, line])).toEqual([['a1', 7]]);
    expect(faults.map(({ line, message }) => `${line} ${message}`)).toEqual([
      '1 one JSON object {"id": …, "question": …, "kind": …} is needed, found no json; line left out',
      '2 one JSON object {"id": …, "question": …, "kind": …} is needed, found ["x"]; line left out',
      '3 `id`: a name of its own is needed, found an empty text; line left out',
      '3 `question`: the question in quotes is needed, found 7; line left out',
      expect.stringMatching(/^3 `kind`: one of answerable, guided, .* is needed, found "odd"; line left out$/),
      '3 `expected`: a list of ids in square brackets is needed; line left out',
      '4 `question`: the question is needed, found an empty text; line left out',
      '4 `expected`: an answerable question needs the id of at least one entry that answers it; line left out',
      '5 `expected`: an answerable question needs the id of at least one entry that answers it; line left out',
      '6 `origin`: one word in quotes is needed, found null; line left out',
      '6 `guide`: the id of a guide in quotes is needed, found 3; line left out',
    ]);
  });

  test('say which fields are missing', () => {
    const { faults } = parseLabelledQuestions('{"id":"a"}', 'q.jsonl');
    expect(faults.map(({ message }) => message)).toEqual([
      '`question`: this field is needed; line left out',
      '`kind`: this field is needed; line left out',
    ]);
  });

  test('of several files have different ids, and a file that is not there hides none of the others', async () => {
    const content = tempContent({
      'knowledge/questions/b.jsonl': `${GOOD}\n${GOOD}\n`,
      'knowledge/questions/a.jsonl': GOOD,
      'knowledge/questions/README.md': '# Not a question',
    });
    const dir = `${content.knowledgeDir}/questions`;
    const files = await labelledFilesIn(dir);
    const { questions, faults } = await loadLabelledQuestions([...files, `${dir}/gone.jsonl`]);
    content.remove();
    expect(files).toEqual([`${dir}/a.jsonl`, `${dir}/b.jsonl`]);
    expect(questions.map(({ id, file }) => [id, file])).toEqual([['a1', `${dir}/a.jsonl`]]);
    expect(faults).toEqual([
      { file: `${dir}/b.jsonl`, line: 2, message: `the id "a1" is also at ${dir}/b.jsonl:1; line left out` },
      { file: `${dir}/gone.jsonl`, line: 1, message: 'the file cannot be read (ENOENT)' },
      { file: `${dir}/b.jsonl`, line: 1, message: `the id "a1" is also at ${dir}/a.jsonl:1; line left out` },
    ]);
  });

  test('are none in a folder that is not there', async () => {
    expect(await labelledFilesIn('/nowhere/at/all')).toEqual([]);
  });

  test('of any text at all give a question or a fault for each line that is not empty, and never throw', () => {
    const line = fc.oneof(anyText(80), fc.json(), fc.record({ id: fc.string(), question: anyText() }).map(toJson));
    holds(
      fc.property(line, (text) => {
        const { questions, faults } = parseLabelledQuestions(text, 'q.jsonl');
        const filled = text.replaceAll('\ufeff', '').trim() !== '';
        expect(questions.length + faults.length > 0).toBe(filled);
      }),
    );
  });
});

test('labels that name what does not exist are reported at their line', () => {
  const known = { entries: new Map([['x', 1]]), guides: new Map([['g', 1]]) };
  const good = labelled('answerable', ['x'], { guide: 'g' });
  const bad = labelled('answerable', ['x', 'nox'], { guide: 'nog', line: 4 });
  expect(checkLabels([good, bad], known)).toEqual([
    { file: 'q.jsonl', line: 4, message: '`expected`: there is no entry "nox"' },
    { file: 'q.jsonl', line: 4, message: '`guide`: there is no guide "nog"' },
  ]);
});

function toJson(value: unknown): string {
  return JSON.stringify(value);
}
