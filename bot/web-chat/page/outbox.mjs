/* What a person says goes out one after the other, over whatever client there is, and not before there is one. */

/** The client's answer in place of an id to a message that may not have arrived. */
const RETRY = 'retry';
/** Answers after which a new session may help. */
const TRANSIENT = [0, 401, 403, 404];
/** Web Chat itself gives a message up after 5 minutes. */
const SENDING_MS = 290_000;
const MAX_TRIES = 6;

/**
 * An outbox for the messages of one conversation. `untilOpen(deadline)` resolves when there is a connection, `currentClient()` is
 * the client over which, `echoOf(mark)` the id of a message that has come back with its mark; `onRefused(client)` is told that one
 * does not get through.
 */
export function buildOutbox({ untilOpen, currentClient, echoOf, onRefused }) {
  const unsent = new Set();
  let last = Promise.resolve();

  async function send(activity) {
    const deadline = Date.now() + SENDING_MS;
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      await untilOpen(deadline);
      // An answer can be lost after the message has arrived.
      const echo = echoOf(activity.channelData?.clientActivityID);
      if (echo !== undefined) return echo;
      const client = currentClient();
      try {
        const id = await first(client.directLine.postActivity(activity));
        if (id !== RETRY) return id;
      } catch (error) {
        if (error.status === 429) {
          await pause(retryAfterMs(error));
          continue;
        }
        // A client that was replaced meanwhile says so in its own way.
        if (client === currentClient() && !TRANSIENT.includes(error.status)) throw error;
      }
      onRefused(client);
    }
    throw new Error('the message could not be sent');
  }

  return {
    /** The messages that the server has not taken yet, in their order. */
    unsent: () => [...unsent],
    /** Sends an activity; an observable of its id, as Direct Line's clients give it. */
    post: (activity) => ({
      subscribe(observer) {
        unsent.add(activity);
        last = last
          .then(() => send(activity))
          .then(nextOf(observer), (error) => observer.error?.(error))
          .finally(() => unsent.delete(activity));
        return { unsubscribe() {} };
      },
    }),
  };
}

/** What takes the values of an observer, which may be a function. */
export function nextOf(observer) {
  return typeof observer === 'function' ? observer : (value) => observer.next?.(value);
}

function first(observable) {
  return new Promise((resolve, reject) => {
    observable.subscribe({ next: resolve, error: reject, complete: () => resolve(RETRY) });
  });
}

function retryAfterMs(error) {
  return (Number(error.xhr?.getResponseHeader('retry-after')) || 1) * 1_000;
}

function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
