import { loadPageModule } from '../../../support/page-module';

const { shownActivity } = loadPageModule<{ shownActivity(activity: object): object }>('shown-activity.mjs');

test('a transcript that is too long to be read in a chat is shown as the words that say so', () => {
  const channelData = { kind: 'transcript', text: 'all of it', notice: 'Your transcript is ready.' };
  const shown = shownActivity({ type: 'message', text: 'much of it', channelData });
  expect(shown).toEqual({ type: 'message', text: 'Your transcript is ready.', channelData });
});

test.each([
  { type: 'message', text: 'hello' },
  { type: 'message', text: 'short', channelData: { kind: 'transcript', text: 'short' } },
  { type: 'message', text: 'short', channelData: { kind: 'transcript', notice: 5 } },
  { type: 'message', text: 'mine', channelData: { kind: 'outcome', notice: 'x' } },
])('%j is shown as it is', (activity) => {
  expect(shownActivity(activity)).toBe(activity);
});
