import { ActivityTypes, type TurnContext } from 'botbuilder';

/** An answer that takes longer is announced. */
const TYPING_AFTER_MS = 300;

/**
 * Does `work`, and shows the person that the bot is typing where that takes longer than `afterMs`, by default 300 ms. Settles as
 * `work` does: a channel that does not take the sign does no harm.
 */
export async function withTypingIndicator<T>(
  context: TurnContext,
  work: () => Promise<T>,
  afterMs = TYPING_AFTER_MS,
): Promise<T> {
  let sending: Promise<unknown> = Promise.resolve();
  const timer = setTimeout(() => {
    sending = context.sendActivity({ type: ActivityTypes.Typing }).catch(() => undefined);
  }, afterMs);
  try {
    return await work();
  } finally {
    clearTimeout(timer);
    // The answer must not overtake it: clients would show the bot typing for ever.
    await sending;
  }
}
