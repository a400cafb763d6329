import { FEEDBACK_REASONS, type Feedback, type RatedAnswer } from '../feedback';
import { phrases } from '../phrases';

/** How many answers and how many comments are shown. */
const MAX_ANSWERS = 15;
const MAX_COMMENTS = 10;

interface Tally {
  readonly answer: RatedAnswer;
  readonly ratings: readonly Feedback[];
}

/**
 * What people think of the answers, for whoever writes them: how many ratings, the answers with the most 👎 and why, and the latest
 * comments. `titleOf` names an answer; `undefined` for one that is no longer there.
 */
export function feedbackText(
  ratings: readonly Feedback[],
  titleOf: (answer: RatedAnswer) => string | undefined,
): string {
  if (ratings.length === 0) return 'There is no feedback yet.\n';
  const inOrder = ratings.toSorted((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0));
  const sections = [
    `${counted(ratings.length, 'rating')} from ${dayOf(inOrder[0]!)} to ${dayOf(inOrder.at(-1)!)}: ` +
      `${likes(ratings)} 👍, ${dislikes(ratings)} 👎.`,
    dislikedText(tallies(ratings), titleOf),
    commentsText(inOrder.toReversed()),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function tallies(ratings: readonly Feedback[]): readonly Tally[] {
  const byAnswer = new Map<string, { readonly answer: RatedAnswer; readonly ratings: Feedback[] }>();
  for (const rating of ratings) {
    for (const answer of rating.about) {
      const key = `${answer.kind} ${answer.id}`;
      const tally = byAnswer.get(key) ?? { answer, ratings: [] };
      byAnswer.set(key, tally);
      tally.ratings.push(rating);
    }
  }
  return [...byAnswer.values()];
}

function dislikedText(all: readonly Tally[], titleOf: (answer: RatedAnswer) => string | undefined): string {
  const disliked = all
    .filter(({ ratings }) => dislikes(ratings) > 0)
    .sort((one, other) => dislikes(other.ratings) - dislikes(one.ratings) || likes(one.ratings) - likes(other.ratings));
  if (disliked.length === 0) return '';
  const lines = disliked
    .slice(0, MAX_ANSWERS)
    .flatMap(({ answer, ratings }) => [
      `  ${dislikes(ratings)} 👎  ${likes(ratings)} 👍  ${titleOf(answer) ?? 'no longer there'}`,
      `      ${answer.kind === 'guide' ? 'guide' : 'entry'} ${answer.id}`,
      ...reasonLine(ratings),
    ]);
  const more = disliked.length - MAX_ANSWERS;
  return ['Answers with the most 👎:', ...lines, ...(more > 0 ? [`  … and ${more} more`] : [])].join('\n');
}

function reasonLine(ratings: readonly Feedback[]): string[] {
  const reasons = FEEDBACK_REASONS.flatMap((reason) => {
    const count = ratings.filter((rating) => rating.reason === reason).length;
    return count === 0 ? [] : [`${count} × ${phrases.feedbackReasons[reason]}`];
  });
  return reasons.length === 0 ? [] : [`      ${reasons.join(', ')}`];
}

function commentsText(newestFirst: readonly Feedback[]): string {
  const commented = newestFirst.filter(({ comment }) => comment !== undefined).slice(0, MAX_COMMENTS);
  if (commented.length === 0) return '';
  const lines = commented.flatMap((rating) => [
    `  ${dayOf(rating)} ${rating.reaction === 'like' ? '👍' : '👎'} ${rating.comment}`,
    ...rating.about.map(({ kind, id }) => `      ${kind} ${id}`),
    ...(rating.question === undefined ? [] : [`      asked: ${rating.question}`]),
  ]);
  return ['Latest comments:', ...lines].join('\n');
}

function likes(ratings: readonly Feedback[]): number {
  return ratings.filter(({ reaction }) => reaction === 'like').length;
}

function dislikes(ratings: readonly Feedback[]): number {
  return ratings.length - likes(ratings);
}

function dayOf({ at }: Feedback): string {
  return at.slice(0, 10);
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
