import { randomUUID } from 'node:crypto';
import type { Backplane } from './backplane/backplane';
import type { FeedbackStore } from './feedback-file';

const TOPIC = 'feedback-to-forget';

/**
 * A store whose `forget` reaches the stores of all processes that are running and connected: each has a file of its own. What it
 * resolves to is about the store of this process alone.
 */
export async function shareFeedback(
  store: FeedbackStore,
  backplane: Pick<Backplane, 'publish' | 'subscribe'>,
): Promise<FeedbackStore> {
  const me = randomUUID();
  await backplane.subscribe(TOPIC, (text) => {
    const [from, rater, ...more] = text.split(' ');
    if (from !== me && rater !== undefined && more.length === 0) void store.forget(rater);
  });
  return {
    ...store,
    forget(rater) {
      backplane.publish(TOPIC, `${me} ${rater}`);
      return store.forget(rater);
    },
  };
}
