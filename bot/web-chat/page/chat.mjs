/* The chat of a page: Web Chat with the conversation of this browser in it. */
import { watchChoices } from './choices.mjs';
import { joinConversation } from './connection.mjs';
import { renderMarkdown, watchReferences } from './markdown.mjs';
import { forgetSession, onSessionElsewhere, openSession, renewSession } from './session.mjs';

const BUNDLE = '/web-chat/webchat.js';
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 10_000;
const SEND_BOX = '[data-id="webchat-sendbox-input"]';
/** How long Web Chat may take until it has drawn its send box. */
const DRAWING_MS = 10_000;

/**
 * Shows the conversation of this browser in the element `place`, or begins one, and goes on trying while there is no server.
 * `words` are those of words.mjs, `look()` gives Web Chat's style options, `middleware` is its middleware for attachments.
 * Tells `onState` how the connection is, `onBegin` that a conversation takes the place, `onNotice` what has happened to the one
 * before (empty: nothing), and `onActivity` of every activity, each once.
 */
export function startChat({ place, words, look, middleware, onState, onBegin, onNotice, onActivity }) {
  let current;
  let opening;

  /** One at a time: whoever asks while it is under way gets the same. */
  function open(options) {
    opening ??= openNow(options).finally(() => {
      opening = undefined;
    });
    return opening;
  }

  async function openNow({ fresh = false, notice = '', unsent = [] } = {}) {
    onState('connecting');
    const bundle = loadBundle();
    for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)) {
      const answer = await openSession({ fresh });
      if (answer.kind === 'session') {
        await bundle;
        show(answer.session);
        break;
      }
      onState(navigator.onLine ? 'unreachable' : 'offline');
      await pauseOrOnline(Math.max(waitMs, answer.seconds * 1_000));
    }
    onNotice(notice);
    for (const { type, text } of unsent) if (type === 'message' && text) say(text);
  }

  function show(session) {
    const hadFocus = place.contains(document.activeElement);
    current?.connection.end();
    const chat = { id: session.conversationId, store: window.WebChat.createStore() };
    current = chat;
    onBegin();
    chat.connection = joinConversation({
      session,
      renew: renewSession,
      onState: (state) => current === chat && onState(state),
      onActivity: (activity) => current === chat && heard(activity),
      onOver: ({ unsent, wasHeard }) => current === chat && void open({ notice: wasHeard ? words.over : '', unsent }),
    });
    // Web Chat keeps what it showed in the element, so every conversation gets its own.
    place.replaceChildren(document.createElement('div'));
    render();
    if (hadFocus) focus();
  }

  function heard(activity) {
    onActivity(activity);
    if (activity.type !== 'event' || activity.name !== 'conversation-deleted') return;
    const notice = typeof activity.value?.text === 'string' ? activity.value.text : words.deleted;
    current.connection.end();
    forgetSession({ conversationId: current.id });
    void open({ notice });
  }

  function render() {
    if (!current) return;
    window.WebChat.renderWebChat(
      {
        directLine: current.connection.directLine,
        store: current.store,
        locale: words.locale,
        overrideLocalizedStrings: { TEXT_INPUT_PLACEHOLDER: words.placeholder },
        styleOptions: look(),
        attachmentMiddleware: middleware,
        renderMarkdown,
      },
      place.firstElementChild,
    );
  }

  function say(text) {
    const { store } = current ?? {};
    if (!store) return;
    whenConnected(store, () => store.dispatch({ type: 'WEB_CHAT/SEND_MESSAGE', payload: { text } }));
    focus();
  }

  /** Puts the focus into the send box, as soon as there is one. */
  function focus() {
    const find = () => place.querySelector(SEND_BOX);
    const focusFound = () => find()?.focus({ preventScroll: true });
    if (find()) return focusFound();
    const watch = new MutationObserver(() => {
      if (!find()) return;
      watch.disconnect();
      focusFound();
    });
    watch.observe(place, { childList: true, subtree: true });
    setTimeout(() => watch.disconnect(), DRAWING_MS);
  }

  watchReferences(place);
  watchChoices(place, () => current?.store.getState().suggestedActions ?? []);
  onSessionElsewhere((conversationId) => {
    if (current && conversationId !== current.id) void open({ notice: words.elsewhere });
  });
  void open();

  return {
    say,
    focus,
    render,
    /** A new conversation in the place of this one. */
    async begin() {
      await open({ fresh: true });
      focus();
    },
  };
}

/** Calls `act` as soon as Web Chat's store takes messages. */
function whenConnected(store, act) {
  const isConnected = () => store.getState().connectivityStatus === 'connected';
  if (isConnected()) return act();
  const stop = store.subscribe(() => {
    if (!isConnected()) return;
    stop();
    // Not while it is still at work on the change.
    queueMicrotask(act);
  });
}

/** Resolves when Web Chat is there; goes on trying. */
async function loadBundle() {
  for (let waitMs = FIRST_WAIT_MS; !window.WebChat; waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)) {
    const script = document.createElement('script');
    script.src = BUNDLE;
    const loaded = new Promise((resolve) => {
      script.onload = () => resolve(true);
      script.onerror = () => resolve(false);
    });
    document.head.append(script);
    if (!(await loaded)) await pauseOrOnline(waitMs);
  }
}

function pauseOrOnline(ms) {
  return new Promise((resolve) => {
    const timer = setTimeout(done, ms);
    function done() {
      clearTimeout(timer);
      removeEventListener('online', done);
      resolve();
    }
    addEventListener('online', done);
  });
}
