/* The outcome of a guide can be copied and printed on its own. */
(() => {
  const SHOW_RESULT_MS = 2_500;

  /**
   * Web Chat's middleware that puts the buttons under the text of an outcome, which it knows by the activity's channel data.
   * The page has no React of its own, so an element is made by the pattern of one of Web Chat's.
   */
  window.outcomeMiddleware = () => (next) => (card) => {
    const shown = next(card);
    const outcome = card.activity.channelData;
    if (!shown || outcome?.kind !== 'outcome' || card.attachment.contentType !== 'text/markdown') return shown;
    const element = (type, props) => ({ ...shown, type, key: null, ref: null, props });
    const button = (label, name, press) =>
      element('button', {
        type: 'button',
        className: 'outcome__tool',
        'aria-label': name,
        onClick: press,
        children: label,
      });
    return element('div', {
      className: 'outcome',
      children: [
        shown,
        element('div', {
          className: 'outcome__tools',
          children: [
            button('Copy', 'Copy this advice', (event) => copyFrom(event.currentTarget, outcome.text)),
            button('Print', 'Print this advice', (event) =>
              print(event.currentTarget.closest('.outcome'), outcome.title),
            ),
          ],
        }),
      ],
    });
  };

  async function copyFrom(button, text) {
    const words = (await copy(text)) ? 'Copied' : 'Copying is not allowed here';
    button.textContent = words;
    document.getElementById('spoken').textContent = words;
    setTimeout(() => {
      button.textContent = 'Copy';
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
  function print(outcome, title) {
    const printed = document.getElementById('printed');
    const heading = document.createElement('h1');
    heading.textContent = title;
    const origin = document.createElement('p');
    origin.className = 'printed__origin';
    origin.textContent = `${pageTitle} · ${new Date().toLocaleDateString('en-GB', { dateStyle: 'long' })}`;
    const text = outcome.querySelector('.webchat__render-markdown').cloneNode(true);
    text.className = 'printed__text';
    printed.replaceChildren(origin, heading, text);
    document.body.classList.add('printing');
    // Browsers offer it as the name of a PDF file.
    document.title = title;
    window.print();
  }

  const pageTitle = document.title;
  window.addEventListener('afterprint', () => {
    document.body.classList.remove('printing');
    document.title = pageTitle;
  });
})();
