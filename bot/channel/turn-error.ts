import { ActivityTypes, InputHints, type TurnContext } from 'botbuilder';
import type { Logger } from '../log';
import { phrases } from '../phrases';
import { isChannelDown, mayTakeLater } from './connector-limits';
import type { Metrics } from './observability/metrics';
import { spanOf } from './observability/traces';

/** What an adapter does with a turn that failed. Never rejects. */
export type TurnErrorHandler = (context: TurnContext, error: Error) => Promise<void>;

/**
 * Logs and counts a failed turn, with its conversation, and says sorry once. Memory stays as the last good turn left it, so the person can
 * go on. No apology where the channel itself is what failed: it would wait for the same time limit again.
 */
export function buildTurnErrorHandler(log: Logger, metrics: Pick<Metrics, 'turnFailed'>): TurnErrorHandler {
  return async (context, error) => {
    const where = { conversation: context.activity.conversation?.id, channel: context.activity.channelId };
    log.error({ ...where, trace: spanOf(context)?.traceId, err: error }, 'turn failed');
    const channelIsDown = isChannelDown(error);
    metrics.turnFailed(context.activity.channelId, channelIsDown ? 'channel' : 'bot');
    if (mayTakeLater(error)) return;
    try {
      await context.sendActivity({
        type: ActivityTypes.Message,
        text: phrases.apology,
        textFormat: 'markdown',
        inputHint: InputHints.AcceptingInput,
      });
    } catch (failure) {
      log.error({ ...where, err: failure }, 'the apology could not be sent');
    }
  };
}
