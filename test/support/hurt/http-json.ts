import http from 'node:http';

export interface JsonAnswer {
  readonly status: number;
  // Tests look into bodies freely.
  // biome-ignore lint/suspicious/noExplicitAny: the JSON of a response
  readonly body: any;
  readonly headers: http.IncomingHttpHeaders;
}

export interface JsonRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly url: string;
  readonly token?: string | undefined;
  readonly body?: unknown;
  readonly agent?: http.Agent | undefined;
  /** Default: 15,000, after which channels give up. */
  readonly timeoutMs?: number;
}

/** The answer to a request; rejects where none came, or not in time. A body that is no JSON is `undefined`. */
export function requestJson({ method, url, token, body, agent, timeoutMs = 15_000 }: JsonRequest): Promise<JsonAnswer> {
  return new Promise((resolve, reject) => {
    const bytes = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
    const headers = {
      ...(bytes === undefined ? {} : { 'content-type': 'application/json', 'content-length': bytes.length }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    };
    const timer = setTimeout(() => request.destroy(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
    const fail = (error: Error): void => {
      clearTimeout(timer);
      reject(error);
    };
    const request = http.request(url, { method, headers, ...(agent ? { agent } : {}) }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      response.on('end', () => {
        clearTimeout(timer);
        resolve({ status: response.statusCode!, body: parse(text), headers: response.headers });
      });
      response.on('error', fail);
      response.on('aborted', () => fail(new Error('the answer broke off')));
    });
    request.on('error', fail);
    request.end(bytes);
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
