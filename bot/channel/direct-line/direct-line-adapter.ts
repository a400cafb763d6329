import {
  type Activity,
  ActivityTypes,
  BotAdapter,
  type ConversationReference,
  type ResourceResponse,
  TurnContext,
} from 'botbuilder';
import { setTurnTransaction } from '../turn-transaction';
import { activityId } from './conversation';
import type { ConversationBus } from './conversation-bus';
import type { ConversationTurn } from './conversation-turn';
import type { Conversations } from './conversations';
import { StorageFault } from './storage-fault';

const TURN = Symbol('conversation turn');

/** Runs turns of our own Direct Line conversations in this process: what the bot says is part of the turn's commit. */
export class DirectLineAdapter extends BotAdapter {
  /** Turns that are running, by their conversation. */
  private readonly turns = new Map<string, ConversationTurn>();

  constructor(
    private readonly conversations: Pick<Conversations, 'say'>,
    private readonly bus: ConversationBus,
    onTurnError: (context: TurnContext, error: Error) => Promise<void>,
  ) {
    super();
    this.onTurnError = async (context, error) => {
      // What the failed turn had to say is not said, but the apology.
      const turn = openTurnOf(context);
      turn?.reset();
      // Nobody is told: the turn waits until the storage works again.
      if (turn !== undefined && error instanceof StorageFault) throw error;
      await onTurnError(context, error);
    };
  }

  /**
   * Deletes the conversation of a running turn for good: its pages are told what the turn has said, and by an event
   * `conversation-deleted` with `{ text }`, what to say there, and hung up on; its tokens open nothing any more. What is said to it
   * afterwards is dropped, so the last words to the person go first. The changes of the turn's transaction are made in the same commit.
   * Rejects where it is not certain that the conversation is gone from the storage; then nobody was told anything.
   */
  async forget(conversationId: string, text?: string): Promise<void> {
    const turn = this.turns.get(conversationId);
    if (turn === undefined) throw new Error('a conversation is forgotten in one of its turns');
    await turn.forget(text);
  }

  /**
   * Runs one turn, with `turn` as its transaction, which may be left to be committed. Rejects with a {@link StorageFault} where the
   * storage failed it, so that it is to be run again; else only where `onTurnError` itself throws.
   */
  async runTurn(
    turn: ConversationTurn,
    activity: Partial<Activity>,
    logic: (context: TurnContext) => Promise<void>,
  ): Promise<void> {
    const id = activity.conversation!.id;
    const context = new TurnContext(this, activity);
    setTurnTransaction(context, turn);
    context.turnState.set(TURN, turn);
    this.turns.set(id, turn);
    try {
      await this.runMiddleware(context, logic);
    } finally {
      if (this.turns.get(id) === turn) this.turns.delete(id);
    }
  }

  override async sendActivities(context: TurnContext, activities: Partial<Activity>[]): Promise<ResourceResponse[]> {
    const responses: ResourceResponse[] = [];
    for (const activity of activities) {
      if (activity.type === 'delay') {
        await new Promise((resolve) => setTimeout(resolve, Number(activity.value) || 0));
        responses.push({ id: '' });
      } else {
        responses.push(await this.deliver(context, activity));
      }
    }
    return responses;
  }

  /** Clients replace an activity when another of the same id comes. */
  override async updateActivity(context: TurnContext, activity: Partial<Activity>): Promise<ResourceResponse> {
    return this.deliver(context, activity);
  }

  override async deleteActivity(context: TurnContext, reference: Partial<ConversationReference>): Promise<void> {
    const deletion = TurnContext.applyConversationReference({ type: ActivityTypes.MessageDelete }, reference);
    await this.deliver(context, { ...deletion, id: reference.activityId! });
  }

  override async continueConversation(
    reference: Partial<ConversationReference>,
    logic: (context: TurnContext) => Promise<void>,
  ): Promise<void> {
    const activity = { type: ActivityTypes.Event, name: 'continueConversation' };
    const event = TurnContext.applyConversationReference(activity, reference, true);
    await this.runMiddleware(new TurnContext(this, event), logic);
  }

  private async deliver(context: TurnContext, activity: Partial<Activity>): Promise<ResourceResponse> {
    const conversationId = activity.conversation?.id ?? '';
    switch (activity.type) {
      // Traces are for the Emulator.
      case ActivityTypes.Trace:
      case ActivityTypes.InvokeResponse:
        return { id: '' };
      case ActivityTypes.Typing: {
        const now = Date.now();
        const live = { ...activity, id: activityId(conversationId, now), timestamp: new Date(now).toISOString() };
        this.bus.tell(conversationId, { kind: 'live', activity: JSON.stringify(live) });
        return { id: live.id };
      }
      default: {
        const turn = openTurnOf(context);
        return { id: turn === undefined ? await this.conversations.say(conversationId, activity) : turn.say(activity) };
      }
    }
  }
}

/** The turn whose commit is still to come. */
function openTurnOf(context: TurnContext): ConversationTurn | undefined {
  const turn = context.turnState.get<ConversationTurn | undefined>(TURN);
  return turn?.isCommitted ? undefined : turn;
}
