import { CardFactory, type TaskModuleResponse } from 'botbuilder';
import { FEEDBACK_REASONS, type Feedback, MAX_COMMENT_LENGTH } from '../../feedback';
import { phrases } from '../../phrases';

/** The form behind 👍 or 👎, as a task module: for 👎 the reason, and for both a comment that may stay empty. */
export function feedbackForm(reaction: Feedback['reaction']): TaskModuleResponse {
  const reason = {
    type: 'Input.ChoiceSet',
    id: 'reason',
    style: 'expanded',
    label: phrases.feedbackReason,
    isRequired: true,
    errorMessage: phrases.feedbackReasonNeeded,
    choices: FEEDBACK_REASONS.map((value) => ({ title: phrases.feedbackReasons[value], value })),
  };
  const card = {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.5',
    body: [
      ...(reaction === 'dislike' ? [reason] : []),
      {
        type: 'Input.Text',
        id: 'comment',
        isMultiline: true,
        maxLength: MAX_COMMENT_LENGTH,
        label: reaction === 'dislike' ? phrases.feedbackWhatIsWrong : phrases.feedbackWhatIsGood,
      },
      { type: 'TextBlock', text: phrases.feedbackPrivacy, wrap: true, isSubtle: true, size: 'Small' },
    ],
    actions: [{ type: 'Action.Submit', title: phrases.feedbackSend }],
  };
  return {
    task: {
      type: 'continue',
      value: {
        title: reaction === 'dislike' ? phrases.feedbackDislikeTitle : phrases.feedbackLikeTitle,
        width: 'medium',
        height: reaction === 'dislike' ? 'medium' : 'small',
        card: CardFactory.adaptiveCard(card),
      },
    },
  };
}
