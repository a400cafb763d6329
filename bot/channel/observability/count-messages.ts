import { type Activity, ActivityTypes, type TurnContext } from 'botbuilder';
import type { Metrics } from './metrics';

/** The same turn, with the messages counted that come in and go out in it. */
export function countMessages(
  onTurn: (context: TurnContext) => Promise<void>,
  metrics: Pick<Metrics, 'directLineMessage'>,
): (context: TurnContext) => Promise<void> {
  return async (context) => {
    if (isMessage(context.activity)) metrics.directLineMessage('user');
    context.onSendActivities((_context, activities, send) => {
      for (const _message of activities.filter(isMessage)) metrics.directLineMessage('bot');
      return send();
    });
    await onTurn(context);
  };
}

function isMessage({ type }: Partial<Activity>): boolean {
  return type === ActivityTypes.Message;
}
