import { buildLogger } from '../../bot/log';

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
});
