import type { InvokeResponse, TurnContext } from 'botbuilder';
import { answerCardAction, type CardActionParts } from './card-action';
import { buildFeedbackHandlers, type FeedbackParts } from './feedback';
import { buildAnswerFaqQuery, type MessageExtensionParts } from './message-extension';

/** Answers an invoke activity: what a client asks and waits for. Must not reject for what a client sent. */
export type InvokeHandler = (context: TurnContext) => Promise<InvokeResponse>;

/** The invokes that are answered, by `activity.name`; all others get 501. */
export function buildInvokes(
  parts: CardActionParts & MessageExtensionParts & FeedbackParts,
): ReadonlyMap<string, InvokeHandler> {
  const answerFaqQuery = buildAnswerFaqQuery(parts);
  return new Map<string, InvokeHandler>([
    ['adaptiveCard/action', (context) => answerCardAction(context, parts)],
    ['composeExtension/query', async ({ activity }) => answerFaqQuery(activity.value)],
    ...buildFeedbackHandlers(parts),
  ]);
}
