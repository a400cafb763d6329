import type { Change } from '../../../../bot/channel/storage/storage';
import { buildWaitingCommits } from '../../../../bot/channel/storage/waiting-commits';

const NOTHING = { lastAt: new Map(), appended: new Map(), trimmed: new Map(), knownThrough: new Map() };
const append = (log: string): Change => ({ kind: 'append', log, texts: ['x'], keep: 10, ttlMs: 1_000 });
const unmark: Change = { kind: 'unmark', set: 's', member: 'm' };

function queueOf(...commits: readonly (readonly Change[])[]) {
  const queue = buildWaitingCommits(1_000_000, () => undefined);
  for (const changes of commits) queue.add(changes, NOTHING, []);
  const next = (max: number): string[] => queue.next(max).map(({ names }) => names.join('+'));
  return { queue, next };
}

test('the next commits are the oldest and those that share nothing with any before them', () => {
  const { queue, next } = queueOf(
    [append('a')],
    [append('b'), append('c')],
    [append('a'), append('d')],
    [append('d')],
    [append('e')],
  );
  expect(next(10)).toEqual(['log/a', 'log/b+log/c', 'log/e']);
  expect(next(2)).toEqual(['log/a', 'log/b+log/c']);
  queue.remove(queue.next(1)[0]!);
  expect(next(10)).toEqual(['log/b+log/c', 'log/a+log/d', 'log/e']);
});

test('a commit that only marks or unmarks comes after all before it and before all after it', () => {
  const { queue, next } = queueOf([append('a')], [unmark], [append('b')]);
  expect(next(10)).toEqual(['log/a']);
  queue.remove(queue.next(1)[0]!);
  expect(next(10)).toEqual(['']);
  queue.remove(queue.next(1)[0]!);
  expect(next(10)).toEqual(['log/b']);
});

test('what marks a member of a set again waits for the commit before it that unmarks it', () => {
  const mark: Change = { kind: 'mark', set: 's', member: 'm', ttlMs: 1_000 };
  const { next } = queueOf([append('a')], [append('a'), unmark], [mark, append('b')], [append('c')]);
  expect(next(10)).toEqual(['log/a', 'log/c']);
});
