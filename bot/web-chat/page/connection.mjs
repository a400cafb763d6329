/*
 * A conversation that outlives its connections. Web Chat is given one Direct Line that is always there; beneath it, a client is
 * replaced by a new one whenever its socket or its token is lost, and what is said meanwhile is sent as soon as there is a way.
 */

// Direct Line's client has no names for these numbers in Web Chat's bundle.
const ONLINE = 2;
const BROKEN = [3, 4, 5];
/** Its answer in place of an id to a message that may not have arrived. */
const RETRY = 'retry';
/** Answers after which a new session may help. */
const TRANSIENT = [0, 401, 403, 404];

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 20_000;
/** A socket that has not opened by then is given up. */
const OPENING_MS = 20_000;
const TICK_MS = 10_000;
/** A clock that jumps by more says that the machine was asleep. */
const ASLEEP_MS = 30_000;
const CLOSED_BY_SERVER = 1_000;
/** Web Chat itself gives a message up after 5 minutes. */
const SENDING_MS = 290_000;
const MAX_TRIES = 6;

/**
 * Joins the conversation of `session` and stays in it until `end()`. `renew` gets a fresh session (see `renewSession`). Tells
 * `onState` how it is: `online`, `reconnecting`, `offline` or `unreachable`; `onActivity` of every activity, each once; and
 * `onOver` that the server does not know the conversation any more, with the messages that it has not taken.
 */
export function joinConversation({ session, renew, onState, onActivity, onOver }) {
  const heard = [];
  const ids = new Set();
  const echoes = new Map();
  const observers = new Set();
  const unsent = new Set();
  const ending = new AbortController();
  const { signal } = ending;
  let { token } = session;
  let latest = session;
  let client;
  let isOpen = false;
  let whenOpen = [];
  let isRenewing = false;
  let timer;
  let sending = Promise.resolve();

  function hear(activity) {
    if (signal.aborted || (activity.id && ids.has(activity.id))) return;
    if (activity.id) ids.add(activity.id);
    const mark = activity.channelData?.clientActivityID;
    if (mark && activity.id) echoes.set(mark, activity.id);
    // Whoever begins to listen later hears all from the start.
    if (activity.type !== 'typing') heard.push(activity);
    for (const next of observers) next(activity);
    onActivity(activity);
  }

  function attach(watermark) {
    detach();
    const { domain, conversationId, resumed } = latest;
    // With an id the client joins that conversation; without one it begins the token's own.
    const place = resumed || watermark ? { conversationId, watermark: watermark || '0' } : {};
    const mine = {};
    client = mine;
    mine.directLine = createClient(
      { domain, token: latest.token, ...place },
      {
        opened: () => client === mine && opened(),
        closed: ({ code }) => {
          // More pages show the conversation than the server has room for: whoever looks at one gets it back.
          if (client === mine && code === CLOSED_BY_SERVER && document.visibilityState === 'hidden') rest();
          else if (client === mine) lost();
        },
      },
    );
    const broken = () => {
      if (client === mine) lost();
    };
    const subscriptions = [
      mine.directLine.connectionStatus$.subscribe((status) => BROKEN.includes(status) && broken()),
      mine.directLine.activity$.subscribe({ next: hear, error: broken, complete: broken }),
    ];
    mine.end = () => {
      for (const subscription of subscriptions) subscription.unsubscribe();
      mine.directLine.end();
    };
    wait(OPENING_MS);
  }

  function detach() {
    const old = client;
    client = undefined;
    isOpen = false;
    old?.end();
  }

  function opened() {
    clearTimeout(timer);
    isOpen = true;
    onState('online');
    for (const go of whenOpen.splice(0)) go();
  }

  function lost() {
    if (signal.aborted) return;
    isOpen = false;
    onState(navigator.onLine ? 'reconnecting' : 'offline');
    wait(FIRST_WAIT_MS);
  }

  function rest() {
    isOpen = false;
    clearTimeout(timer);
  }

  function wait(delayMs) {
    clearTimeout(timer);
    // Not all at once, when a server comes back to many pages.
    timer = setTimeout(() => reconnect(delayMs), delayMs * (0.75 + Math.random() / 2));
  }

  async function reconnect(lastWaitMs = FIRST_WAIT_MS) {
    if (isRenewing || signal.aborted) return;
    clearTimeout(timer);
    isRenewing = true;
    // Taken before, so that nothing falls between the clients; what both bring is heard once.
    const watermark = client?.directLine.watermark;
    const answer = await renew(latest);
    isRenewing = false;
    if (signal.aborted) return;
    if (answer.kind === 'session') {
      latest = answer.session;
      token = latest.token;
      attach(watermark);
    } else if (answer.kind === 'gone') {
      end();
      onOver([...unsent]);
    } else {
      if (!isOpen) onState(navigator.onLine ? 'unreachable' : 'offline');
      wait(Math.max(Math.min(lastWaitMs * 2, LONGEST_WAIT_MS), answer.seconds * 1_000));
    }
  }

  async function post(activity) {
    const deadline = Date.now() + SENDING_MS;
    const mark = activity.channelData?.clientActivityID;
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      await open(deadline);
      // An answer can be lost after the message has arrived.
      if (echoes.has(mark)) return echoes.get(mark);
      const mine = client;
      try {
        const id = await first(mine.directLine.postActivity(activity));
        if (id !== RETRY) return id;
      } catch (error) {
        if (error.status === 429) {
          await pause(retryAfterMs(error));
          continue;
        }
        // A client that was replaced meanwhile says so in its own way.
        if (client === mine && !TRANSIENT.includes(error.status)) throw error;
      }
      if (client === mine && isOpen) lost();
    }
    throw new Error('the message could not be sent');
  }

  function open(deadline) {
    if (isOpen) return undefined;
    return new Promise((resolve, reject) => {
      whenOpen.push(resolve);
      setTimeout(() => reject(new Error('the message could not be sent in time')), deadline - Date.now());
    });
  }

  function end() {
    ending.abort();
    clearTimeout(timer);
    clearInterval(clock);
    detach();
    whenOpen = [];
  }

  let tickedAt = Date.now();
  const clock = setInterval(() => {
    const slept = Date.now() - tickedAt > TICK_MS + ASLEEP_MS;
    tickedAt = Date.now();
    // A page that nobody looks at is woken once a minute only.
    if (slept && document.visibilityState === 'visible') void reconnect();
  }, TICK_MS);
  addEventListener('online', () => void reconnect(), { signal });
  addEventListener('offline', () => onState('offline'), { signal });
  addEventListener('pageshow', (event) => event.persisted && void reconnect(), { signal });
  document.addEventListener(
    'visibilitychange',
    () => {
      const away = Date.now() - tickedAt;
      if (document.visibilityState === 'visible' && (!isOpen || away > TICK_MS + ASLEEP_MS)) void reconnect();
    },
    { signal },
  );

  attach();

  return {
    end,
    directLine: {
      /** Web Chat reads in it whose bubbles are the person's own. */
      get token() {
        return token;
      },
      activity$: {
        subscribe(observer) {
          const next = nextOf(observer);
          for (const activity of heard) next(activity);
          observers.add(next);
          return { unsubscribe: () => observers.delete(next) };
        },
      },
      // How the connection is, the page says itself.
      connectionStatus$: {
        subscribe(observer) {
          nextOf(observer)(ONLINE);
          return { unsubscribe() {} };
        },
      },
      postActivity: (activity) => ({
        subscribe(observer) {
          unsent.add(activity);
          // One after the other, so that they arrive in the order in which they were said.
          sending = sending
            .then(() => post(activity))
            .then(
              (id) => {
                unsent.delete(activity);
                nextOf(observer)(id);
              },
              (error) => {
                unsent.delete(activity);
                if (!signal.aborted) observer.error?.(error);
              },
            );
          return { unsubscribe() {} };
        },
      }),
      end() {},
    },
  };
}

/** A Direct Line client that tells when its socket opens and closes, which it does not do itself. */
function createClient(options, { opened, closed }) {
  const { WebSocket } = window;
  window.WebSocket = class extends WebSocket {
    constructor(...parameters) {
      super(...parameters);
      this.addEventListener('open', opened);
      this.addEventListener('close', closed);
    }
  };
  try {
    return window.WebChat.createDirectLine({ ...options, webSocket: true });
  } finally {
    window.WebSocket = WebSocket;
  }
}

function nextOf(observer) {
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
