import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import pino from 'pino';
import type { Browser, Page } from 'playwright-core';
import { startServer } from '../../bot/channel/server';
import { loadConfig } from '../../bot/config';
import { loadBot } from '../../bot/load-bot';
import { ASSETS_DIR } from '../../bot/web-chat/build-assets';
import { findChromium, launchBrowser } from '../support/chromium';
import { median } from './figures';

const RUNS = 7;
const WELCOME = 'Hello, I am the support bot';

/** When the loader began and had drawn its button, in milliseconds, and how long the page's main thread was blocked, so far. */
const WATCH = `{
  window.widgetTimes = { longTaskMs: 0 };
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) widgetTimes.longTaskMs += duration;
  }).observe({ type: 'longtask', buffered: true });
  const { get } = Object.getOwnPropertyDescriptor(Document.prototype, 'currentScript');
  Object.defineProperty(document, 'currentScript', {
    get() {
      widgetTimes.start ??= performance.now();
      return get.call(document);
    },
  });
  new MutationObserver(() => {
    if (document.querySelector('body > [data-theme]')) widgetTimes.drawn ??= performance.now();
  }).observe(document, { childList: true, subtree: true });
}`;

interface Run {
  readonly drawnMs: number;
  readonly greetedMs: number;
  readonly closedLongTaskMs: number;
  readonly openLongTaskMs: number;
}

/**
 * Measures the chat widget in a real browser on a page of another site, and prints a Markdown table. Every run has a browser profile
 * of its own, so nothing is cached.
 * @throws where no Chromium is found
 */
export async function benchWidget(): Promise<void> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error('no Chromium found: install it, or set CHROMIUM to its path');
  const site = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html');
    response.end(
      `<!doctype html><title>Host</title><script src="${bot.url}/widget.js" defer></script><p>Some words.</p>`,
    );
  });
  await new Promise<void>((resolve) => void site.listen(0, '127.0.0.1', resolve));
  // Another site, not only another origin: browsers then give the frame a process of its own.
  const address = `http://localhost:${(site.address() as AddressInfo).port}`;
  const config = {
    ...loadConfig({ PORT: '0', LOG_LEVEL: 'silent', STORAGE: 'memory:', SEMANTIC: 'off' }),
    webChatOrigins: [address],
  };
  const bot = await startServer({
    config,
    bot: (await loadBot(config)).bot,
    log: pino({ level: 'silent' }),
  });
  const browser = await launchBrowser(executablePath, ['--site-per-process']);
  try {
    const runs: Run[] = [];
    for (let run = 0; run < RUNS; run++) runs.push(await measure(browser, address));
    const of = (pick: (run: Run) => number): string => `${median(runs.map(pick)).toFixed(1)} ms`;
    const [plain, gz, br] = await Promise.all(
      ['', '.gz', '.br'].map(async (form) => (await readFile(path.join(ASSETS_DIR, `widget.js${form}`))).length),
    );
    const rows = [
      ['loader', `${plain} bytes, ${gz} gzip, ${br} brotli`],
      ['loader begins to button drawn', of(({ drawnMs }) => drawnMs)],
      ['long tasks on the page before the chat is opened', of(({ closedLongTaskMs }) => closedLongTaskMs)],
      ['long tasks on the page while the chat opens', of(({ openLongTaskMs }) => openLongTaskMs)],
      ['click to first greeting, nothing cached', of(({ greetedMs }) => greetedMs)],
    ];
    const table = ['| widget | |', '| --- | --: |', ...rows.map(([name, value]) => `| ${name} | ${value} |`)];
    process.stdout.write(
      `${table.join('\n')}\n\nMedian of ${RUNS}, Chromium ${browser.version()}, headless, same machine.\n`,
    );
  } finally {
    await browser.close();
    await bot.stop();
    site.close();
  }
}

async function measure(browser: Browser, address: string): Promise<Run> {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.addInitScript(WATCH);
    await page.goto(address);
    const closed = await timesOf(page);
    const clickedAt = performance.now();
    const opened = page.waitForEvent('framenavigated', (frame) => frame.url().includes('/frame.html'));
    await page.evaluate('SupportChat.open()');
    await (await opened).getByText(WELCOME).first().waitFor();
    const greetedMs = performance.now() - clickedAt;
    const open = await timesOf(page);
    return {
      drawnMs: closed.drawn - closed.start,
      greetedMs,
      closedLongTaskMs: closed.longTaskMs,
      openLongTaskMs: open.longTaskMs - closed.longTaskMs,
    };
  } finally {
    await context.close();
  }
}

async function timesOf(page: Page): Promise<{ start: number; drawn: number; longTaskMs: number }> {
  // Long tasks are told of a moment later.
  await page.evaluate('new Promise((resolve) => setTimeout(resolve, 300))');
  return (await page.evaluate('widgetTimes')) as { start: number; drawn: number; longTaskMs: number };
}
