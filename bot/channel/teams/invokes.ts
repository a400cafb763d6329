import type { InvokeResponse, TurnContext } from 'botbuilder';
import { buildFeedbackHandlers, type FeedbackParts } from './feedback';
import { buildAnswerFaqQuery, type MessageExtensionParts } from './message-extension';

/** Answers an invoke activity: what a client asks and waits for, while nothing is said in the conversation. Never rejects for what a client sent. */
export type InvokeHandler = (context: TurnContext) => Promise<InvokeResponse>;

/** The handlers of the invokes that we know, by the name of the activity. */
export function buildInvokes(parts: MessageExtensionParts & FeedbackParts): ReadonlyMap<string, InvokeHandler> {
  const answerFaqQuery = buildAnswerFaqQuery(parts);
  return new Map<string, InvokeHandler>([
    ['composeExtension/query', async ({ activity }) => answerFaqQuery(activity.value)],
    ...buildFeedbackHandlers(parts),
  ]);
}
