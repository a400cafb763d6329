import * as v from 'valibot';
import { FEEDBACK_REASONS, type Feedback, MAX_COMMENT_LENGTH, oneLine } from '../../feedback';

const Action = v.object({
  actionName: v.literal('feedback'),
  actionValue: v.object({ reaction: v.picklist(['like', 'dislike']), feedback: v.optional(v.unknown()) }),
});
/** Clients put the action into `data` or leave it at the top. */
const Value = v.union([
  Action,
  v.pipe(
    v.object({ data: Action }),
    v.transform(({ data }) => data),
  ),
]);

/** What people filled in: our form's fields, or the one of Teams' own form. */
const Fields = v.object({
  reason: v.fallback(v.optional(v.picklist(FEEDBACK_REASONS)), undefined),
  comment: v.fallback(v.optional(v.string()), undefined),
  feedbackText: v.fallback(v.optional(v.string()), undefined),
});

/** Longest JSON that is looked at, in UTF-16 code units. */
const MAX_JSON_LENGTH = 20_000;

/** Whether 👍 or 👎 was clicked, in the value of `message/fetchTask`; `undefined` for anything else. Never throws. */
export function readReaction(value: unknown): Feedback['reaction'] | undefined {
  const parsed = v.safeParse(Value, value);
  return parsed.success ? parsed.output.actionValue.reaction : undefined;
}

/**
 * What the value of `message/submitAction` says; `undefined` where it is no feedback. A form that cannot be read does not
 * make the reaction worth less: it then has neither reason nor comment. Text that is no JSON is the comment. Never throws.
 */
export function readSubmittedFeedback(value: unknown): Pick<Feedback, 'reaction' | 'reason' | 'comment'> | undefined {
  const parsed = v.safeParse(Value, value);
  if (!parsed.success) return undefined;
  const { reaction, feedback } = parsed.output.actionValue;
  const { reason, comment, feedbackText } = readFields(feedback);
  return {
    reaction,
    // Only 👎 asks for one.
    reason: reaction === 'dislike' ? reason : undefined,
    comment: oneLine(comment ?? feedbackText ?? '', MAX_COMMENT_LENGTH) || undefined,
  };
}

function readFields(feedback: unknown): v.InferOutput<typeof Fields> {
  const parsed = v.safeParse(Fields, typeof feedback === 'string' ? fromJson(feedback) : feedback);
  return parsed.success ? parsed.output : { reason: undefined, comment: undefined, feedbackText: undefined };
}

function fromJson(text: string): unknown {
  if (text.length > MAX_JSON_LENGTH) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return { comment: text };
  }
}
