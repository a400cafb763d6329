/** What a person did in a chat, whatever the channel: the edge turns each channel's dialect into one of these. */
export type UserMessage =
  /** Typed words; a mention of the bot is already stripped. */
  | { readonly kind: 'text'; readonly text: string }
  /** A button that carries an action id (see action.ts). `label` is what the button said. */
  | { readonly kind: 'button'; readonly action: string; readonly label: string }
  /** A person has just opened the conversation. */
  | { readonly kind: 'arrival' }
  /** Something the bot cannot read: a picture, a file, a voice note without words. */
  | { readonly kind: 'unreadable' };
