/*
 * What Web Chat's elements need beside what it gives them: for the buttons under the transcript what each is for, as the style sheet
 * needs it, and no answer by a double click; for what the bot says the language.
 */

const BOT_LANGUAGE = 'en';
const FROM_BOT = '.webchat__render-markdown:not([lang]), .webchat__suggested-action:not([lang])';

/** Watches Web Chat in `chat`; `actionsNow` gives the suggested actions that it shows, in their order. */
export function watchChoices(chat, actionsNow) {
  const mark = () => {
    for (const element of chat.querySelectorAll(FROM_BOT)) element.lang = BOT_LANGUAGE;
    const actions = actionsNow();
    for (const [index, button] of chat.querySelectorAll('.webchat__suggested-action').entries()) {
      const kind = /^[a-z-]+/.exec(actions[index]?.value?.action ?? '')?.[0] ?? '';
      // The box around it is what lies in the flow of buttons.
      const box = button.closest('.webchat__suggested-actions__flow-item-box');
      for (const marked of [button, box]) if (marked && marked.dataset.kind !== kind) marked.dataset.kind = kind;
    }
  };
  new MutationObserver(mark).observe(chat, { childList: true, characterData: true, subtree: true });
  // The next question may be there before the second click of a double click, which would answer it.
  chat.addEventListener(
    'click',
    (event) => {
      if (event.detail < 2 || !event.target.closest('.webchat__suggested-action')) return;
      event.stopPropagation();
      event.preventDefault();
    },
    { capture: true },
  );
}
