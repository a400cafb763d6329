/* What can be done with a message: the outcome of a guide can be copied and printed on its own, a transcript can be saved. */

const SHOW_RESULT_MS = 2_500;

/**
 * Web Chat's middleware that puts the buttons under the text of such a message, which it knows by the activity's channel data.
 * The page has no React of its own, so an element is made by the pattern of one of Web Chat's.
 */
export function messageTools(words) {
  return () => (next) => (card) => {
    const shown = next(card);
    const { kind, title, text } = card.activity.channelData ?? {};
    if (!shown || typeof text !== 'string' || !card.attachment.contentType.startsWith('text/')) return shown;
    const element = (type, props) => ({ ...shown, type, key: null, ref: null, props });
    const button = (label, name, press) =>
      element('button', {
        type: 'button',
        className: 'tool',
        'aria-label': name,
        onClick: (event) => press(event.currentTarget),
        children: label,
      });
    const under = (...tools) =>
      element('div', {
        className: 'with-tools',
        children: [shown, element('div', { className: 'tools', children: tools })],
      });
    switch (kind) {
      case 'outcome':
        return under(
          button(words.copy, words.copyAdvice, (pressed) => copyFrom(pressed, text, words)),
          button(words.print, words.printAdvice, (pressed) => print(pressed.closest('.with-tools'), title)),
        );
      case 'transcript':
        return under(button(words.save, words.saveTranscript, () => save(text)));
      default:
        return shown;
    }
  };
}

async function copyFrom(button, text, words) {
  const result = (await copy(text)) ? words.copied : words.copyRefused;
  button.textContent = result;
  document.getElementById('spoken').textContent = result;
  setTimeout(() => {
    button.textContent = words.copy;
    document.getElementById('spoken').textContent = '';
  }, SHOW_RESULT_MS);
}

/** Whether the text is on the clipboard now. Pages without HTTPS have no clipboard of their own, so the old way is tried too. */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

function copyBySelection(text) {
  const focused = document.activeElement;
  const area = document.createElement('textarea');
  area.value = text;
  area.className = 'off-screen';
  document.body.append(area);
  area.select();
  try {
    return document.execCommand('copy');
  } catch {
    return false;
  } finally {
    area.remove();
    focused?.focus({ preventScroll: true });
  }
}

/** The style sheet prints what is in the element `printed` alone while the body says so. */
function print(message, title) {
  const printed = document.getElementById('printed');
  const heading = document.createElement('h1');
  heading.textContent = title;
  const origin = document.createElement('p');
  origin.className = 'printed__origin';
  const pageTitle = document.title;
  const { lang } = document.documentElement;
  origin.textContent = `${pageTitle} · ${new Date().toLocaleDateString(lang === 'en' ? 'en-GB' : lang, { dateStyle: 'long' })}`;
  const text = message.querySelector('.webchat__render-markdown').cloneNode(true);
  text.className = 'printed__text';
  printed.replaceChildren(origin, heading, text);
  document.body.classList.add('printing');
  // Browsers offer it as the name of a PDF file.
  document.title = title;
  addEventListener(
    'afterprint',
    () => {
      document.body.classList.remove('printing');
      document.title = pageTitle;
    },
    { once: true },
  );
  window.print();
}

function save(text) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }));
  link.download = `chat-${new Date().toISOString().slice(0, 10)}.txt`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), SHOW_RESULT_MS);
}
