/* Web Chat's Markdown without what could reach out of the page. */

const LINKS = /^(?:https?|mailto):$/;
/** The sign at links to other places, which Web Chat draws itself. */
const OWN_PICTURE = '.webchat__render-markdown__external-link-icon';

/**
 * Markdown as safe HTML, with HTML in it shown as it was written. Links to other than web and mail addresses become their words;
 * pictures from other servers, which would tell those who reads what, become their descriptions.
 */
export function renderMarkdown(markdown, options, words) {
  const html = window.WebChat.renderMarkdown(markdown, { ...options, markdownRenderHTML: false }, words);
  const { body } = new DOMParser().parseFromString(html, 'text/html');
  for (const picture of body.querySelectorAll('img')) {
    if (!picture.matches(OWN_PICTURE) && !isOwn(picture.getAttribute('src'))) picture.replaceWith(picture.alt);
  }
  for (const link of body.querySelectorAll('a[href]')) {
    if (!LINKS.test(urlOf(link.getAttribute('href'))?.protocol)) link.replaceWith(...link.childNodes);
  }
  return body.innerHTML;
}

function isOwn(address) {
  return urlOf(address)?.origin === location.origin;
}

function urlOf(address) {
  return URL.canParse(address, location.href) ? new URL(address, location.href) : undefined;
}

/** Keeps the list of references that Web Chat puts under a text free of addresses that are no link in the text either. */
export function watchReferences(chat) {
  const close = () => {
    for (const link of chat.querySelectorAll('a.webchat__link-definitions__list-item-box[href]')) {
      if (!LINKS.test(urlOf(link.getAttribute('href'))?.protocol)) link.removeAttribute('href');
    }
  };
  new MutationObserver(close).observe(chat, { childList: true, subtree: true, attributeFilter: ['href'] });
}
