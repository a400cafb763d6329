import * as fc from 'fast-check';
import {
  baselineFileOf,
  formatBaseline,
  isRecordOf,
  parseBaseline,
  recordOf,
} from '../../../../bot/terminal/evaluate/baseline';
import { anyText } from '../../../support/any-text';
import { holds } from '../../../support/holds';
import { labelled, result } from '../../../support/judged-question';

describe('a baseline', () => {
  test('lies beside its file', () => {
    expect(baselineFileOf('a/practice.jsonl')).toBe('a/practice.baseline.json');
    expect(baselineFileOf('a/practice.txt')).toBe('a/practice.txt.baseline.json');
  });

  test('keeps of each question the best three and what was said', () => {
    const got = result('clarify', ['a', 'b', 'c', 'd'], { confidence: 0.4, guides: ['g'] });
    expect(recordOf(labelled('answerable', ['a']), got)).toEqual({
      text: expect.stringMatching(/^[0-9a-f]{12}$/),
      kind: 'clarify',
      answers: ['a', 'b', 'c'],
      confidence: 0.4,
      guide: null,
      guides: ['g'],
    });
    expect(recordOf(labelled('off-topic'), result('fallback'))).toMatchObject({ answers: [], confidence: 0 });
  });

  test('knows when a question reads otherwise, and does not mind another label', () => {
    const before = labelled('answerable', ['a'], { question: 'why?' });
    const record = recordOf(before, result('answer', ['a']));
    expect(isRecordOf(record, { ...before, expected: ['b'], kind: 'guided' })).toBe(true);
    expect(isRecordOf(record, { ...before, question: 'Why?' })).toBe(false);
  });

  test('is read as it was written, one question a line, whatever its id', () => {
    holds(
      fc.property(fc.uniqueArray(anyText(20)), (ids) => {
        const baseline = new Map(ids.map((id) => [id, recordOf(labelled('off-topic'), result('answer', [id]))]));
        const text = formatBaseline(baseline);
        expect(new Map(parseBaseline(text))).toEqual(baseline);
        expect(text.split('\n')).toHaveLength(Math.max(1, ids.length) + 3);
      }),
    );
  });

  test.each([
    '',
    'no json',
    '{}',
    '{"format": 2, "questions": []}',
    '{"format": 1, "questions": [{"id": "a"}]}',
    '[]',
  ])('is not %j', (text) => {
    expect(parseBaseline(text)).toBeUndefined();
  });
});
