import { readinessOf } from '../../../../bot/channel/observability/readiness';

const check = (name: string, isReady: boolean) => ({ name, isReady: () => isReady });

test('a bot without checks is ready', () => {
  expect(readinessOf([], false)).toEqual({ status: 'ready' });
});

test('a bot is ready when all checks hold, and names those that do not', () => {
  expect(readinessOf([check('a', true), check('b', true)], false)).toEqual({ status: 'ready' });
  expect(readinessOf([check('a', false), check('b', true), check('c', false)], false)).toEqual({
    status: 'not ready',
    waitsFor: ['a', 'c'],
  });
});

test('a bot that stops says so, whatever the checks say', () => {
  expect(readinessOf([check('a', false)], true)).toEqual({ status: 'stopping' });
});
