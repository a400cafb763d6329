/* The demo page: the chat beside its examples. */
import { startChat } from './chat.mjs';
import { messageTools } from './message-tools.mjs';
import { showNotice, showState } from './status.mjs';
import { styleOptions } from './style-options.mjs';
import { onSystemTheme } from './theme.mjs';
import { wordsOf } from './words.mjs';

const words = wordsOf('en', { placeholder: 'Ask about Azure VPN Gateway' });
const statusLine = document.getElementById('status');
const notice = document.getElementById('notice');
const newButton = document.getElementById('new-conversation');

const chat = startChat({
  place: document.getElementById('web-chat'),
  words,
  look: () => styleOptions({ initials: 'VG' }),
  middleware: messageTools(words),
  onState: (state) => {
    newButton.disabled = state === 'connecting';
    showState(statusLine, state, words);
  },
  onBegin: () => {},
  onNotice: (text) => showNotice(notice, text),
  onActivity: () => {},
});

newButton.addEventListener('click', () => void chat.begin());
for (const button of document.querySelectorAll('[data-say]')) {
  button.addEventListener('click', () => chat.say(button.dataset.say));
}
onSystemTheme(() => chat.render());
