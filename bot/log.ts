import { format } from 'node:util';
import pino, { type DestinationStream, type Logger } from 'pino';
import type { Config } from './config';
import { redact, redactStrings } from './redact';

export type { Logger };

/** Fields that carry what people wrote, at the top of a line and one level below. */
const TEXT_FIELDS = ['text', 'question', '*.text', '*.question'];
const PRINTING = ['log', 'info', 'warn', 'error', 'debug'] as const;
/** Causes of an error that are told; what goes round in a circle ends here. */
const MAX_CAUSES = 3;
// Control characters that JSON lets stand, line breaks that only some readers know, and what turns the direction of writing.
const UNSEEN = /[\u007f-\u009f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/**
 * A logger that writes one JSON object a line with an ISO time. Default destination: standard output. Unless messages may be
 * logged, any `text` or `question` field is left out, whoever adds it; otherwise it is redacted. An error is told by its name,
 * message, stack, codes and causes, and by nothing that packages hang on it: that may be a whole request with its token.
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
      serializers: { err: (error: unknown) => describeError(error) },
      redact: config.logMessages ? { paths: TEXT_FIELDS, censor: redactStrings } : { paths: TEXT_FIELDS, remove: true },
      hooks: {
        logMethod(args, method) {
          const [first, message] = args as unknown as [unknown, unknown];
          const error = first instanceof Error ? first : (first as { readonly err?: unknown } | undefined)?.err;
          // pino would repeat the error's own message.
          if (error instanceof Error && message === undefined)
            method.call(this, first as object, redact(error.message));
          else method.apply(this, args);
        },
      },
    },
    escapeUnseen(destination),
  );
}

/**
 * Makes lines of the log out of what packages print. The Bot Framework's prints several lines for each token that does not hold,
 * which anybody can send.
 */
export function logConsole(log: Logger, target: Pick<Console, (typeof PRINTING)[number]> = console): void {
  for (const name of PRINTING) {
    target[name] = (...said: unknown[]) => log.warn({ said: redactStrings(format(...said)) }, 'a package printed this');
  }
}

function describeError(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return typeof error === 'object' ? String(error) : error;
  const { name, message, stack, code, statusCode, cause } = error as Error & Readonly<Record<string, unknown>>;
  return {
    type: name,
    message: redact(message),
    stack: framesOf(stack, message),
    ...(isCode(code) ? { code } : {}),
    ...(isCode(statusCode) ? { statusCode } : {}),
    ...(cause === undefined || depth === MAX_CAUSES ? {} : { cause: describeError(cause, depth + 1) }),
  };
}

/** A stack repeats the message, which may quote somebody; its frames are code, and their paths must stay whole. */
function framesOf(stack: unknown, message: string): string {
  if (typeof stack !== 'string') return '';
  const start = stack.indexOf(message);
  return start < 0 ? redact(stack) : stack.slice(start + message.length).replace(/^\n/, '');
}

function isCode(value: unknown): boolean {
  return typeof value === 'number' || (typeof value === 'string' && value.length <= 100);
}

/** Only strings can hold such characters in JSON, and there an escape means the same. */
function escapeUnseen(destination: DestinationStream): DestinationStream {
  return {
    write(line) {
      destination.write(line.replace(UNSEEN, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`));
    },
  };
}
