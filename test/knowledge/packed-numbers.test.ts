import * as fc from 'fast-check';
import { decodeNumbers, encodeNumbers } from '../../knowledge/packed-numbers';
import { holds } from '../support/holds';

describe('packed numbers', () => {
  test('are what they were, whole numbers', () => {
    holds(
      fc.property(fc.uint32Array({ maxLength: 3_000 }), (numbers) => {
        expect(decodeNumbers(Uint32Array, encodeNumbers(numbers))).toEqual(numbers);
      }),
    );
  });

  test('are what they were, floating ones to the bit', () => {
    holds(
      fc.property(fc.float32Array({ maxLength: 3_000 }), (numbers) => {
        const read = decodeNumbers(Float32Array, encodeNumbers(numbers));
        expect(read).toHaveLength(numbers.length);
        expect(read.every((number, index) => Object.is(number, numbers[index]))).toBe(true);
      }),
    );
  });

  test('of a part of a buffer are that part alone', () => {
    const whole = Uint32Array.from([1, 2, 3, 4]);
    expect([...decodeNumbers(Uint32Array, encodeNumbers(whole.subarray(1, 3)))]).toEqual([2, 3]);
  });

  test('survive JSON, and no numbers are an empty text', () => {
    const text = encodeNumbers(Float32Array.from([0.5, -1]));
    expect([...decodeNumbers(Float32Array, JSON.parse(JSON.stringify(text)))]).toEqual([0.5, -1]);
    expect(encodeNumbers(new Uint32Array(0))).toBe('');
    expect(decodeNumbers(Uint32Array, '')).toHaveLength(0);
  });
});
