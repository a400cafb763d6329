/* Light or dark: the link with the id `dark` holds the dark colours, and its media say when they count. */

const MEDIA = { light: 'not all', dark: 'all', auto: '(prefers-color-scheme: dark)' };

/** Sets the theme `light`, `dark` or `auto` (as the system is). */
export function setTheme(theme) {
  const media = MEDIA[theme] ?? MEDIA.auto;
  const link = document.getElementById('dark');
  if (link.media !== media) link.media = media;
}

/** Calls `changed` when the system changes between light and dark. */
export function onSystemTheme(changed) {
  matchMedia(MEDIA.auto).addEventListener('change', changed);
}
