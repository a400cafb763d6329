import { buildMakeOnce, makeAnew } from '../../../bot/foundation/make-once';

const sum = (numbers: readonly number[]) => ({ sum: numbers.reduce((one, other) => one + other, 0) });
const count = (numbers: readonly number[]) => ({ count: numbers.length });

test('an equal input gives the very same object as the time before, for each function its own', () => {
  const once = buildMakeOnce();
  const first = once(sum, [1, 2]);
  expect(first).toEqual({ sum: 3 });
  expect(once(count, [1, 2])).toEqual({ count: 2 });
  expect(once(sum, [1, 2])).toBe(first);
});

test('another input is made anew, and only the last one is remembered', () => {
  const once = buildMakeOnce();
  const first = once(sum, [1]);
  expect(once(sum, [2])).toEqual({ sum: 2 });
  expect(once(sum, [1])).not.toBe(first);
});

test('without memory everything is made every time', () => {
  expect(makeAnew(sum, [1])).not.toBe(makeAnew(sum, [1]));
});
