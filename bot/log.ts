import pino, { type DestinationStream, type Logger } from 'pino';
import type { Config } from './config';

export type { Logger };

/**
 * A logger that writes one JSON object a line with an ISO time. Default destination: standard output. Unless messages may be
 * logged, any `text` field is left out, whoever adds it.
 */
export function buildLogger(
  config: Pick<Config, 'logLevel' | 'logMessages'>,
  destination: DestinationStream = pino.destination({ dest: 1, sync: false }),
): Logger {
  return pino(
    {
      level: config.logLevel,
      base: undefined,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: config.logMessages ? [] : { paths: ['text', '*.text'], remove: true },
    },
    destination,
  );
}
