import http from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { FakeConnector } from './fake-connector';
import type { MessageKind, MessageMix } from './message-mix';

/** How long one message took, in milliseconds. */
export interface Timing {
  readonly kind: MessageKind;
  /** From sending it until the last message of the reply had reached the connector. */
  readonly deliveredMs: number;
  /** From sending it until the bot had answered the request, with all that it does after its reply. */
  readonly finishedMs: number;
}

/**
 * Whose dialect is talked. In the Emulator's every turn sends a trace for its inspector too, as a call of its own; on other channels
 * nothing but the replies.
 */
export type Dialect = 'emulator' | 'webchat';

/** Somebody who talks to one bot. */
export interface Client {
  /**
   * Sends the messages `from` to `to` (not included) of the mix, `atOnce` at a time.
   * @throws {Error} where one is not answered with 200 or without a reply
   */
  send(range: { readonly from: number; readonly to: number; readonly atOnce: number }): Promise<Timing[]>;
  /** Sends the same way, evenly in time, whether or not earlier ones are answered yet; `perSecond` is 1 or more. */
  sendEvenly(range: { readonly from: number; readonly to: number; readonly perSecond: number }): Promise<Timing[]>;
  close(): void;
}

/** A client for the bot on `port`, whose replies go to `connector`. Every client has conversations of its own. */
export function buildClient(options: {
  readonly name: string;
  readonly port: number;
  readonly connector: FakeConnector;
  readonly mix: MessageMix;
  readonly conversations: number;
  /** Default: the Emulator's. */
  readonly dialect?: Dialect;
}): Client {
  const { name, port, connector, mix, conversations, dialect = 'emulator' } = options;
  const agent = new http.Agent({ keepAlive: true });

  async function sendOne(index: number): Promise<Timing> {
    const { conversation, kind, text } = mix(index, conversations);
    const id = dialect === 'emulator' ? `${name}-${conversation}|livechat` : `${name}-${conversation}`;
    const body = Buffer.from(JSON.stringify(messageTo(dialect, id, `${name}-${index}`, text, connector.serviceUrl)));
    const sentAt = performance.now();
    const status = await post(agent, port, body);
    const finishedMs = performance.now() - sentAt;
    const deliveredAt = connector.takeLastMessageAt(id);
    if (status !== 200) throw new Error(`"${text}" was answered with status ${status}.`);
    if (deliveredAt === undefined) throw new Error(`"${text}" got no reply.`);
    return { kind, deliveredMs: deliveredAt - sentAt, finishedMs };
  }

  /** While others have their turn, servers close connections that are idle, and a request may be on its way just then. */
  const letGo = (): void => agent.destroy();

  return {
    async send({ from, to, atOnce }) {
      const timings: Timing[] = [];
      let next = from;
      const work = async (): Promise<void> => {
        while (next < to) {
          const index = next;
          next += 1;
          timings.push(await sendOne(index));
        }
      };
      await Promise.all(Array.from({ length: atOnce }, work));
      letGo();
      return timings;
    },
    async sendEvenly({ from, to, perSecond }) {
      const startedAt = performance.now();
      const sending: Promise<Timing>[] = [];
      while (from + sending.length < to) {
        await delay(1);
        const due = Math.min(to - from, Math.ceil(((performance.now() - startedAt) * perSecond) / 1_000));
        while (sending.length < due) sending.push(sendOne(from + sending.length));
      }
      const timings = await Promise.all(sending);
      letGo();
      return timings;
    },
    close: letGo,
  };
}

function messageTo(dialect: Dialect, conversation: string, id: string, text: string, serviceUrl: string) {
  return {
    type: 'message',
    id,
    timestamp: new Date().toISOString(),
    localTimestamp: new Date().toISOString(),
    localTimezone: 'Europe/Lisbon',
    channelId: dialect,
    serviceUrl,
    from: { id: `user of ${conversation}`, name: 'User', role: 'user' },
    recipient: { id: 'bot-1', name: 'Bot', role: 'bot' },
    conversation: { id: conversation },
    text,
    textFormat: 'plain',
    locale: 'en-US',
    channelData: { clientActivityID: id },
  };
}

function post(agent: http.Agent, port: number, body: Buffer): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const request = http.request(
      {
        host: '127.0.0.1',
        port,
        method: 'POST',
        path: '/api/messages',
        agent,
        headers: { 'content-type': 'application/json', 'content-length': body.length },
      },
      (response) => {
        response.resume();
        response.on('end', () => resolve(response.statusCode));
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}
