/* The chat widget: a button in the corner of a page that opens the chat in a frame. One script element is all a page needs. */
(() => {
  'use strict';
  const script = document.currentScript;
  if (!script) return console.warn('Support chat: widget.js is a plain script, so its element has no type="module".');
  // An element with that id would be there, too.
  if (typeof window.SupportChat?.open === 'function') {
    return console.warn('Support chat: the widget is on this page already.');
  }

  const FRAME = new URL('/web-chat/frame.html', script.src);
  const ANSWER_MS = 15_000;
  const LOADED_MS = 1_500;
  const DEFAULT_ACCENT = '#0b5cad';
  const MAX_BADGE = 9;

  const WORDS = {
    en: [
      'Support chat',
      'Open chat',
      'Close chat',
      'New messages: ',
      'Loading…',
      'The chat cannot be reached.',
      'Try again',
    ],
    de: [
      'Support-Chat',
      'Chat öffnen',
      'Chat schließen',
      'Neue Nachrichten: ',
      'Wird geladen…',
      'Der Chat ist nicht erreichbar.',
      'Noch einmal versuchen',
    ],
    fr: [
      'Assistance',
      'Ouvrir le chat',
      'Fermer le chat',
      'Nouveaux messages : ',
      'Chargement…',
      'Le chat est injoignable.',
      'Réessayer',
    ],
    es: [
      'Chat de ayuda',
      'Abrir el chat',
      'Cerrar el chat',
      'Mensajes nuevos: ',
      'Cargando…',
      'No se puede acceder al chat.',
      'Intentar de nuevo',
    ],
    nb: [
      'Kundestøtte',
      'Åpne chatten',
      'Lukk chatten',
      'Nye meldinger: ',
      'Laster…',
      'Chatten kan ikke nås.',
      'Prøv igjen',
    ],
  };

  /** The value of a data attribute as `read` understands it; with a warning, its default where `read` gives `undefined`. */
  function setting(name, needed, byDefault, read) {
    const found = script.getAttribute(`data-${name}`)?.trim();
    if (found === undefined) return byDefault;
    const value = read(found);
    if (value !== undefined) return value;
    console.warn(
      `Support chat: data-${name} is "${found.slice(0, 100)}"; ${needed} is needed. ${byDefault ? `"${byDefault}" is used.` : 'It is left out.'}`,
    );
    return byDefault;
  }

  const oneOf = (name, allowed, byDefault) =>
    setting(name, allowed.map((value) => `"${value}"`).join(' or '), byDefault, (found) =>
      allowed.find((value) => value === found.toLowerCase()),
    );
  const text = (name, maxLength, byDefault) =>
    setting(name, `a text of 1 to ${maxLength} characters`, byDefault, (found) =>
      found !== '' && found.length <= maxLength ? found : undefined,
    );
  /** `de-AT` is as good as `de`. */
  const knownLanguage = (tag) => Object.keys(WORDS).find((known) => known === tag.toLowerCase().split('-')[0]);

  const language = setting(
    'language',
    `one of ${Object.keys(WORDS).join(', ')}`,
    knownLanguage(document.documentElement.lang) ?? 'en',
    knownLanguage,
  );
  const [defaultTitle, openWords, closeWords, unreadWords, loadingWords, failedWords, againWords] = WORDS[language];
  const readTheme = () => oneOf('theme', ['light', 'dark', 'auto'], 'auto');
  const settings = {
    title: text('title', 80, defaultTitle),
    greeting: text('greeting', 400, ''),
    theme: readTheme(),
    accent: setting('accent', 'a colour such as #0b5cad', DEFAULT_ACCENT, (found) => {
      if (/^#[\da-f]{6}$/i.test(found)) return found;
      return /^#[\da-f]{3}$/i.test(found) ? found.replace(/[\da-f]/gi, '$&$&') : undefined;
    }),
    position: oneOf('position', ['right', 'left'], 'right'),
    open: setting(
      'open',
      '"true" or "false"',
      'false',
      (found) => ({ '': 'true', true: 'true', false: 'false' })[found.toLowerCase()],
    ),
    privacyUrl: setting('privacy-url', 'an address that starts with https:// or http://', '', (found) => {
      const url = URL.canParse(found, document.baseURI) ? new URL(found, document.baseURI) : undefined;
      return /^https?:$/.test(url?.protocol) ? url.href : undefined;
    }),
  };

  const isLight =
    [1, 3, 5]
      .map((start, index) => Number.parseInt(settings.accent.slice(start, start + 2), 16) * [0.3, 0.59, 0.11][index])
      .reduce((sum, part) => sum + part) > 150;

  // The rules of the page cannot reach in; against its !important ones stand important ones of our own.
  const CSS = `
    :host { all: initial !important; direction: ltr !important; }
    :host([data-theme="light"]) { color-scheme: light !important; }
    :host([data-theme="dark"]) { color-scheme: dark !important; }
    :host([data-theme="auto"]) { color-scheme: light dark !important; }
    * { box-sizing: border-box; }
    .launcher, dialog { position: fixed; ${settings.position}: calc(20px + env(safe-area-inset-${settings.position})); z-index: 2147483647; }
    .launcher {
      bottom: calc(20px + env(safe-area-inset-bottom)); display: grid; place-items: center; width: 56px; height: 56px; margin: 0; padding: 0;
      border: 1px solid transparent; border-radius: 50%; cursor: pointer;
      background: ${settings.accent}; color: ${isLight ? '#000' : '#fff'}; box-shadow: 0 2px 6px rgb(0 0 0 / 20%), 0 8px 24px rgb(0 0 0 / 20%);
    }
    .launcher:focus-visible { outline: 3px solid #fff; outline-offset: 0; box-shadow: 0 0 0 6px #17212b; }
    .launcher svg { width: 28px; height: 28px; fill: none; stroke: currentColor; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; }
    .launcher[aria-expanded="true"] .chat, .launcher[aria-expanded="false"] .less { display: none; }
    .badge {
      position: absolute; top: -5px; right: -5px; min-width: 24px; height: 24px; padding: 0 6px; border: 2px solid #fff; border-radius: 12px;
      background: #b3261e; color: #fff; font: 700 13px/20px system-ui, sans-serif; text-align: center;
    }
    .spoken { position: fixed; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
    [hidden], dialog:not([open]) { display: none !important; }
    dialog {
      inset-block: auto calc(88px + env(safe-area-inset-bottom)); inset-inline: auto; ${settings.position}: calc(20px + env(safe-area-inset-${settings.position}));
      width: 400px; max-width: calc(100vw - 40px); height: min(660px, 100dvh - 112px); max-height: none; margin: 0; padding: 0; overflow: hidden;
      border: 1px solid light-dark(#c5d0db, #334150); border-radius: 16px; background: light-dark(#fff, #161e27); color: light-dark(#17212b, #e7edf3);
      font: 16px/1.5 system-ui, sans-serif; box-shadow: 0 4px 12px rgb(0 0 0 / 12%), 0 16px 48px rgb(0 0 0 / 22%);
    }
    dialog.full { inset: 0; width: 100%; max-width: none; height: 100%; border: 0; border-radius: 0; }
    dialog::backdrop { background: none; }
    iframe { display: block; width: 100%; height: 100%; border: 0; color-scheme: inherit; }
    .waiting { position: absolute; inset: 0; display: grid; place-content: center; justify-items: center; gap: 12px; padding: 24px; text-align: center; }
    .waiting p { margin: 0; }
    .waiting button { min-height: 44px; padding: 8px 18px; border: 1px solid currentColor; border-radius: 10px; background: none; color: inherit; font: inherit; cursor: pointer; }
    .waiting button:focus-visible { outline: 3px solid; outline-offset: 2px; }
    @media (prefers-reduced-motion: no-preference) {
      dialog[open] { animation: appear 0.16s ease-out; }
      @keyframes appear { from { opacity: 0; transform: translateY(12px); } }
    }
    @media print { .launcher, dialog { display: none; } }
  `;

  const fullScreen = matchMedia('(max-width: 480px), (max-height: 480px)');
  let shadow, host, launcher, badge, spoken, panel, waiting, frame, isReady, timer;

  /** An element with properties, attributes and children. */
  function make(name, { attributes = {}, children = [], ...properties } = {}) {
    const element = Object.assign(document.createElement(name), properties);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  }

  function picture(name, path) {
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    svg.setAttribute('viewBox', '0 0 24 24');
    svg.setAttribute('aria-hidden', 'true');
    svg.setAttribute('class', name);
    const line = document.createElementNS('http://www.w3.org/2000/svg', 'path');
    line.setAttribute('d', path);
    svg.append(line);
    return svg;
  }

  function build() {
    host = make('div', { lang: language, attributes: { 'data-theme': settings.theme } });
    shadow = host.attachShadow({ mode: 'closed' });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(CSS);
    shadow.adoptedStyleSheets = [sheet];
    badge = make('span', { className: 'badge', hidden: true, attributes: { 'aria-hidden': 'true' } });
    launcher = make('button', {
      type: 'button',
      className: 'launcher',
      onclick: () => (panel?.open ? close() : open()),
      attributes: { 'aria-expanded': 'false', 'aria-label': openWords },
      children: [
        picture(
          'chat',
          'M21 11.5a8.4 8.4 0 0 1-12.2 7.5L3 21l2-5.8A8.4 8.4 0 1 1 21 11.5ZM8.5 11.5h.01M12.5 11.5h.01M16.5 11.5h.01',
        ),
        picture('less', 'm6 9 6 6 6-6'),
        badge,
      ],
    });
    spoken = make('span', { className: 'spoken', attributes: { role: 'status' } });
    shadow.append(launcher, spoken);
    document.body.append(host);
  }

  function buildPanel() {
    waiting = make('div', { className: 'waiting' });
    panel = make('dialog', { attributes: { 'aria-label': settings.title }, children: [waiting] });
    // Escape in the frame comes as a message.
    panel.addEventListener('cancel', (event) => {
      event.preventDefault();
      close();
    });
    host.addEventListener('keydown', ({ key }) => key === 'Escape' && panel.open && close());
    launcher.before(panel);
    loadFrame();
  }

  function loadFrame() {
    isReady = false;
    const hadFocus = waiting.contains(shadow.activeElement);
    const words = make('p', { textContent: loadingWords, attributes: { role: 'status' } });
    const again = make('button', { type: 'button', textContent: againWords, hidden: true, onclick: loadFrame });
    const away = make('button', { type: 'button', textContent: closeWords, onclick: close });
    waiting.replaceChildren(words, again, away);
    waiting.hidden = false;
    if (hadFocus) away.focus();
    frame?.remove();
    const { title, greeting, theme, accent, privacyUrl } = settings;
    const wishes = {
      host: location.origin,
      language,
      title,
      greeting,
      theme,
      accent: accent === DEFAULT_ACCENT ? undefined : accent,
      privacyUrl,
    };
    frame = make('iframe', { title, allow: 'clipboard-write', referrerPolicy: 'no-referrer', hidden: true });
    frame.src = `${FRAME}#${encodeURIComponent(JSON.stringify(wishes))}`;
    const failAfter = (ms) => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        words.textContent = failedWords;
        again.hidden = false;
      }, ms);
    };
    // What is loaded and says nothing is the browser's page about an error.
    frame.onload = () => isReady || failAfter(LOADED_MS);
    failAfter(ANSWER_MS);
    panel.append(frame);
  }

  function open({ takesFocus = true } = {}) {
    if (!host || panel?.open) return;
    if (!panel) buildPanel();
    lay(takesFocus);
    launcher.setAttribute('aria-expanded', 'true');
    launcher.setAttribute('aria-label', closeWords);
    showUnread(0);
    if (isReady) enter(takesFocus);
  }

  function close() {
    if (!panel?.open) return;
    panel.close();
    launcher.setAttribute('aria-expanded', 'false');
    launcher.setAttribute('aria-label', openWords);
    launcher.focus({ preventScroll: true });
    tellFrame({ kind: 'hidden' });
  }

  /** Beside the page where there is room for both, else in its place, as a modal dialog. */
  function lay(takesFocus) {
    if (panel.open) panel.close();
    panel.classList.toggle('full', fullScreen.matches);
    if (fullScreen.matches) panel.showModal();
    else if (takesFocus) panel.show();
    else panel.setAttribute('open', '');
    coverVisible();
  }

  /** A phone's keyboard covers the page without making it smaller. */
  function coverVisible() {
    const { visualViewport } = window;
    const covers = panel?.open && fullScreen.matches && visualViewport?.scale === 1;
    panel?.style.setProperty('height', covers ? `${visualViewport.height}px` : '');
    panel?.style.setProperty('top', covers ? `${visualViewport.offsetTop}px` : '');
  }

  function enter(takesFocus) {
    if (takesFocus) frame.focus();
    tellFrame({ kind: 'shown', takesFocus });
  }

  function tellFrame(message) {
    if (isReady) frame.contentWindow.postMessage({ from: 'support-chat', ...message }, FRAME.origin);
  }

  function showUnread(count) {
    badge.hidden = count === 0;
    badge.textContent = count > MAX_BADGE ? `${MAX_BADGE}+` : count;
    spoken.textContent = count > 0 ? unreadWords + count : '';
    if (!panel?.open)
      launcher.setAttribute('aria-label', count > 0 ? `${openWords}. ${unreadWords}${count}` : openWords);
  }

  addEventListener('message', ({ data, origin, source }) => {
    if (!frame || source !== frame.contentWindow || origin !== FRAME.origin || data?.from !== 'support-chat') return;
    if (data.kind === 'ready') {
      clearTimeout(timer);
      isReady = true;
      // Whoever has gone on in the page meanwhile is left there.
      const takesFocus = shadow.activeElement !== null;
      waiting.hidden = true;
      frame.hidden = false;
      if (panel.open) enter(takesFocus);
      else tellFrame({ kind: 'hidden' });
    } else if (data.kind === 'unread' && Number.isInteger(data.count)) showUnread(data.count);
    else if (data.kind === 'close') close();
  });
  fullScreen.addEventListener('change', () => {
    if (!panel?.open) return;
    lay(true);
    if (isReady) enter(true);
  });
  for (const name of ['resize', 'scroll']) window.visualViewport?.addEventListener(name, coverVisible);
  new MutationObserver(() => {
    settings.theme = readTheme();
    host?.setAttribute('data-theme', settings.theme);
    tellFrame({ kind: 'theme', theme: settings.theme });
  }).observe(script, { attributeFilter: ['data-theme'] });

  window.SupportChat = Object.freeze({ open: () => open(), close });

  function start() {
    build();
    // Nobody has asked for it: it neither takes the focus nor covers the page.
    if (settings.open === 'true' && !fullScreen.matches) open({ takesFocus: false });
  }
  if (document.body) start();
  else addEventListener('DOMContentLoaded', start, { once: true });
})();
