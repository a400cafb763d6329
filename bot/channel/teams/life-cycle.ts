import { type Activity, ActivityTypes } from 'botbuilder';

/** What happened in Teams to the bot itself, or to a message that somebody had written. */
export type LifeCycleEvent =
  /** The bot was taken out of a chat, a group or a team. */
  { readonly kind: 'removed' } | { readonly kind: 'edited' | 'deleted'; readonly id: string };

/** Reads what happened; `undefined` for all else, as for a message that is brought back: its words are not needed again. */
export function readLifeCycle(activity: Partial<Activity>): LifeCycleEvent | undefined {
  const { type, id, action, recipient, membersRemoved } = activity;
  const data: unknown = activity.channelData;
  const event = typeof data === 'object' && data !== null ? (data as { readonly eventType?: unknown }).eventType : '';
  switch (type) {
    case ActivityTypes.InstallationUpdate:
      return action === 'remove' || action === 'remove-upgrade' ? { kind: 'removed' } : undefined;
    case ActivityTypes.ConversationUpdate: {
      const gone = Array.isArray(membersRemoved) ? (membersRemoved as unknown[]) : [];
      const isBot = gone.some((one) => recipient?.id && (one as { readonly id?: unknown } | null)?.id === recipient.id);
      return isBot ? { kind: 'removed' } : undefined;
    }
    case ActivityTypes.MessageUpdate:
      return event === 'editMessage' && id ? { kind: 'edited', id } : undefined;
    case ActivityTypes.MessageDelete:
      return id ? { kind: 'deleted', id } : undefined;
    default:
      return undefined;
  }
}
