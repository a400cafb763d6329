import { findSame } from '../../../dialogs/checks/same';

describe('whether two values are the same', () => {
  test.each([
    [['65010', '65010'], 'same', '65010'],
    [['10.0.0.4', '10.0.0.4'], 'same', '10.0.0.4'],
    [['65010', '65020'], 'different', ''],
    [['65010', undefined], 'unknown', ''],
    [[undefined, '65010'], 'unknown', ''],
    [[undefined, undefined], 'unknown', ''],
  ])('%j: %s', (values, result, value) => {
    expect(findSame(values)).toEqual({ result, figures: { value } });
  });
});
