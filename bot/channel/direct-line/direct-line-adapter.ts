import {
  type Activity,
  ActivityTypes,
  BotAdapter,
  type ConversationReference,
  type ResourceResponse,
  TurnContext,
} from 'botbuilder';
import type { Conversation } from './conversation';
import type { Conversations } from './conversations';

/** Runs turns of our own Direct Line conversations in this process: what the bot sends is appended to its conversation. */
export class DirectLineAdapter extends BotAdapter {
  /** `save` writes the conversations to where they outlive the process, if they do. */
  constructor(
    private readonly conversations: Conversations,
    private readonly save: () => Promise<void> = async () => undefined,
  ) {
    super();
  }

  /**
   * Deletes a conversation for good: its pages are told by an event `conversation-deleted` with `{ text }`, what to say there, and hung up on, its tokens open
   * nothing any more. Resolves once it is gone from the disk as well; never rejects. What is sent to it afterwards is dropped, so
   * the last words to the person go first.
   */
  async forget(conversationId: string, text?: string): Promise<void> {
    this.conversations.forget(conversationId, text);
    await this.save();
  }

  /** Runs one turn. Rejects only where `onTurnError` itself throws. */
  async processActivity(activity: Partial<Activity>, logic: (context: TurnContext) => Promise<void>): Promise<void> {
    await this.runMiddleware(new TurnContext(this, activity), logic);
  }

  override async sendActivities(_context: TurnContext, activities: Partial<Activity>[]): Promise<ResourceResponse[]> {
    const responses: ResourceResponse[] = [];
    for (const activity of activities) {
      if (activity.type === 'delay') {
        await new Promise((resolve) => setTimeout(resolve, Number(activity.value) || 0));
        responses.push({ id: '' });
      } else {
        responses.push(this.deliver(activity));
      }
    }
    return responses;
  }

  /** Clients replace an activity when another of the same id comes. */
  override async updateActivity(_context: TurnContext, activity: Partial<Activity>): Promise<ResourceResponse> {
    return this.deliver(activity);
  }

  override async deleteActivity(_context: TurnContext, reference: Partial<ConversationReference>): Promise<void> {
    const deletion = TurnContext.applyConversationReference({ type: ActivityTypes.MessageDelete }, reference);
    this.deliver({ ...deletion, id: reference.activityId! });
  }

  override async continueConversation(
    reference: Partial<ConversationReference>,
    logic: (context: TurnContext) => Promise<void>,
  ): Promise<void> {
    const activity = { type: ActivityTypes.Event, name: 'continueConversation' };
    await this.processActivity(TurnContext.applyConversationReference(activity, reference, true), logic);
  }

  private deliver(activity: Partial<Activity>): ResourceResponse {
    const conversation = this.conversations.get(activity.conversation?.id ?? '');
    // Traces are for the Emulator. A conversation that is gone meanwhile has nobody left to hear.
    if (!conversation || activity.type === ActivityTypes.Trace || activity.type === ActivityTypes.InvokeResponse)
      return { id: '' };
    return { id: this.append(conversation, activity) };
  }

  private append(conversation: Conversation, activity: Partial<Activity>): string {
    const id = activity.id ?? conversation.nextActivityId();
    const stamped: Partial<Activity> = { ...activity, id, timestamp: conversation.nextTimestamp() as unknown as Date };
    if (activity.type === ActivityTypes.Typing) {
      conversation.tell(JSON.stringify(stamped));
    } else {
      conversation.append(stamped);
      this.conversations.touch(conversation);
    }
    return id;
  }
}
