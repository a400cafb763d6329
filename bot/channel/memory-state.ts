import { type Activity, ConversationState, type TurnContext } from 'botbuilder';

/**
 * Names the conversation that an activity belongs to, as memory, the queue of turns and transcripts count it: where several people
 * talk, each has one of their own, so that nobody's guide is moved on by somebody else.
 */
export function conversationKey(activity: Pick<Activity, 'channelId' | 'conversation' | 'from'>): string {
  const { channelId, conversation, from } = activity;
  const key = `${channelId}/conversations/${conversation.id}`;
  return isShared(activity) && from?.id ? `${key}/users/${from.id}` : key;
}

/** Whether several people read what is said in the conversation of an activity. */
export function isShared({ conversation }: Pick<Activity, 'conversation'>): boolean {
  return conversation.isGroup === true || ['groupChat', 'channel'].includes(conversation.conversationType);
}

/** Conversation state under {@link conversationKey}. */
export class MemoryState extends ConversationState {
  override getStorageKey(context: TurnContext): string {
    return `${conversationKey(context.activity)}/`;
  }
}
