import { conditionText, rowText } from '../../../dialogs/draw/condition-text';

const condition = { question: 'needs', any: undefined, all: undefined, only: undefined, none: undefined };

test('names the question and what must have been picked', () => {
  expect(conditionText({ ...condition, any: ['a', 'b'] })).toBe('needs: a, b');
  expect(conditionText({ ...condition, all: ['a', 'b'] })).toBe('needs: all of a, b');
  expect(conditionText({ ...condition, only: ['a'], none: ['b'] })).toBe('needs: only a; none of b');
});

test('joins the conditions of a row, and calls a row without any "otherwise"', () => {
  expect(rowText({ when: [] })).toBe('otherwise');
  expect(
    rowText({
      when: [
        { ...condition, any: ['a'] },
        { ...condition, question: 'place', any: ['b'] },
      ],
    }),
  ).toBe('needs: a and place: b');
});
