import { type Activity, ActivityTypes, type Middleware, type TurnContext } from 'botbuilder';
import { isChannelDown } from '../connector-limits';
import type { ConnectorFault, Metrics } from './metrics';

/** What is answered in the response of the request itself, and what is no activity at all. */
const NO_CALL: ReadonlySet<string | undefined> = new Set([ActivityTypes.InvokeResponse, 'delay']);

/** Times every send of a turn to its channel's connector, and counts those that fail. */
export function buildSendCounter(metrics: Pick<Metrics, 'connectorCall'>): Middleware {
  return {
    async onTurn(context, next) {
      context.onSendActivities(async (sending, activities, send) => {
        if (!activities.some((activity) => isCall(sending, activity))) return send();
        const startedAt = performance.now();
        let fault: ConnectorFault | undefined;
        try {
          return await send();
        } catch (error) {
          fault = faultOf(error);
          throw error;
        } finally {
          metrics.connectorCall(sending.activity.channelId, (performance.now() - startedAt) / 1000, fault);
        }
      });
      await next();
    },
  };
}

/** Whether something goes over the wire by itself: traces are for the Emulator only, replies may be expected in the response. */
function isCall({ activity }: TurnContext, { type }: Partial<Activity>): boolean {
  if (NO_CALL.has(type) || activity.deliveryMode === 'expectReplies') return false;
  return type !== ActivityTypes.Trace || activity.channelId === 'emulator';
}

function faultOf(error: unknown): ConnectorFault {
  if (error instanceof Error && error.name === 'AbortError') return 'timeout';
  return isChannelDown(error) ? 'down' : 'refused';
}
