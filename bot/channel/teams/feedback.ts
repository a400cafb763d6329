import { type Activity, ActivityTypes, type InvokeResponse, type TurnContext } from 'botbuilder';
import type { Feedback } from '../../feedback';
import type { Logger } from '../../log';
import { phrases } from '../../phrases';
import { conversationKey } from '../conversation-key';
import { type FeedbackStore, raterMark } from '../feedback-file';
import type { SentAnswers } from '../sent-answers';
import { feedbackForm } from './feedback-form';
import { readReaction, readSubmittedFeedback } from './feedback-value';

export interface FeedbackParts {
  readonly feedback: FeedbackStore;
  readonly answers: Pick<SentAnswers, 'find'>;
  readonly log: Logger;
  /** Default: the clock. */
  readonly now?: () => Date;
}

/**
 * The handlers of the two invokes behind 👍 and 👎 under a message: one gives the form, the other keeps what was sent with it. What is no
 * feedback gets a 400.
 */
export function buildFeedbackHandlers({
  feedback,
  answers,
  log,
  now = () => new Date(),
}: FeedbackParts): readonly (readonly [name: string, (context: TurnContext) => Promise<InvokeResponse>])[] {
  async function submit(context: TurnContext): Promise<InvokeResponse> {
    const { activity } = context;
    const submitted = readSubmittedFeedback(activity.value);
    if (submitted === undefined) return refused(phrases.feedbackUnreadable);
    const rated = await answers.find(activity);
    const rating: Feedback = {
      at: now().toISOString(),
      channel: activity.channelId,
      ...submitted,
      about: [...(rated?.about ?? [])],
      question: rated?.question,
      rater: raterMark(conversationKey(activity)),
    };
    feedback.add(rating);
    await acknowledge(context, submitted.reaction);
    return { status: 200 };
  }

  /** Said only where nobody else reads along. Whether it arrives makes no difference to what was stored. */
  async function acknowledge(context: TurnContext, reaction: Feedback['reaction']): Promise<void> {
    if (!isPersonal(context.activity)) return;
    try {
      const text = reaction === 'like' ? phrases.feedbackThanksLike : phrases.feedbackThanksDislike;
      await context.sendActivity({ type: ActivityTypes.Message, text, textFormat: 'markdown' });
    } catch (error) {
      log.warn({ conversation: context.activity.conversation.id, err: error }, 'thanks for feedback not sent');
    }
  }

  return [
    [
      'message/fetchTask',
      async ({ activity }) => {
        const reaction = readReaction(activity.value);
        return reaction === undefined
          ? refused(phrases.feedbackUnreadable)
          : { status: 200, body: feedbackForm(reaction) };
      },
    ],
    ['message/submitAction', submit],
  ];
}

function refused(message: string): InvokeResponse {
  return { status: 400, body: { code: 'BadRequest', message } };
}

function isPersonal({ conversation }: Pick<Activity, 'conversation'>): boolean {
  return conversation.isGroup !== true && (conversation.conversationType ?? 'personal') === 'personal';
}
