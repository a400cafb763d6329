import { randomUUID } from 'node:crypto';
import http from 'node:http';
import https from 'node:https';
import { urlToHttpOptions } from 'node:url';
import type { Activity } from 'botbuilder';
import type { ConnectorClient } from 'botframework-connector';
import { ConnectorError } from './connector-limits';

/** Connections to connectors that are kept open between sends. */
export interface ConnectorAgents {
  readonly http: http.Agent;
  readonly https: https.Agent;
}

/** What is used here of a connector client; `botframework-connector` declares only some of it. */
interface ClientParts {
  readonly baseUri: string;
  readonly options?: { readonly userAgent?: string };
  readonly credentials: {
    signRequest(request: { readonly headers: { set(name: string, value: string): void } }): Promise<unknown>;
  };
  readonly client: { readonly pipeline: { getOrderedPolicies(): readonly Policy[] } };
}
interface Policy {
  readonly name: string;
  sendRequest(request: ProbeRequest, next: (request: ProbeRequest) => Promise<unknown>): Promise<unknown>;
}
interface ProbeRequest {
  readonly url: string;
  agent?: http.Agent;
}

type Method = 'POST' | 'PUT' | 'DELETE';
type Sent = { readonly id: string } | undefined;

interface Call {
  readonly url: URL;
  readonly method: Method;
  readonly headers: http.OutgoingHttpHeaders;
  readonly body: string | undefined;
  readonly agent: http.Agent;
  readonly timeoutMs: number;
}

/** More than any connector has to say to one activity. */
const MAX_ANSWER_BYTES = 1024 * 1024;
const HEADER_TEXT = /^[\x20-\x7e]+$/;

/**
 * A connection that is idle for so long is closed. Without a limit of its own, Node's agent does not heed the one that a server
 * announces either, and the next reply goes into a connection that the server has just closed.
 */
const IDLE_MS = 60_000;

/** Agents without a connection yet. Idle connections last a minute, and less where the server says so. */
export function buildConnectorAgents(): ConnectorAgents {
  const options = { keepAlive: true, timeout: IDLE_MS };
  return { http: new http.Agent(options), https: new https.Agent(options) };
}

/**
 * Lets a connector client send, change and delete activities by one plain HTTP request each, signed by the client's own credentials,
 * through the proxy that the client would use. A call ends after `timeoutMs`, none is repeated, and no redirection is followed;
 * it rejects with a ConnectorError where the connector did not take it. All else that the client can do stays as it is.
 *
 * The client's own way through fifteen policies and a serialiser takes several times as long, which is most of the cost of a turn.
 */
export async function sendPlainly(
  client: ConnectorClient,
  { agents, timeoutMs }: { readonly agents: ConnectorAgents; readonly timeoutMs: number },
): Promise<void> {
  const { baseUri, options, credentials, client: inner } = client as unknown as ClientParts;
  const root = `${withoutSlashes(baseUri)}/v3/conversations/`;
  const proxy = await proxyOf(inner.pipeline.getOrderedPolicies(), root);

  async function call(method: Method, ids: readonly string[], activity?: Partial<Activity>): Promise<Sent> {
    const [conversation, ...rest] = ids.map(encodeURIComponent);
    const url = new URL(`${root}${[conversation, 'activities', ...rest].join('/')}`);
    const headers: Record<string, string | number> = {
      accept: '*/*',
      'user-agent': options?.userAgent ?? 'Microsoft-BotFramework/3.1',
      'x-ms-client-request-id': randomUUID(),
    };
    await credentials.signRequest({
      headers: {
        set(name, value) {
          headers[name.toLowerCase()] = value;
        },
      },
    });
    const body = activity === undefined ? undefined : JSON.stringify(activity);
    if (body !== undefined) {
      headers['content-type'] = 'application/json; charset=utf-8';
      headers['content-length'] = Buffer.byteLength(body);
    }
    if (method === 'POST' && rest.length > 0 && HEADER_TEXT.test(ids[0]!)) headers['x-ms-conversation-id'] = ids[0]!;
    const agent = proxy ?? (url.protocol === 'https:' ? agents.https : agents.http);
    return readSent(await exchange({ url, method, headers, body, agent, timeoutMs }));
  }

  Object.assign(client.conversations, {
    sendToConversation: (conversation: string, activity: Partial<Activity>) => call('POST', [conversation], activity),
    replyToActivity: (conversation: string, id: string, activity: Partial<Activity>) =>
      call('POST', [conversation, id], activity),
    updateActivity: (conversation: string, id: string, activity: Partial<Activity>) =>
      call('PUT', [conversation, id], activity),
    deleteActivity: (conversation: string, id: string) => call('DELETE', [conversation, id]),
  });
}

/** The way out that the environment prescribes (HTTPS_PROXY and the like), as the client itself understands it. */
async function proxyOf(policies: readonly Policy[], url: string): Promise<http.Agent | undefined> {
  const probe: ProbeRequest = { url };
  const policy = policies.find(({ name }) => name === 'proxyPolicy');
  if (URL.canParse(url)) await policy?.sendRequest(probe, async () => undefined);
  return probe.agent;
}

/** The body of the answer, if it is a success; rejects otherwise. */
function exchange({ url, method, headers, body, agent, timeoutMs }: Call): Promise<string> {
  return new Promise((resolve, reject) => {
    const { request: open } = url.protocol === 'https:' ? https : http;
    const request = open({ ...urlToHttpOptions(url), method, headers, agent });
    const timer = setTimeout(() => {
      request.destroy(new Error(`no answer within ${timeoutMs} ms`));
    }, timeoutMs);
    const fail = (cause: unknown): void => {
      clearTimeout(timer);
      reject(new ConnectorError('The channel could not be reached', { cause }));
    };
    request.on('error', fail);
    request.on('response', (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size <= MAX_ANSWER_BYTES) chunks.push(chunk);
        else request.destroy(new Error('the answer is too long'));
      });
      response.on('error', fail);
      response.on('end', () => {
        clearTimeout(timer);
        const text = Buffer.concat(chunks).toString('utf8');
        const statusCode = response.statusCode ?? 0;
        if (statusCode >= 200 && statusCode < 300) return resolve(text);
        reject(new ConnectorError(`The channel answered with status ${statusCode}`, { statusCode, ...faultIn(text) }));
      });
    });
    request.end(body);
  });
}

/** What the connector calls the activity; `undefined` where it gave no name. */
function readSent(text: string): Sent {
  const { id } = objectIn(text) as { readonly id?: unknown };
  return typeof id === 'string' ? { id } : undefined;
}

/** The connector's own code and words for what it refused. */
function faultIn(text: string): { readonly code?: string; readonly words?: string } {
  const { error } = objectIn(text) as {
    readonly error?: { readonly code?: unknown; readonly message?: unknown } | null;
  };
  return {
    ...(typeof error?.code === 'string' ? { code: error.code } : {}),
    ...(typeof error?.message === 'string' ? { words: error.message } : {}),
  };
}

function objectIn(text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}

/** An address without the slashes at its end. */
function withoutSlashes(address: string): string {
  let end = address.length;
  while (address[end - 1] === '/') end -= 1;
  return address.slice(0, end);
}
