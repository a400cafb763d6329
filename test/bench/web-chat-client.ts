import http from 'node:http';
import WebSocket from 'ws';

/** One page that talks to a bot over Direct Line. */
export interface WebChatClient {
  /** Sends a text; resolves to the milliseconds until the first message of the reply was heard on the socket. */
  ask(text: string): Promise<number>;
  /** Everything that was heard, each activity as JSON. */
  readonly heard: readonly object[];
  close(): void;
}

interface Heard {
  readonly type: string;
  readonly replyToId?: string;
}

/**
 * Opens a conversation on the bot that listens on `port`.
 * @throws {Error} where the bot refuses
 */
export async function openWebChatClient(port: number, agent: http.Agent): Promise<WebChatClient> {
  const generated = await post(agent, port, '/v3/directline/tokens/generate', '', {});
  const { token, conversationId, streamUrl } = await post(
    agent,
    port,
    '/v3/directline/conversations',
    generated.token!,
    {},
  );
  const socket = new WebSocket(streamUrl!);
  const heard: Heard[] = [];
  const waiting = new Map<string, () => void>();
  const early = new Set<string>();
  socket.on('message', (data) => {
    const { activities } = JSON.parse(String(data)) as { readonly activities: readonly Heard[] };
    for (const activity of activities) {
      heard.push(activity);
      if (activity.type !== 'message' || activity.replyToId === undefined) continue;
      early.add(activity.replyToId);
      waiting.get(activity.replyToId)?.();
    }
  });
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  return {
    heard,
    async ask(text) {
      const sentAt = performance.now();
      const path = `/v3/directline/conversations/${conversationId}/activities`;
      const { id } = await post(agent, port, path, token!, { type: 'message', text });
      // The reply may be there before the answer to the request.
      if (!early.has(id!)) await new Promise<void>((resolve) => waiting.set(id!, resolve));
      waiting.delete(id!);
      return performance.now() - sentAt;
    },
    close: () => socket.terminate(),
  };
}

function post(
  agent: http.Agent,
  port: number,
  path: string,
  token: string,
  body: object,
): Promise<Readonly<Record<string, string>>> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
    const request = http.request({ host: '127.0.0.1', port, method: 'POST', path, agent, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      response.on('end', () => {
        if (response.statusCode! < 300) resolve(JSON.parse(text));
        else reject(new Error(`${path} was answered with ${response.statusCode}: ${text}`));
      });
    });
    request.on('error', reject);
    request.end(JSON.stringify(body));
  });
}
