/** What a browser needs to talk to the bot over Direct Line. */
export interface ChatSession {
  /** Where Direct Line is: a path of this server, or an absolute address. */
  readonly domain: string;
  /** Opens this conversation and no other. */
  readonly token: string;
  readonly conversationId: string;
  /** The id that the person's messages carry; begins with `dl_`. */
  readonly userId: string;
  readonly expiresInSeconds: number;
}

export type SessionResult =
  | { readonly kind: 'session'; readonly session: ChatSession }
  /** There is no such conversation, or it is over; `reason` is for the log, where it is not what is to be expected. */
  | { readonly kind: 'gone'; readonly reason?: string }
  /** No conversation can be had now; `reason` is for the log. */
  | { readonly kind: 'unavailable'; readonly reason: string };

/** A Direct Line that browsers can be sent to: our own, or Azure's. */
export interface DirectLineBackend {
  /** Begins a conversation for a person. Never rejects. */
  start(userId: string): Promise<SessionResult>;
  /** A fresh token for a conversation that was begun earlier. Never rejects. */
  resume(claims: { readonly conversationId: string; readonly userId: string }): Promise<SessionResult>;
}
