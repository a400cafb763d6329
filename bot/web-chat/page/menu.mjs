/* A button with a menu, by the pattern of the ARIA authoring practices. */

/** Makes `button` open `list`, an element with the role `menu` whose items have the role `menuitem`. Pressing an item closes it. */
export function makeMenu(button, list) {
  const items = () => [...list.querySelectorAll('[role="menuitem"]:not([hidden])')];

  function show(index) {
    list.hidden = false;
    button.setAttribute('aria-expanded', 'true');
    items().at(index)?.focus();
  }

  function hide({ keepFocus = true } = {}) {
    if (list.hidden) return;
    list.hidden = true;
    button.setAttribute('aria-expanded', 'false');
    if (keepFocus) button.focus();
  }

  function move(by) {
    const all = items();
    all[(all.indexOf(document.activeElement) + by + all.length) % all.length].focus();
  }

  const keys = {
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Home: () => items()[0].focus(),
    End: () => items().at(-1).focus(),
    Escape: () => hide(),
  };

  button.addEventListener('click', () => (list.hidden ? show(0) : hide()));
  button.addEventListener('keydown', (event) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    show(event.key === 'ArrowDown' ? 0 : -1);
  });
  list.addEventListener('keydown', (event) => {
    if (event.key === 'Tab') return hide();
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  });
  list.addEventListener('click', (event) => {
    if (event.target.closest('[role="menuitem"]')) hide();
  });
  // Anywhere else, and where the focus leaves it for the page around the frame.
  document.addEventListener('pointerdown', (event) => {
    if (!list.contains(event.target) && !button.contains(event.target)) hide({ keepFocus: false });
  });
  addEventListener('blur', () => hide({ keepFocus: false }));
}
