import { randomUUID } from 'node:crypto';

export interface PostedAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

/** One conversation of a Bot Framework Emulator without an app id: what it posts to a bot, and how. */
export class EmulatorConversation {
  readonly id = `${randomUUID()}|livechat`;
  readonly user = { id: randomUUID() as string, name: 'User', role: 'user' };
  readonly bot = { id: randomUUID() as string, name: 'Bot', role: 'bot' };

  constructor(
    /** Where the bot is; another address after a restart on another port. */
    public botUrl: string,
    private readonly serviceUrl: string,
    private readonly channelId = 'emulator',
  ) {}

  /** An activity with all that the Emulator puts on it. */
  activity(part: Readonly<Record<string, unknown>>): Record<string, unknown> {
    return {
      id: randomUUID(),
      channelId: this.channelId,
      serviceUrl: this.serviceUrl,
      conversation: { id: this.id },
      from: this.user,
      recipient: this.bot,
      timestamp: new Date().toISOString(),
      locale: 'en-US',
      ...part,
    };
  }

  /** What the Emulator posts when a conversation opens: person and bot in one update. */
  open(): Promise<PostedAnswer> {
    return this.post({ type: 'conversationUpdate', membersAdded: [this.bot, this.user] });
  }

  say(text: string): Promise<PostedAnswer> {
    return this.post({ type: 'message', text, textFormat: 'plain' });
  }

  press(label: string, action: string): Promise<PostedAnswer> {
    return this.post({
      type: 'message',
      text: label,
      value: { action },
      channelData: { messageBack: { displayText: label } },
    });
  }

  post(part: Readonly<Record<string, unknown>>): Promise<PostedAnswer> {
    return postJson(`${this.botUrl}/api/messages`, JSON.stringify(this.activity(part)));
  }
}

export async function postJson(
  url: string,
  body: string | Buffer,
  headers: Readonly<Record<string, string>> = {},
): Promise<PostedAnswer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: body as string,
  });
  return { status: response.status, headers: response.headers, body: await response.text() };
}
