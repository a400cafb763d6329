import { type Activity, BotAdapter, type ResourceResponse, TurnContext } from 'botbuilder';
import { announceDeletion, transcriptActivity } from '../../../bot/channel/privacy-effects';
import { phrases } from '../../../bot/phrases';
import type { TranscriptLine } from '../../../bot/transcript-text';

/** Writes down what is sent, and what is forgotten where it keeps a history. */
class RecordingAdapter extends BotAdapter {
  readonly done: unknown[] = [];
  override async sendActivities(_: TurnContext, activities: Partial<Activity>[]): Promise<ResourceResponse[]> {
    return activities.map(({ type, text, name, value }) => {
      this.done.push(type === 'message' ? text : { name, value });
      return { id: '' };
    });
  }
  override async updateActivity(): Promise<void> {}
  override async deleteActivity(): Promise<void> {}
  override async continueConversation(): Promise<void> {}
}
class KeepingAdapter extends RecordingAdapter {
  forget(id: string, text: string): void {
    this.done.push(`forgot ${id}: ${text}`);
  }
}

const contextOf = (adapter: BotAdapter, channelId = 'webchat'): TurnContext =>
  new TurnContext(adapter, { channelId, conversation: { id: 'c' } } as Activity);
const LONG: readonly TranscriptLine[] = Array.from({ length: 10 }, (_, index) => ({
  from: 'user',
  text: `${index} ${'word '.repeat(200)}`,
  at: '2026-05-02T14:03:00.000Z',
}));

describe('the end of a conversation', () => {
  test('is said, told to our own page with the words to show there, and then forgotten', async () => {
    const adapter = new KeepingAdapter();
    await announceDeletion(contextOf(adapter), true);
    expect(adapter.done).toEqual([phrases.dataDeleted, `forgot c: ${phrases.dataDeleted}`]);
  });

  test.each([
    ['msteams', phrases.clientKeepsCopy.msteams],
    ['emulator', phrases.clientKeepsCopy.emulator],
  ])('is honest about what %s keeps', async (channel, note) => {
    const adapter = new RecordingAdapter();
    await announceDeletion(contextOf(adapter, channel), true);
    expect(adapter.done).toEqual([`${phrases.dataDeleted} ${note}`]);
  });

  test.each([
    'directline',
    'webchat',
  ])('is honest about what Azure keeps of %s, and tells the page to leave', async (channel) => {
    const adapter = new RecordingAdapter();
    await announceDeletion(contextOf(adapter, channel), true);
    const text = `${phrases.dataDeleted} ${phrases.clientKeepsCopy.directLine}`;
    expect(adapter.done).toEqual([text, { name: 'conversation-deleted', value: { text } }]);
  });
});

describe('a long transcript', () => {
  test('is offered for saving on our own page', () => {
    const { text, channelData } = transcriptActivity(LONG, contextOf(new KeepingAdapter()));
    const notice = phrases.transcriptAsFile(10, '2026-05-02 14:03');
    expect(channelData).toMatchObject({ kind: 'transcript', text: expect.stringContaining('9 word'), notice });
    expect(text).not.toContain(notice);
  });

  test.each([
    ['our own Direct Line', new KeepingAdapter(), 'webchat'],
    ['Azure’s', new RecordingAdapter(), 'directline'],
  ])('can be read by any other client of %s, which saves nothing', (_whose, adapter, channelId) => {
    const { text } = transcriptActivity(LONG, contextOf(adapter, channelId));
    expect(text).toContain('0 word');
    expect(text).toContain('9 word');
  });

  test('has no words of its own to show where it is short', () => {
    const { channelData } = transcriptActivity(LONG.slice(0, 1), contextOf(new KeepingAdapter()));
    expect(Object.keys(channelData as object)).toEqual(['kind', 'title', 'text']);
  });

  test('is shown where nobody knows whether it can be saved', () => {
    const { text, channelData } = transcriptActivity(LONG, contextOf(new RecordingAdapter(), 'sms'));
    expect(text).toContain('0 word');
    expect(channelData).toBeUndefined();
  });
});
