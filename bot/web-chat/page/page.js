/* The demo page: opens a conversation, keeps it across reloads, and says in plain words how the connection is. */
(() => {
  const DIRECT_LINE = `${location.origin}/v3/directline`;
  const STORAGE_KEY = 'vpn-gateway-support';
  const KEEP_ALIVE_MS = 10 * 60_000;
  const CHECK_MS = 2_000;
  const MAX_CHECK_MS = 30_000;
  // Direct Line's client has no name for these numbers in Web Chat's bundle.
  const ONLINE = 2;
  const EXPIRED_TOKEN = 3;
  const FAILED_TO_CONNECT = 4;
  const ENDED = 5;

  const statusLine = document.getElementById('status');
  const notice = document.getElementById('notice');
  const newButton = document.getElementById('new-conversation');
  const chat = document.getElementById('web-chat');
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const calm = matchMedia('(prefers-reduced-motion: reduce)');

  /** The conversation on the page: its token, id, Direct Line client and Web Chat store. */
  let current;
  let checkTimer;
  let opening = false;

  const STATUS = {
    connecting: 'Connecting…',
    online: 'Connected',
    reconnecting: 'Connection lost. Trying to get it back…',
    offline: 'You seem to be offline',
    unreachable: 'The support bot cannot be reached. Trying again…',
  };

  function showStatus(name) {
    const state = name === 'online' ? 'online' : name === 'connecting' ? 'connecting' : 'offline';
    statusLine.dataset.state = state;
    if (statusLine.textContent !== STATUS[name]) statusLine.textContent = STATUS[name];
  }

  function showNotice(words) {
    notice.textContent = words;
    notice.hidden = words === '';
  }

  // Direct Line's client does not tell when its socket is lost, so the page watches the sockets that it opens.
  window.WebSocket = class extends WebSocket {
    constructor(...parameters) {
      super(...parameters);
      const owner = current;
      this.addEventListener('open', () => {
        if (owner === current) connected();
      });
      this.addEventListener('close', () => {
        if (owner === current) lost();
      });
    }
  };

  function connected() {
    clearTimeout(checkTimer);
    showStatus('online');
  }

  function lost() {
    showStatus(navigator.onLine ? 'reconnecting' : 'offline');
    checkLater(CHECK_MS);
  }

  function checkLater(delayMs) {
    clearTimeout(checkTimer);
    checkTimer = setTimeout(() => check(delayMs), delayMs);
  }

  /** Finds out whether the conversation is still there; if it is not, a new one takes its place. */
  async function check(delayMs) {
    const conversation = current;
    if (!conversation || opening) return;
    const renewed = await renew(conversation);
    if (conversation !== current) return;
    if (renewed.kind === 'gone') await open({ words: 'The earlier conversation is over, so this is a new one.' });
    else if (statusLine.dataset.state !== 'online') {
      showStatus(renewed.kind === 'kept' ? 'reconnecting' : navigator.onLine ? 'unreachable' : 'offline');
      checkLater(Math.min(delayMs * 2, MAX_CHECK_MS));
    }
  }

  /** A fresh token for a conversation: `kept`, `gone`, or `unknown` while the server cannot be reached. */
  async function renew(conversation) {
    try {
      const response = await post('/tokens/refresh', conversation.token);
      if ([401, 403, 404].includes(response.status)) return { kind: 'gone' };
      if (!response.ok) return { kind: 'unknown' };
      const { token, conversationId } = await response.json();
      if (conversation === current) conversation.token = token;
      store({ token, conversationId });
      return { kind: 'kept', token, conversationId };
    } catch {
      return { kind: 'unknown' };
    }
  }

  function post(path, token) {
    return fetch(DIRECT_LINE + path, {
      method: 'POST',
      headers: token ? { authorization: `Bearer ${token}` } : {},
      cache: 'no-store',
    });
  }

  // Browsers can be set to refuse storage; the chat then works, and a reload begins a new conversation.
  function store(conversation) {
    try {
      sessionStorage.setItem(STORAGE_KEY, JSON.stringify(conversation));
    } catch {}
  }

  function stored() {
    try {
      const { token, conversationId } = JSON.parse(sessionStorage.getItem(STORAGE_KEY));
      return typeof token === 'string' && typeof conversationId === 'string' ? { token, conversationId } : undefined;
    } catch {
      return undefined;
    }
  }

  async function resume() {
    const earlier = stored();
    if (!earlier) return undefined;
    const renewed = await renew(earlier);
    if (renewed.kind === 'unknown') throw new Error('the server cannot be reached');
    return renewed.kind === 'kept' ? { token: renewed.token, conversationId: renewed.conversationId } : undefined;
  }

  async function begin() {
    const response = await post('/tokens/generate');
    if (!response.ok) throw new Error(`no conversation: ${response.status}`);
    const { token, conversationId } = await response.json();
    store({ token, conversationId });
    return { token };
  }

  /** Shows the conversation of this tab, or a new one. Goes on trying while the server cannot be reached. */
  async function open({ keep = false, words = '' }) {
    if (opening) return;
    opening = true;
    newButton.disabled = true;
    clearTimeout(checkTimer);
    showStatus('connecting');
    for (let waitMs = 2_000; ; waitMs = Math.min(waitMs * 2, MAX_CHECK_MS)) {
      try {
        show((keep && (await resume())) || (await begin()));
        break;
      } catch {
        showStatus(navigator.onLine ? 'unreachable' : 'offline');
        await new Promise((resolve) => setTimeout(resolve, waitMs));
      }
    }
    showNotice(words);
    newButton.disabled = false;
    opening = false;
  }

  function show({ token, conversationId }) {
    current?.directLine.end();
    // With an id the client joins that conversation and hears it from the start; without one it begins the token's own.
    const directLine = WebChat.createDirectLine({
      domain: DIRECT_LINE,
      token,
      webSocket: true,
      ...(conversationId ? { conversationId, watermark: '0' } : {}),
    });
    const conversation = { token, directLine, store: WebChat.createStore() };
    current = conversation;
    directLine.connectionStatus$.subscribe((status) => {
      if (conversation !== current) return;
      if ([EXPIRED_TOKEN, FAILED_TO_CONNECT, ENDED].includes(status)) lost();
      else if (status !== ONLINE) showStatus('connecting');
    });
    // Web Chat keeps what it showed in the element, so every conversation gets its own.
    chat.replaceChildren(document.createElement('div'));
    render();
  }

  function render() {
    WebChat.renderWebChat(
      {
        directLine: current.directLine,
        store: current.store,
        locale: 'en-US',
        overrideLocalizedStrings: { TEXT_INPUT_PLACEHOLDER: 'Ask about Azure VPN Gateway' },
        styleOptions: styleOptions(),
        attachmentMiddleware: outcomeMiddleware,
      },
      chat.firstElementChild,
    );
  }

  /** Web Chat computes with its colours, so they are read from the style sheet and given to it as values. */
  function styleOptions() {
    const style = getComputedStyle(document.documentElement);
    const colour = (name) => style.getPropertyValue(`--${name}`).trim();
    const [accent, surface, text, muted, line] = ['accent', 'surface', 'text', 'muted', 'line'].map(colour);
    const [raised, soft] = ['raised', 'accent-soft'].map(colour);
    const bubble = {
      bubbleBorderRadius: 14,
      bubbleFromUserBorderRadius: 14,
      bubbleBorderWidth: 1,
      bubbleFromUserBorderWidth: 0,
    };
    return {
      ...bubble,
      accent,
      backgroundColor: surface,
      subtle: muted,
      primaryFont: style.getPropertyValue('--sans'),
      fontSizeSmall: '80%',
      rootHeight: '100%',
      ...(calm.matches ? { transitionDuration: '0s' } : {}),
      botAvatarInitials: 'VG',
      botAvatarBackgroundColor: dark.matches ? '#1f5fa8' : accent,
      avatarSize: 34,
      bubbleBackground: raised,
      bubbleBorderColor: line,
      bubbleTextColor: text,
      bubbleMaxWidth: 640,
      bubbleFromUserBackground: dark.matches ? '#1f5fa8' : accent,
      bubbleFromUserTextColor: '#ffffff',
      timestampColor: muted,
      hideUploadButton: true,
      // A long answer is shown from its beginning.
      autoScrollSnapOnPage: true,
      maxMessageLength: 2_000,
      sendBoxBackground: surface,
      sendBoxTextColor: text,
      sendBoxPlaceholderColor: muted,
      sendBoxButtonColor: accent,
      sendBoxBorderTop: `solid 1px ${line}`,
      sendBoxHeight: 56,
      sendBoxTextWrap: true,
      suggestedActionLayout: 'flow',
      suggestedActionsFlowMaxHeight: Math.round(Math.min(innerHeight * 0.32, 300)),
      suggestedActionBackgroundColor: surface,
      suggestedActionBackgroundColorOnHover: soft,
      suggestedActionBackgroundColorOnFocus: soft,
      suggestedActionBackgroundColorOnActive: soft,
      suggestedActionBorderColor: accent,
      suggestedActionBorderWidth: 1,
      suggestedActionBorderRadius: 20,
      suggestedActionTextColor: accent,
      suggestedActionTextColorOnHover: accent,
      suggestedActionTextColorOnFocus: accent,
      suggestedActionTextColorOnActive: accent,
      suggestedActionHeight: 40,
      suggestedActionKeyboardFocusIndicatorBorderColor: accent,
      suggestedActionKeyboardFocusIndicatorBorderStyle: 'solid',
      suggestedActionKeyboardFocusIndicatorBorderWidth: 2,
      suggestedActionKeyboardFocusIndicatorBorderRadius: 16,
      suggestedActionsVisualKeyboardIndicatorColor: line,
      sendBoxButtonKeyboardFocusIndicatorBorderColor: accent,
      transcriptVisualKeyboardIndicatorColor: accent,
      transcriptActivityVisualKeyboardIndicatorColor: accent,
      transcriptOverlayButtonBackground: raised,
      transcriptOverlayButtonColor: text,
    };
  }

  function say(text) {
    current?.store.dispatch({ type: 'WEB_CHAT/SEND_MESSAGE', payload: { text } });
    focusSendBox();
  }

  function focusSendBox() {
    chat.querySelector('[data-id="webchat-sendbox-input"]')?.focus();
  }

  newButton.addEventListener('click', async () => {
    await open({});
    focusSendBox();
  });
  for (const button of document.querySelectorAll('[data-say]')) {
    button.addEventListener('click', () => say(button.dataset.say));
  }
  watchChoices(chat, () => current?.store.getState().suggestedActions ?? []);
  dark.addEventListener('change', () => {
    if (current) render();
  });
  window.addEventListener('online', () => checkLater(0));
  window.addEventListener('offline', () => showStatus('offline'));
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') void check(CHECK_MS);
  });
  setInterval(() => check(CHECK_MS), KEEP_ALIVE_MS);

  void open({ keep: true });
})();
