import { type Activity, ActivityTypes, ConversationState, type TurnContext } from 'botbuilder';
import type { ConversationStore } from './conversation-store';
import { isShared } from './teams/place';

/**
 * Names the conversation that an activity belongs to, as memory, the queue of turns and transcripts count it: where several people
 * talk, each has one of their own, so that nobody's guide is moved on by somebody else. That the bot came to them is everybody's.
 */
export function conversationKey(activity: Pick<Activity, 'channelId' | 'conversation' | 'from' | 'type'>): string {
  const { channelId, conversation, from, type } = activity;
  const key = `${channelId}/conversations/${conversation.id}`;
  const isOfAll = type === ActivityTypes.ConversationUpdate || type === ActivityTypes.InstallationUpdate;
  return isShared(activity) && !isOfAll && from?.id ? `${key}/users/${from.id}` : key;
}

/** Conversation state under {@link conversationKey}. */
export class MemoryState extends ConversationState {
  readonly #store: ConversationStore;

  constructor(store: ConversationStore) {
    super(store);
    this.#store = store;
  }

  /** Forgets what is remembered of a conversation, of everybody in it and of its threads. Returns the keys that were forgotten. */
  async forget({ channelId, conversation }: Pick<Activity, 'channelId' | 'conversation'>): Promise<readonly string[]> {
    const start = `${channelId}/conversations/${conversation.id}`;
    const keys = this.#store
      .dump()
      .map(({ key }) => key)
      .filter((key) => key.startsWith(start) && /^[/;]/.test(key.slice(start.length)));
    await this.#store.delete(keys);
    return keys.map((key) => key.replace(/\/$/, ''));
  }

  override getStorageKey(context: TurnContext): string {
    return `${conversationKey(context.activity)}/`;
  }
}
