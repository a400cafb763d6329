import { type Activity, ActivityTypes } from 'botbuilder';
import { isShared } from './teams/place';

/**
 * Names the conversation that an activity belongs to, as memory, the order of turns and transcripts count it: where several people
 * talk, each has one of their own, so that nobody's guide is moved on by somebody else. That the bot came to them is everybody's.
 */
export function conversationKey(activity: Pick<Activity, 'channelId' | 'conversation' | 'from' | 'type'>): string {
  const { channelId, conversation, from, type } = activity;
  const key = `${channelId}/conversations/${conversation.id}`;
  const isOfAll = type === ActivityTypes.ConversationUpdate || type === ActivityTypes.InstallationUpdate;
  return isShared(activity) && !isOfAll && from?.id ? `${key}/users/${from.id}` : key;
}

/** Names the place where several people, or one, talk to the bot, with all its threads. */
export function placeKey({ channelId, conversation }: Pick<Activity, 'channelId' | 'conversation'>): string {
  return `${channelId}/conversations/${conversation.id.split(';')[0]}`;
}
