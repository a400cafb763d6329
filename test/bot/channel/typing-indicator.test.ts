import type { Activity, TurnContext } from 'botbuilder';
import { withTypingIndicator } from '../../../bot/channel/typing-indicator';

/** A channel that keeps what it is sent, and lets a test wait for it. */
function channel(send: (activity: Partial<Activity>) => Promise<void> = async () => undefined) {
  const sent: (string | undefined)[] = [];
  let announce: () => void = () => undefined;
  const typing = new Promise<void>((resolve) => {
    announce = resolve;
  });
  const context = {
    async sendActivity(activity: Partial<Activity>) {
      announce();
      await send(activity);
      sent.push(activity.type);
    },
  } as unknown as TurnContext;
  return { context, sent, typing };
}

describe('the sign that the bot is typing', () => {
  test('is not shown for an answer that is there at once', async () => {
    const { context, sent } = channel();
    expect(await withTypingIndicator(context, async () => 'answer', 1_000)).toBe('answer');
    expect(sent).toEqual([]);
  });

  test('is shown once for an answer that takes longer, and has arrived before the answer goes out', async () => {
    let arrive: () => void = () => undefined;
    const arrived = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    const { context, sent, typing } = channel(() => arrived);
    const answering = withTypingIndicator(context, () => typing.then(() => 'answer'), 1);
    await typing;
    arrive();
    expect(await answering).toBe('answer');
    expect(sent).toEqual(['typing']);
  });

  test('that the channel does not take does no harm', async () => {
    const { context, typing } = channel(() => Promise.reject(new Error('no')));
    expect(await withTypingIndicator(context, () => typing.then(() => 'answer'), 1)).toBe('answer');
  });

  test('does not hide that the work failed', async () => {
    const { context } = channel();
    await expect(withTypingIndicator(context, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  });
});
