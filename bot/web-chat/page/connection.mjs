/*
 * A conversation that outlives its connections. Web Chat is given one Direct Line that is always there; beneath it, a client is
 * replaced by a new one whenever its socket or its token is lost, and what is said meanwhile is sent as soon as there is a way.
 */
import { buildOutbox, nextOf } from './outbox.mjs';
import { shownActivity } from './shown-activity.mjs';

// Direct Line's client has no names for these numbers in Web Chat's bundle.
const ONLINE = 2;
const EXPIRED = 3;
const BROKEN = [4, 5];

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 10_000;
/** A socket that has not opened by then is given up. */
const OPENING_MS = 20_000;
const TICK_MS = 10_000;
/** A clock that jumps by more says that the machine was asleep. */
const ASLEEP_MS = 30_000;
const CLOSED_BY_SERVER = 1_000;

/**
 * Joins the conversation of `session` and stays in it until `end()`. `renew` gets a fresh session (see `renewSession`). Tells
 * `onState` how it is: `online`, `reconnecting`, `offline` or `unreachable`; `onActivity` of every activity, each once; and
 * `onOver` that the server does not know the conversation any more: `{ unsent, wasHeard }`, the messages that it has not taken, and
 * whether it ever said anything.
 */
export function joinConversation({ session, renew, onState, onActivity, onOver }) {
  const heard = [];
  const ids = new Set();
  const echoes = new Map();
  const observers = new Set();
  const ending = new AbortController();
  const { signal } = ending;
  let latest = session;
  let client;
  /** `opening`, `open` or `lost`. */
  let socket = 'opening';
  let whenOpen = [];
  let isRenewing = false;
  let timer;

  function hear(said) {
    const activity = shownActivity(said);
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
    socket = 'opening';
    const { domain, conversationId, resumed } = latest;
    // With an id the client joins that conversation; without one it begins the token's own.
    const place = resumed || watermark ? { conversationId, watermark: watermark || '0' } : {};
    const mine = {};
    const broken = (waitMs) => {
      if (client === mine && !mine.isExpired) lost(waitMs);
    };
    client = mine;
    mine.directLine = createClient(
      { domain, token: latest.token, ...place },
      {
        opened: () => client === mine && opened(),
        closed: ({ code }) => {
          // More pages show the conversation than the server has room for: the one that is used gets it back at once.
          broken(code === CLOSED_BY_SERVER && !document.hasFocus() ? LONGEST_WAIT_MS : undefined);
        },
      },
    );
    const subscriptions = [
      mine.directLine.connectionStatus$.subscribe((status) => {
        if (status === EXPIRED && client === mine) expired(mine);
        else if (BROKEN.includes(status)) broken();
      }),
      mine.directLine.activity$.subscribe({ next: hear, error: () => broken(), complete: () => broken() }),
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
    old?.end();
  }

  function opened() {
    clearTimeout(timer);
    socket = 'open';
    onState('online');
    for (const go of whenOpen.splice(0)) go();
  }

  function lost(waitMs = FIRST_WAIT_MS) {
    if (signal.aborted) return;
    socket = 'lost';
    onState(navigator.onLine ? 'reconnecting' : 'offline');
    wait(waitMs);
  }

  /** Nothing is wrong yet: a new token is there at once, or that fails and is said. */
  function expired(mine) {
    // It ends with its token, socket and all.
    mine.isExpired = true;
    socket = 'lost';
    void reconnect();
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
      attach(watermark);
    } else if (answer.kind === 'gone') {
      end();
      onOver({ unsent: outbox.unsent(), wasHeard: heard.length > 0 });
    } else {
      if (socket !== 'open') onState(navigator.onLine ? 'unreachable' : 'offline');
      wait(Math.max(Math.min(lastWaitMs * 2, LONGEST_WAIT_MS), answer.seconds * 1_000));
    }
  }

  function untilOpen(deadline) {
    if (socket === 'open') return undefined;
    return new Promise((resolve, reject) => {
      whenOpen.push(resolve);
      const giveUp = () => reject(new Error('the message could not be sent in time'));
      const patience = setTimeout(giveUp, deadline - Date.now());
      signal.addEventListener('abort', () => clearTimeout(patience));
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
    if (slept) wake({ mayBeDead: true });
  }, TICK_MS);
  const wake = ({ mayBeDead = false } = {}) => {
    if (document.visibilityState === 'hidden' || socket === 'opening') return;
    if (socket === 'lost' || mayBeDead) void reconnect();
  };
  addEventListener('online', () => wake({ mayBeDead: true }), { signal });
  addEventListener('offline', () => onState('offline'), { signal });
  addEventListener('focus', () => wake(), { signal });
  addEventListener('pageshow', ({ persisted }) => wake({ mayBeDead: persisted }), { signal });
  const onVisible = () => wake({ mayBeDead: Date.now() - tickedAt > TICK_MS + ASLEEP_MS });
  document.addEventListener('visibilitychange', onVisible, { signal });

  const outbox = buildOutbox({
    untilOpen,
    echoOf: (mark) => echoes.get(mark),
    currentClient: () => client,
    onRefused: (refused) => client === refused && socket === 'open' && lost(),
  });
  attach();

  return {
    end,
    directLine: {
      // Web Chat reads in it whose bubbles are the person's own. Azure's tokens for a conversation that goes on do not say it.
      token: `.${btoa(JSON.stringify({ user: session.userId }))}.`,
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
      postActivity: outbox.post,
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
