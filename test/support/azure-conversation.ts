import { WebSocket } from 'ws';

/** An activity on the wire. */
export type AzureActivity = Readonly<Record<string, unknown>> & { readonly type: string; readonly text?: string };

export interface AzureConversationParts {
  readonly id: string;
  /** The person whom the conversation's first token is bound to. */
  readonly user: string;
  readonly trustedOrigins: readonly string[];
  /** Where the bot answers to. */
  readonly serviceUrl: string;
}

const BOT = { id: 'support-bot@azure', name: 'Support bot' };

/** One conversation as Azure's Direct Line holds it: its history, its web sockets, and the way to the bot. */
export class AzureConversation {
  readonly id: string;
  readonly user: string;
  readonly trustedOrigins: readonly string[];
  /** All that page and bot have said, as pages are told it. */
  readonly history: AzureActivity[] = [];
  isStarted = false;
  readonly #serviceUrl: string;
  readonly #sockets = new Set<WebSocket>();

  constructor({ id, user, trustedOrigins, serviceUrl }: AzureConversationParts) {
    this.id = id;
    this.user = user;
    this.trustedOrigins = trustedOrigins;
    this.#serviceUrl = serviceUrl;
  }

  /** Keeps an activity and sends it to all pages; the id that it got. */
  add(activity: AzureActivity): string {
    const id = `${this.id}|${String(this.history.length).padStart(7, '0')}`;
    const kept = { ...activity, id, timestamp: new Date().toISOString(), conversation: { id: this.id } };
    this.history.push(kept);
    for (const socket of this.#sockets) this.#stream(socket, this.history.length - 1);
    return id;
  }

  /** Sends a page all from the watermark on, and then whatever comes. */
  join(socket: WebSocket, watermark: number): void {
    this.#sockets.add(socket);
    socket.once('close', () => this.#sockets.delete(socket));
    // Azure's sign of life between activities.
    socket.send('');
    for (let at = watermark; at < this.history.length; at++) this.#stream(socket, at);
  }

  /** Ends the connections of all pages, as Azure does from time to time. */
  dropSockets(): void {
    for (const socket of this.#sockets) socket.terminate();
  }

  /** Delivers an activity to the bot; `false` where the bot does not take it. */
  async deliver(botUrl: string, activity: AzureActivity): Promise<boolean> {
    const response = await fetch(`${botUrl}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        timestamp: new Date().toISOString(),
        ...activity,
        channelId: 'directline',
        serviceUrl: this.#serviceUrl,
        conversation: { id: this.id },
        recipient: BOT,
      }),
    });
    await response.text();
    return response.ok;
  }

  /** Tells the bot that it was added, and that the person was, each by an update of its own. */
  async arrive(botUrl: string, who: 'bot' | 'user'): Promise<void> {
    const member = who === 'bot' ? BOT : { id: this.user };
    await this.deliver(botUrl, {
      type: 'conversationUpdate',
      id: `arrival-of-${who}`,
      from: member,
      membersAdded: [member],
    });
  }

  #stream(socket: WebSocket, at: number): void {
    if (socket.readyState !== WebSocket.OPEN) return;
    socket.send(JSON.stringify({ activities: [this.history[at]], watermark: String(at + 1) }));
  }
}
