import fc from 'fast-check';
import { type Action, COMMANDS, formatAction, parseAction } from '../../bot/action';

const id = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,20}$/);
const anyAction: fc.Arbitrary<Action> = fc.oneof(
  fc.record({ kind: fc.constant('entry' as const), entry: id }),
  fc.record({ kind: fc.constant('guide' as const), guide: id }),
  fc.record({ kind: fc.constant('choice' as const), guide: id, question: id, choice: id }),
  fc.record({ kind: fc.constant('change' as const), guide: id, question: id }),
  fc.record({ kind: fc.constant('command' as const), command: fc.constantFrom(...COMMANDS) }),
  fc.constant({ kind: 'none-of-these' } as const),
);

describe('an action as one string', () => {
  test('is readable', () => {
    expect(formatAction({ kind: 'choice', guide: 'bike', question: 'ground', choice: 'road' })).toBe(
      'choice:bike/ground/road',
    );
    expect(formatAction({ kind: 'command', command: 'start-over' })).toBe('command:start-over');
  });

  test('is read back as the same action', () => {
    fc.assert(
      fc.property(anyAction, (action) => {
        expect(parseAction(formatAction(action))).toEqual(action);
      }),
    );
  });

  test.each([
    '',
    'entry:',
    ':x',
    'entry',
    'entry:a/b',
    'choice:bike/ground',
    'choice:bike/ground/road/more',
    'change:bike',
    'command:format-disk',
    'command:toString',
    'entry:has space',
    'entry:../../etc/passwd',
    'entry:<script>',
    `entry:${'a'.repeat(201)}`,
    'javascript:alert(1)',
    'none-of-these ',
  ])('“%s” is no action', (text) => {
    expect(parseAction(text)).toBeUndefined();
  });

  test('whatever a client sends is read without throwing, and what is read is written back the same', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[a-z]+:[a-z/.-]+$/)), (text) => {
        const action = parseAction(text);
        if (action !== undefined) expect(formatAction(action)).toBe(text);
      }),
    );
  });
});
