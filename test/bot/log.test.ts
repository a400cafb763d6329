import fc from 'fast-check';
import { buildLogger, logConsole } from '../../bot/log';

function log(logMessages: boolean, write: (log: ReturnType<typeof buildLogger>) => void) {
  const lines: string[] = [];
  write(buildLogger({ logLevel: 'info', logMessages }, { write: (line) => void lines.push(line) }));
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('the log', () => {
  test('is one JSON object a line with level, ISO time and message', () => {
    const [line] = log(false, (logger) => logger.info({ conversation: 'c' }, 'turn'));
    expect(line).toEqual({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      conversation: 'c',
      msg: 'turn',
    });
  });

  test('leaves out what is below its level', () => {
    expect(log(false, (logger) => logger.debug('x'))).toEqual([]);
  });

  test('carries the text of messages only where that is switched on', () => {
    const write = (logger: ReturnType<typeof buildLogger>) =>
      logger.info({ text: 'secret', activity: { text: 'secret' } });
    expect(JSON.stringify(log(false, write))).not.toContain('secret');
    expect(log(true, write)[0]).toMatchObject({ text: 'secret', activity: { text: 'secret' } });
  });

  test('redacts the text of messages where it carries them, and what errors say of them, always', () => {
    const error = new Error('no answer to "my password is hunter2"', { cause: new Error('ann@example.com') });
    const lines = log(true, (logger) => {
      logger.info({ text: 'mail ann@example.com', question: 'pin is 12', more: { text: { comment: '10.0.0.1' } } });
      logger.error({ err: error });
    });
    expect(lines[0]).toMatchObject({ text: 'mail [e-mail]', question: 'pin is [secret]' });
    expect(lines[0]).toMatchObject({ more: { text: { comment: '[address]' } } });
    expect(JSON.stringify(lines)).not.toMatch(/hunter2|ann@/);
    expect(lines[1]).toMatchObject({ err: { type: 'Error', cause: { message: '[e-mail]' } } });
  });

  test('tells nothing that hangs on an error, only its codes', () => {
    const headers = { authorization: 'Bearer topsecret' };
    const error = Object.assign(new Error('refused'), { code: 'E', statusCode: 401, request: { headers } });
    const [line] = log(true, (logger) => logger.error({ err: error }));
    expect(line).toMatchObject({ err: { message: 'refused', code: 'E', statusCode: 401 } });
    expect(JSON.stringify(line)).not.toContain('topsecret');
  });

  test('stays in its line, whatever is logged, and nothing in it moves a cursor', () => {
    const nasty = fc.string({
      unit: fc.constantFrom(...'\n\r\u2028\u2029\u0085\u009b\u001b\u202e\u2066"\\{}a', '[31m'),
    });
    fc.assert(
      fc.property(nasty, (text) => {
        const written: string[] = [];
        buildLogger({ logLevel: 'info', logMessages: true }, { write: (line) => void written.push(line) }).info(
          { conversation: text, text, [text]: 1 },
          text,
        );
        expect(written).toHaveLength(1);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: these are looked for
        expect(written[0]).toMatch(/^[^\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]*\n$/);
        expect(JSON.parse(written[0]!)).toMatchObject({ conversation: text, msg: text });
      }),
    );
  });
});

test('what packages print becomes a line of the log', () => {
  const target = { ...console };
  const [line, ...others] = log(false, (logger) => {
    logConsole(logger, target);
    target.error('first\nsecond of %s', 'ann@example.com', { deep: [1] });
  });
  expect(line).toMatchObject({ level: 'warn', said: 'first\nsecond of [e-mail] { deep: [ 1 ] }' });
  expect(others).toEqual([]);
});
