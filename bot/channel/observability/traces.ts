import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { TurnContext } from 'botbuilder';
import { channelLabel } from './channel-label';

/** A stretch of time in a trace. Names and attributes are words of the code: nothing that people write, and nobody's id. */
export interface Span {
  /** Of the whole trace, 32 hexadecimal digits, as collectors show it. */
  readonly traceId: string;
  child(name: string): Span;
  set(attribute: string, value: string | number): void;
  /** Marks it as failed, by the kind of the error alone: its message may have words of people. */
  fail(error: unknown): void;
  end(): void;
}

/** Where traces go to. */
export interface Traces {
  /** Begins a span; with the `traceparent` of a request's headers under the span that this names. `undefined` where nobody traces. */
  begin(name: string, kind: 'server' | 'internal', headers?: IncomingHttpHeaders): Span | undefined;
  /** Sends what is left, for three seconds at most. Never rejects. */
  close(): Promise<void>;
}

type OnTurn = (context: TurnContext) => Promise<void>;

const SPAN = Symbol('span');

/** Traces nothing. */
export const NO_TRACES: Traces = { begin: () => undefined, close: async () => undefined };

/** The span of a request, which ends with its answer. */
export function traceRequest(
  traces: Traces,
  route: string,
  request: IncomingMessage,
  response: ServerResponse,
): Span | undefined {
  const span = traces.begin(`${request.method} ${route}`, 'server', request.headers);
  if (span === undefined) return undefined;
  span.set('http.request.method', request.method ?? '');
  span.set('http.route', route);
  response.once('close', () => {
    if (response.headersSent) span.set('http.response.status_code', response.statusCode);
    span.end();
  });
  return span;
}

/** The same turn, as a part of what the span stands for. */
export function turnWithin(span: Span | undefined, onTurn: OnTurn): OnTurn {
  if (span === undefined) return onTurn;
  return (context) => {
    context.turnState.set(SPAN, span);
    span.set('bot.channel', channelLabel(context.activity.channelId));
    return onTurn(context);
  };
}

/** Turns that no request waits for, each with a span of its own. */
export function traceTurns(traces: Traces, onTurn: OnTurn): OnTurn {
  return async (context) => {
    const span = traces.begin('turn', 'internal');
    try {
      await turnWithin(span, onTurn)(context);
    } finally {
      span?.end();
    }
  };
}

/** The span that a turn is a part of; `undefined` where nobody traces. */
export function spanOf(context: TurnContext): Span | undefined {
  return context.turnState.get<Span | undefined>(SPAN);
}
