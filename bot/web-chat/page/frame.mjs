/* The chat in the widget's frame: a head with a menu above the chat, and the talk with the page around it. */
import { ACCENT_NAMES, accentColours } from './accent.mjs';
import { startChat } from './chat.mjs';
import { readSettings } from './frame-settings.mjs';
import { makeMenu } from './menu.mjs';
import { messageTools } from './message-tools.mjs';
import { showNotice, showState } from './status.mjs';
import { styleOptions } from './style-options.mjs';
import { onSystemTheme, setTheme } from './theme.mjs';
import { timeInWords, wordsOf } from './words.mjs';

const settings = readSettings(location.hash);
const words = wordsOf(settings.language);
const root = document.documentElement;
const byId = (id) => document.getElementById(id);
const head = byId('head');
const about = byId('about');
const place = byId('web-chat');
/** Phones show their keyboard over half of the chat as soon as there is somewhere to type. */
const isTouch = matchMedia('(pointer: coarse)');

const SETTLE_MS = 100;
/** What an earlier conversation holds has begun to come by then. */
const SILENCE_MS = 1_000;

let { theme } = settings;
let isShown = true;
let unread = 0;
let hasSpoken = false;
let aboutTimer;

function tellHost(message) {
  if (settings.host) parent.postMessage({ from: 'support-chat', ...message }, settings.host);
}

function fill() {
  root.lang = words.language;
  document.title = settings.title || words.title;
  byId('title').textContent = document.title;
  byId('greeting').textContent = [settings.greeting || words.greeting, words.botSpeaks].filter(Boolean).join(' ');
  const keeps = timeInWords(Number(root.dataset.keepMinutes) || 1_440, words.locale);
  const { carriedBy } = root.dataset;
  const privacy = [words.privacy(location.host, keeps), carriedBy && words.carried(carriedBy)];
  byId('privacy').textContent = privacy.filter(Boolean).join(' ');
  for (const element of document.querySelectorAll('[data-words]')) element.textContent = words[element.dataset.words];
  for (const element of document.querySelectorAll('[data-label]')) {
    element.setAttribute('aria-label', words[element.dataset.label]);
    element.title = words[element.dataset.label];
  }
  for (const link of document.querySelectorAll('[data-privacy]')) {
    link.hidden = settings.privacyUrl === undefined;
    if (settings.privacyUrl) link.href = settings.privacyUrl;
  }
  byId('close').hidden = settings.host === undefined;
}

/** Wears a theme, with the site's own colour made readable in it. */
function dress(theme) {
  setTheme(theme);
  if (settings.accent === undefined) return;
  for (const name of ACCENT_NAMES) root.style.removeProperty(name);
  const style = getComputedStyle(root);
  const [surface, text] = ['--surface', '--text'].map((name) => style.getPropertyValue(name).trim());
  for (const [name, value] of Object.entries(accentColours(settings.accent, surface, text))) {
    root.style.setProperty(name, value);
  }
}

function begin() {
  hasSpoken = false;
  clearTimeout(aboutTimer);
}

function hear(activity) {
  if (activity.type !== 'message') return;
  if (activity.from?.role === 'user' || activity.from?.id?.startsWith('dl_')) {
    hasSpoken = true;
    showAbout(false);
  } else if (!isShown) {
    unread += 1;
    tellHost({ kind: 'unread', count: unread });
  }
  // A conversation that is opened again comes in pieces, and the person's first message may be in the next one.
  showAboutIn(SETTLE_MS);
}

function onState(state) {
  showState(byId('status'), state, words);
  // A bot may be silent until it is spoken to; what becomes of their words, people are told before.
  if (state === 'online') showAboutIn(SILENCE_MS);
}

function showAboutIn(ms) {
  if (hasSpoken) return;
  clearTimeout(aboutTimer);
  aboutTimer = setTimeout(() => showAbout(!hasSpoken), ms);
}

function showAbout(isWished) {
  if (about.hidden === !isWished) return;
  const hadFocus = about.contains(document.activeElement);
  about.hidden = !isWished;
  if (hadFocus) takeFocus();
}

function takeFocus() {
  if (isTouch.matches) head.focus({ preventScroll: true });
  else chat.focus();
}

function onHostMessage({ data, origin, source }) {
  if (source !== parent || origin !== settings.host || data?.from !== 'support-chat') return;
  if (data.kind === 'shown') {
    isShown = true;
    unread = 0;
    tellHost({ kind: 'unread', count: 0 });
    if (data.takesFocus) takeFocus();
  } else if (data.kind === 'hidden') {
    isShown = false;
  } else if (data.kind === 'theme') {
    ({ theme } = data);
    redress();
  }
}

function redress() {
  dress(theme);
  chat.render();
}

fill();
dress(theme);

const chat = startChat({
  place,
  words,
  look: styleOptions,
  middleware: messageTools(words),
  onState,
  onBegin: begin,
  onNotice: (text) => showNotice(byId('notice'), text),
  onActivity: hear,
});

makeMenu(byId('menu-button'), byId('menu'));
byId('new-conversation').addEventListener('click', () => void chat.begin());
for (const item of document.querySelectorAll('[data-say]')) {
  item.addEventListener('click', () => chat.say(item.dataset.say));
}
byId('close').addEventListener('click', () => tellHost({ kind: 'close' }));
addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && !event.defaultPrevented && !event.isComposing) tellHost({ kind: 'close' });
});
addEventListener('message', onHostMessage);
onSystemTheme(redress);
// Browsers are in no hurry with a style sheet that they think they do not need.
byId('dark').addEventListener('load', redress);
tellHost({ kind: 'ready' });
