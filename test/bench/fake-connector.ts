import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** The other end of the Bot Framework: it takes the activities that a bot sends and remembers when they came. */
export interface FakeConnector {
  readonly serviceUrl: string;
  /** When the last message to a conversation had come in whole (`performance.now()`); forgets it. */
  takeLastMessageAt(conversation: string): number | undefined;
  /** How many activities came in all, messages and others. */
  received(): number;
  close(): Promise<void>;
}

/** Listens on a free port of 127.0.0.1 and answers every activity with an id, as the Emulator does. */
export async function startFakeConnector(): Promise<FakeConnector> {
  const lastMessageAt = new Map<string, number>();
  let received = 0;
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const at = performance.now();
      received += 1;
      const activity = JSON.parse(Buffer.concat(chunks).toString('utf8')) as { readonly type?: string };
      const conversation = /^\/v3\/conversations\/([^/]+)\/activities/.exec(request.url ?? '')?.[1];
      if (activity.type === 'message' && conversation !== undefined) {
        lastMessageAt.set(decodeURIComponent(conversation), at);
      }
      // Not chained: restify, where it is loaded too, has a writeHead of its own that returns nothing.
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(`{"id":"reply-${received}"}`);
    });
  });
  // The echo bot uses connections again however long they were idle, and would lose a message in one that is closed here.
  server.keepAliveTimeout = 0;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    serviceUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    takeLastMessageAt(conversation) {
      const at = lastMessageAt.get(conversation);
      lastMessageAt.delete(conversation);
      return at;
    },
    received: () => received,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
