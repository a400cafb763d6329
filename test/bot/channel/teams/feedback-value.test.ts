import fc from 'fast-check';
import { readReaction, readSubmittedFeedback } from '../../../../bot/channel/teams/feedback-value';
import { MAX_COMMENT_LENGTH } from '../../../../bot/feedback';
import { anyText } from '../../../support/any-text';

const value = (reaction: unknown, feedback?: unknown) => ({
  actionName: 'feedback',
  actionValue: { reaction, feedback },
});

test.each([
  [value('dislike', '{"reason":"outdated","comment":" a\\nb "}'), 'dislike', 'outdated', 'a b'],
  [value('like', '{"comment":"good"}'), 'like', undefined, 'good'],
  [value('like', '{"reason":"wrong"}'), 'like', undefined, undefined],
  [value('like', '{"feedbackText":"from the default form"}'), 'like', undefined, 'from the default form'],
  [value('dislike', 'plain words'), 'dislike', undefined, 'plain words'],
  [value('dislike', { reason: 'wrong' }), 'dislike', 'wrong', undefined],
  [value('dislike', '{"reason":"rude","comment":7}'), 'dislike', undefined, undefined],
  [value('dislike', '[1]'), 'dislike', undefined, undefined],
  [value('dislike', `"${'x'.repeat(50_000)}"`), 'dislike', undefined, undefined],
  [value('dislike'), 'dislike', undefined, undefined],
  [{ data: value('dislike', '{"reason":"unclear"}') }, 'dislike', 'unclear', undefined],
])('%j is read', (sent, reaction, reason, comment) => {
  expect(readSubmittedFeedback(sent)).toEqual({ reaction, reason, comment });
  expect(readReaction(sent)).toBe(reaction);
});

test.each([
  undefined,
  null,
  '',
  [],
  {},
  value('love'),
  value(undefined),
  { actionName: 'x', actionValue: {} },
])('%j is no feedback', (sent) => {
  expect(readSubmittedFeedback(sent)).toBeUndefined();
  expect(readReaction(sent)).toBeUndefined();
});

test('any text as feedback leaves the reaction as it is, and a bounded comment', () => {
  fc.assert(
    fc.property(fc.oneof(anyText(2_000), fc.json()), fc.jsonValue(), (feedback, any) => {
      const read = readSubmittedFeedback(value('dislike', feedback));
      expect(read?.reaction).toBe('dislike');
      expect(read?.comment?.length ?? 0).toBeLessThanOrEqual(MAX_COMMENT_LENGTH);
      expect(readSubmittedFeedback(value('like', any))?.reaction).toBe('like');
      readSubmittedFeedback(any);
    }),
  );
});
