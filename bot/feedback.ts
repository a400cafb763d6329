import * as v from 'valibot';

/** Why somebody did not like an answer. */
export const FEEDBACK_REASONS = ['wrong', 'outdated', 'unclear', 'not-my-question'] as const;

/** Longest comment and longest question that are kept, in UTF-16 code units. */
export const MAX_COMMENT_LENGTH = 1_000;
export const MAX_FEEDBACK_QUESTION_LENGTH = 240;
/** Most answers that one rating is about: those of one message. */
const MAX_ABOUT = 5;
const MAX_ID_LENGTH = 300;

/** Breaks of lines, and what would move a terminal's cursor or turn the direction of writing. */
const NOT_PRINTED = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu;

/** A person's text in one line and at most `maxLength` long, cut between characters; empty where nothing is left. */
export function oneLine(text: string, maxLength: number): string {
  return text
    .slice(0, 4 * maxLength)
    .replace(NOT_PRINTED, ' ')
    .trim()
    .slice(0, maxLength)
    .replace(/\p{Cs}/gu, '');
}

const Line = (maxLength: number) =>
  v.optional(
    v.pipe(
      v.string(),
      v.transform((text) => oneLine(text, maxLength) || undefined),
    ),
  );
const Id = v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_ID_LENGTH), v.regex(/^[^\p{Cc}]*$/u));

const FeedbackSchema = v.object({
  at: v.pipe(v.string(), v.isoTimestamp()),
  channel: Id,
  reaction: v.picklist(['like', 'dislike']),
  reason: v.optional(v.picklist(FEEDBACK_REASONS)),
  comment: Line(MAX_COMMENT_LENGTH),
  about: v.pipe(
    v.array(v.object({ kind: v.picklist(['entry', 'guide']), id: Id })),
    v.transform((about) => about.slice(0, MAX_ABOUT)),
  ),
  question: Line(MAX_FEEDBACK_QUESTION_LENGTH),
  rater: v.optional(Id),
});

/**
 * One rating of an answer, from any channel: when (ISO 8601), where, 👍 or 👎, why, in whose words, which answers, and to which question. It does not
 * say who gave it: `rater` only tells which ratings came out of one conversation, so that they can be deleted with it.
 */
export type Feedback = Readonly<v.InferInput<typeof FeedbackSchema>>;

/** What was rated: an entry, or the outcome of a guide. */
export type RatedAnswer = Feedback['about'][number];

/**
 * A rating as one line of JSON without a line break, at most some 12,000 characters long.
 * @throws where it is no rating, which only a fault of ours can cause
 */
export function formatFeedback(feedback: Feedback): string {
  return JSON.stringify(v.parse(FeedbackSchema, feedback));
}

/** The rating in a line of {@link formatFeedback}; `undefined` for any other line. Never throws. */
export function parseFeedback(line: string): Feedback | undefined {
  try {
    const parsed = v.safeParse(FeedbackSchema, JSON.parse(line));
    return parsed.success ? parsed.output : undefined;
  } catch {
    return undefined;
  }
}
