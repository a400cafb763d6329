import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A site of another origin than the bot's. */
export interface HostSite {
  readonly origin: string;
  /** The address of a page with the widget of `bot`, whose script elements have these attributes. */
  page(bot: string, ...scripts: readonly string[]): string;
  close(): Promise<void>;
}

const HOSTILE_STYLE = '* { all: unset !important; font-size: 50px !important; color: red !important; }';
const PROSE = '<p>A page with many words of its own.</p>'.repeat(40);

/** Starts a site whose style sheet is hostile and whose policy allows nothing but the bot's script and frame. */
export async function startHostSite(): Promise<HostSite> {
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://host');
    if (pathname === '/style.css') {
      response.setHeader('content-type', 'text/css');
      response.end(HOSTILE_STYLE);
    } else if (pathname === '/') {
      const bot = searchParams.get('bot') ?? '';
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.setHeader(
        'content-security-policy',
        `default-src 'none'; style-src 'self'; script-src ${bot}; frame-src ${bot}`,
      );
      response.end(hostPage(bot, searchParams.getAll('script')));
    } else {
      response.statusCode = 204;
      response.end();
    }
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    page: (bot, ...scripts) =>
      `${origin}/?bot=${encodeURIComponent(bot)}${scripts.map((one) => `&script=${encodeURIComponent(one)}`).join('')}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function hostPage(bot: string, scripts: readonly string[]): string {
  return [
    '<!doctype html><html lang="en"><head><title>Host</title><meta name="viewport" content="width=device-width">',
    '<link rel="stylesheet" href="/style.css">',
    ...scripts.map((attributes) => `<script src="${bot}/widget.js" ${attributes} defer></script>`),
    `</head><body><main><h1>Host</h1>${PROSE}</main></body></html>`,
  ].join('');
}
