import fc from 'fast-check';
import { type Feedback, formatFeedback, MAX_COMMENT_LENGTH, oneLine, parseFeedback } from '../../bot/feedback';
import { anyText } from '../support/any-text';

const RATING: Feedback = {
  at: '2026-01-02T03:04:05.678Z',
  channel: 'msteams',
  reaction: 'dislike',
  reason: 'outdated',
  comment: 'There is a newer one.',
  about: [{ kind: 'entry', id: 'how-long-does-a-tyre-last' }],
  question: 'tyre life?',
};

test('a rating is read as it was written, in one line', () => {
  const line = formatFeedback(RATING);
  expect(line).not.toContain('\n');
  expect(parseFeedback(line)).toEqual(RATING);
});

test('what is not known is left out', () => {
  const { reason, comment, question, ...rest } = RATING;
  expect(parseFeedback(formatFeedback({ ...rest, about: [] }))).toEqual({ ...rest, about: [] });
});

test.each([
  '',
  'no json',
  '[]',
  'null',
  '{"reaction":"like"}',
  JSON.stringify({ ...RATING, reaction: 'love' }),
  JSON.stringify({ ...RATING, reason: 'rude' }),
  JSON.stringify({ ...RATING, at: 'yesterday' }),
  JSON.stringify({ ...RATING, about: [{ kind: 'user', id: 'x' }] }),
])('%s is no rating', (line) => {
  expect(parseFeedback(line)).toBeUndefined();
});

test('a person in a line that somebody else wrote is not read', () => {
  expect(parseFeedback(JSON.stringify({ ...RATING, user: 'Jo' }))).toEqual(RATING);
});

test('any comment and question fit into a bounded line, without what moves a cursor', () => {
  fc.assert(
    fc.property(anyText(3_000), anyText(3_000), (comment, question) => {
      const line = formatFeedback({ ...RATING, comment, question });
      expect(line.length).toBeLessThan(12_000);
      const read = parseFeedback(line)!;
      expect(`${read.comment}${read.question}`).not.toMatch(/[\p{Cc}\p{Cs}\u2028\u202e]/u);
      expect(read.comment?.length ?? 0).toBeLessThanOrEqual(MAX_COMMENT_LENGTH);
      expect(formatFeedback(read)).toBe(line);
    }),
  );
});

test('a text is cut between characters', () => {
  expect(oneLine('ab👍', 3)).toBe('ab');
  expect(oneLine('a\r\n\u001b[31mb', 99)).toBe('a [31mb');
});

test('any line is a rating or none', () => {
  fc.assert(fc.property(anyText(), (line) => void parseFeedback(line)));
});
