import type { ConnectorClient } from 'botframework-connector';

/** The part of Azure's HTTP pipeline that is used here; `botframework-connector` does not declare it. */
interface Pipeline {
  removePolicy(policy: { readonly name: string }): unknown;
  addPolicy(policy: {
    readonly name: string;
    sendRequest(request: OutgoingRequest, next: Next): Promise<unknown>;
  }): void;
}
interface OutgoingRequest {
  timeout: number;
  abortSignal?: AbortSignal;
}
type Next = (request: OutgoingRequest) => Promise<unknown>;

/**
 * Limits what one connector may cost us: a call ends after `timeoutMs`, none is repeated, and none goes anywhere else. By default
 * a call may hang for ever, and a POST is repeated after a 5xx and, up to 20 times, wherever a redirect on the same host points,
 * so that a reply that did arrive arrives again.
 */
export function limitConnector(client: ConnectorClient, timeoutMs: number): void {
  const { pipeline } = (client as unknown as { readonly client: { readonly pipeline: Pipeline } }).client;
  pipeline.removePolicy({ name: 'defaultRetryPolicy' });
  pipeline.removePolicy({ name: 'redirectPolicy' });
  pipeline.addPolicy({
    name: 'connectorTimeLimit',
    async sendRequest(request, next) {
      // `request.timeout` alone ends with the response's head: a body that never ends would still hang the turn.
      const abort = new AbortController();
      const timer = setTimeout(() => abort.abort(), timeoutMs);
      request.abortSignal = abort.signal;
      try {
        return await next(request);
      } finally {
        clearTimeout(timer);
      }
    },
  });
}

/** A connector did not take what was sent to it. */
export class ConnectorError extends Error {
  override readonly name = 'ConnectorError';
  /** `undefined` where it gave no answer, or none in time. */
  readonly statusCode: number | undefined;
  /** The connector's own name for the fault, where it gave one. */
  readonly code: string | undefined;

  constructor(
    message: string,
    fault: {
      readonly statusCode?: number;
      readonly code?: string;
      readonly words?: string;
      readonly cause?: unknown;
    },
  ) {
    super(fault.words === undefined ? message : `${message}: ${fault.words}`, { cause: fault.cause });
    this.statusCode = fault.statusCode;
    this.code = fault.code;
  }
}

/**
 * Whether an error of a send means that the channel cannot be reached at the moment (no answer, no connection, 5xx): another
 * message to it would fail as well.
 */
export function isChannelDown(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { name, statusCode } = error as Error & { readonly statusCode?: unknown };
  if (name === 'AbortError') return true;
  // The second is what the client's own calls fail with.
  return (
    (error instanceof ConnectorError || name === 'RestError') && (typeof statusCode !== 'number' || statusCode >= 500)
  );
}

/** Whether a channel that did not take a message may take it when the turn is run again: it is down, or has had too much to do. */
export function mayTakeLater(error: unknown): boolean {
  return isChannelDown(error) || (error instanceof ConnectorError && error.statusCode === 429);
}
