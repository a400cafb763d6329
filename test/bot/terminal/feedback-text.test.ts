import type { Feedback } from '../../../bot/feedback';
import { feedbackText } from '../../../bot/terminal/feedback-text';

function rating(day: string, id: string, changes: Partial<Feedback> = {}): Feedback {
  const about = [{ kind: 'entry', id } as const];
  return { at: `2026-01-${day}T10:00:00.000Z`, channel: 'msteams', reaction: 'dislike', about, ...changes };
}

const titleOf = ({ id }: { readonly id: string }) => (id === 'gone' ? undefined : `Title of ${id}`);

test('without a rating it says so', () => {
  expect(feedbackText([], titleOf)).toBe('There is no feedback yet.\n');
});

test('the answers with the most 👎 come first, with the reasons, and comments newest first', () => {
  const ratings = [
    rating('03', 'tyre', { reason: 'wrong', comment: 'It said 50 km.', question: 'tyre life' }),
    rating('01', 'chain', { reaction: 'like' }),
    rating('02', 'tyre', { reason: 'outdated' }),
    rating('04', 'tyre', { reaction: 'like', comment: 'Better now.' }),
    rating('05', 'gone', { reason: 'unclear' }),
  ];
  expect(feedbackText(ratings, titleOf)).toBe(
    [
      '5 ratings from 2026-01-01 to 2026-01-05: 2 👍, 3 👎.',
      '',
      'Answers with the most 👎:',
      '  2 👎  1 👍  Title of tyre',
      '      entry tyre',
      '      1 × It is wrong, 1 × It is out of date',
      '  1 👎  0 👍  no longer there',
      '      entry gone',
      '      1 × I don’t understand it',
      '',
      'Latest comments:',
      '  2026-01-04 👍 Better now.',
      '      entry tyre',
      '  2026-01-03 👎 It said 50 km.',
      '      entry tyre',
      '      asked: tyre life',
      '',
    ].join('\n'),
  );
});

test('a rating of nothing that is known counts all the same', () => {
  expect(feedbackText([rating('01', 'x', { about: [] })], titleOf)).toBe(
    '1 rating from 2026-01-01 to 2026-01-01: 0 👍, 1 👎.\n',
  );
});
