import fc from 'fast-check';
import { type Action, COMMANDS, formatAction, parseAction } from '../../bot/action';
import { anyText } from '../support/any-text';

const id = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,20}$/);
const nameOf = <Kind extends Action['kind']>(...kinds: readonly Kind[]) => fc.constantFrom(...kinds);
const anyAction: fc.Arbitrary<Action> = fc.oneof(
  fc.record({ kind: nameOf('entry'), entry: id }),
  fc.record({ kind: nameOf('guide', 'begin', 'later', 'instead', 'resume'), guide: id }),
  fc.record({ kind: nameOf('choice', 'pick', 'unpick'), guide: id, question: id, choice: id }),
  fc.record({ kind: nameOf('change', 'done'), guide: id, question: id }),
  fc.record({ kind: nameOf('tick', 'untick'), guide: id, item: id }),
  fc.record({ kind: nameOf('command'), command: fc.constantFrom(...COMMANDS) }),
  fc.record({ kind: nameOf('none-of-these', 'confirm-delete', 'keep-data') }),
);

describe('an action as one string', () => {
  test('is readable', () => {
    expect(formatAction({ kind: 'choice', guide: 'bike', question: 'ground', choice: 'road' })).toBe(
      'choice:bike/ground/road',
    );
    expect(formatAction({ kind: 'command', command: 'start-over' })).toBe('command:start-over');
    expect(formatAction({ kind: 'tick', guide: 'bike', item: 'pump' })).toBe('tick:bike/pump');
    expect(formatAction({ kind: 'none-of-these' })).toBe('none-of-these');
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
    'done:bike',
    'pick:bike/ground',
    'unpick:bike/ground/',
    'tick:bike',
    'tick:bike/pump/more',
    'untick:/pump',
    'begin:',
    'later:bike/ground',
    'instead',
    'resume:bike ',
    'tick',
    'Choice:bike/ground/road',
    'answer:bike/ground/road',
    'constructor:bike',
    'toString',
    '__proto__:bike',
    'command:take-back/more',
    'none-of-these:',
    'none-of-these:bike',
    'guide:bike\n',
    'guide:b\nike',
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
      fc.property(fc.oneof(anyText(), fc.stringMatching(/^[a-z]+:[a-z/.-]+$/)), (text) => {
        const action = parseAction(text);
        if (action !== undefined) expect(formatAction(action)).toBe(text);
      }),
    );
  });
});
