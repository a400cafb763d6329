import type { InvokeResponse, TurnContext } from 'botbuilder';
import type { Logger } from '../../log';
import { phrases } from '../../phrases';
import type { Reply } from '../../reply';
import type { TurnResult } from '../../turn-result';
import type { UserMessage } from '../../user-message';
import type { AdaptiveCard } from '../render/adaptive-card';
import { cardMessage, frozenCard, renderAsCard } from '../render/teams';
import { isShared, ownerMark, placeOf } from './place';
import { type Press, readPress } from './read-press';

/** Answers messages of one person, in order, as one turn; `deliver` says what came of the last, by default as usual. */
export type RunTurn = (
  context: TurnContext,
  messages: readonly UserMessage[],
  deliver?: (result: TurnResult) => Promise<void>,
) => Promise<TurnResult>;

export interface CardActionParts {
  readonly runTurn: RunTurn;
  readonly log: Logger;
}

/**
 * Answers a pressed button of a card. In a private chat the card comes back with its question and the choice, and what is said
 * next is a message of its own; where others read along the card of a guide turns into its next step for everybody. Somebody else's
 * card stays as it is. Never rejects.
 */
export async function answerCardAction(
  context: TurnContext,
  { runTurn, log }: CardActionParts,
): Promise<InvokeResponse> {
  const { activity } = context;
  const press = readPress(dataOf(activity.value));
  if (press === undefined) return words(phrases.unreadablePress);
  if (!mayPress(context, press)) return words(phrases.somebodyElses);
  if (press.messages.length === 0) return words(phrases.typeFirst);
  try {
    if (isShared(activity) && press.owner !== undefined) return await goOnInPlace(context, press, { runTurn, log });
    const { replies } = await runTurn(context, press.messages);
    if (isShared(activity) || press.asked === undefined) return words(phrases.answerBelow);
    return card(frozenCard(press.asked, chosenIn(replies, press) || phrases.answered));
  } catch (error) {
    log.error({ conversation: activity.conversation.id, channel: activity.channelId, err: error }, 'turn failed');
    return words(phrases.apology.replace(/\*/g, ''));
  }
}

/** Whether a card is the presser's, or nobody's. */
export function mayPress({ activity }: TurnContext, { owner }: Press): boolean {
  return owner === undefined || !isShared(activity) || owner === ownerMark(activity);
}

async function goOnInPlace(
  context: TurnContext,
  press: Press,
  { runTurn, log }: CardActionParts,
): Promise<InvokeResponse> {
  const { activity } = context;
  let next: AdaptiveCard | undefined;
  await runTurn(context, press.messages, async ({ replies, memory }) => {
    // A double click has been answered already.
    if (replies.length === 0) return;
    const place = placeOf(activity, press.chosen, memory);
    next = renderAsCard(replies, place);
    if (!activity.replyToId) return;
    try {
      await context.updateActivity({ ...cardMessage(next, replies, place), id: activity.replyToId });
    } catch (error) {
      // Whoever pressed sees the step all the same: it is in the answer to the press.
      log.warn({ conversation: activity.conversation.id, err: error }, 'card not updated');
    }
  });
  return next === undefined ? words(phrases.answerBelow) : card(next);
}

/** The words of what was chosen: of picks, only the guide knows them. */
function chosenIn(replies: readonly Reply[], { asked, chosen }: Press): string {
  if (chosen !== '') return chosen;
  const last = replies.at(-1);
  const answered = last?.kind === 'question' || last?.kind === 'outcome' ? last.answered.at(-1) : undefined;
  return answered !== undefined && asked !== undefined && answered.question.startsWith(asked.slice(0, 20))
    ? answered.answer
    : '';
}

function dataOf(value: unknown): unknown {
  const action = typeof value === 'object' && value !== null ? (value as { readonly action?: unknown }).action : null;
  return typeof action === 'object' && action !== null ? (action as { readonly data?: unknown }).data : undefined;
}

function card(value: AdaptiveCard): InvokeResponse {
  return { status: 200, body: { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value } };
}

/** Words that only the person who pressed sees. */
function words(value: string): InvokeResponse {
  return { status: 200, body: { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value } };
}
