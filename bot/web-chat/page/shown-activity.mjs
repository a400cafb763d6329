/**
 * An activity as it is shown here: a transcript that is too long to be read in a chat has the words that say so, as it can be saved
 * here. Other clients get the same activity, and have nothing but its text.
 */
export function shownActivity(activity) {
  const { kind, notice } = activity.channelData ?? {};
  return kind === 'transcript' && typeof notice === 'string' ? { ...activity, text: notice } : activity;
}
