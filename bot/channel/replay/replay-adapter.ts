import { type Activity, BotAdapter, type ResourceResponse, TurnContext } from 'botbuilder';

/** Runs turns in this process and keeps what the bot sends. One turn at a time. */
export class ReplayAdapter extends BotAdapter {
  #sent: Partial<Activity>[] = [];

  /** What the bot sent upon an activity, in order. Rejects only where `onTurnError` itself throws. */
  async play(
    activity: Partial<Activity>,
    logic: (context: TurnContext) => Promise<void>,
  ): Promise<Partial<Activity>[]> {
    this.#sent = [];
    await this.runMiddleware(new TurnContext(this, activity), logic);
    return this.#sent;
  }

  override async sendActivities(_context: TurnContext, activities: Partial<Activity>[]): Promise<ResourceResponse[]> {
    this.#sent.push(...activities);
    return activities.map(() => ({ id: '' }));
  }

  override async updateActivity(): Promise<void> {
    throw new Error('a replay changes nothing that was sent');
  }

  override async deleteActivity(): Promise<void> {
    throw new Error('a replay deletes nothing that was sent');
  }

  override async continueConversation(): Promise<void> {
    throw new Error('a replay has no conversation to continue');
  }
}
