import type { BrowserContext, Frame, Page } from 'playwright-core';

/** What markup that got into a page would leave behind. */
export interface InjectionOracle {
  /** What has happened in the context so far, and what stands in `frame` now and should not: one line each, none for a clean page. */
  look(frame: Frame): Promise<readonly string[]>;
}

// Runs before the scripts of each page and frame.
const WATCH = `{
  window.__violations = [];
  addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) =>
    window.__violations.push('policy: ' + effectiveDirective + ' ' + blockedURI));
}`;

const LOOK = `(() => {
  const found = [...window.__violations];
  if ('__hit' in window) found.push('script ran');
  const outer = (element) => element.outerHTML.slice(0, 200);
  const own = '[class*="webchat__send-box"]';
  for (const element of document.body.querySelectorAll('*')) {
    const name = element.localName;
    if (['script', 'iframe', 'object', 'embed', 'base', 'meta', 'style', 'link', 'math', 'video', 'audio'].includes(name)) found.push('element: ' + outer(element));
    if (name === 'form' && !element.matches(own)) found.push('element: ' + outer(element));
    if (element.getAttributeNames().some((attribute) => /^on|^srcdoc$/i.test(attribute))) found.push('attribute: ' + outer(element));
    const address = name === 'a' && (element.getAttribute('href') ?? element.getAttribute('xlink:href'));
    if (address && !/^(https?|mailto):$/.test(new URL(address, document.baseURI).protocol)) found.push('link: ' + outer(element));
    if (element.closest('.webchat__render-markdown') && ['style', 'id', 'name'].some((one) => element.hasAttribute(one))) found.push('attribute: ' + outer(element));
  }
  return found;
})()`;

/** Watches all pages that `context` opens from now on; requests are to go to the hosts of `allowed` only. */
export async function watchForInjection(context: BrowserContext, allowed: readonly string[]): Promise<InjectionOracle> {
  const happened: string[] = [];
  const hosts = new Set(allowed.map((address) => new URL(address).host));
  const check = (address: string): void => {
    const url = new URL(address);
    if (!['data:', 'blob:', 'about:'].includes(url.protocol) && !hosts.has(url.host)) {
      happened.push(`request: ${address}`);
    }
  };
  await context.addInitScript(WATCH);
  context.on('request', (request) => check(request.url()));
  context.on('page', (page: Page) => {
    page.on('websocket', (socket) => check(socket.url()));
    page.on('dialog', (dialog) => {
      happened.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('popup', (popup) => happened.push(`window: ${popup.url()}`));
  });
  return {
    async look(frame) {
      const found = (await frame.evaluate(LOOK)) as string[];
      return [...new Set([...happened, ...found])];
    },
  };
}
