import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pino from 'pino';
import type {
  Browser,
  BrowserContext,
  BrowserContextOptions,
  Frame,
  Locator,
  Page,
  WebSocketRoute,
} from 'playwright-core';
import type { Bot } from '../../bot/bot';
import { type RunningServer, startServer } from '../../bot/channel/server';
import { ASSETS_DIR, buildAssets } from '../../bot/web-chat/build-assets';
import { seriousFaults } from '../support/accessibility';
import { describeWithBrowser } from '../support/browser';
import { FRESH_STORAGE, launchBrowser } from '../support/chromium';
import { type HostSite, startHostSite } from '../support/host-page';
import { loadRealBot } from '../support/real-bot';
import { testConfig } from '../support/test-config';

const WELCOME = 'Hello, I am the support bot';
const GUIDE = 'Which connection type fits me?';
const QUESTION = 'What must reach your virtual network';
const BGP = 'Can I use BGP with every gateway SKU?';
const BGP_ANSWER = 'HighPerformance';
const DESKTOP: BrowserContextOptions = { viewport: { width: 1100, height: 760 } };
const DARK_PHONE: BrowserContextOptions = {
  viewport: { width: 360, height: 740 },
  isMobile: true,
  hasTouch: true,
  colorScheme: 'dark',
};

describeWithBrowser('the widget on a page of another site', (executablePath) => {
  let dir: string;
  let bot: Bot;
  let server: RunningServer;
  let site: HostSite;
  let browser: Browser;
  /** One profile for each kind of device: its cache makes the pages after the first open faster. */
  let contexts: Map<BrowserContextOptions, BrowserContext>;
  let pages: Page[];
  /** What no test may cause: errors in the console and warnings. */
  let troubles: string[];
  let expected: RegExp | undefined;

  const start = (port = 0) =>
    startServer({
      config: testConfig({
        port,
        webChatOrigins: [site.origin],
        storage: { kind: 'embedded', folder: dir },
      }),
      bot,
      log: pino({ level: 'silent' }),
      assetsDir: ASSETS_DIR,
    });

  beforeAll(async () => {
    dir = await mkdtemp(path.join(tmpdir(), 'widget-'));
    [{ bot }, browser, site] = await Promise.all([
      loadRealBot(),
      launchBrowser(executablePath),
      startHostSite(),
      buildAssets(ASSETS_DIR),
    ]);
    server = await start();
    contexts = new Map();
  }, 30_000);
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    await site?.close();
    await rm(dir, { recursive: true, force: true });
  });
  beforeEach(() => {
    pages = [];
    troubles = [];
    expected = undefined;
  });
  afterEach(async () => {
    await Promise.all(pages.map((page) => page.close()));
    expect(troubles.filter((trouble) => !expected?.test(trouble))).toEqual([]);
  });

  async function contextOf(device: BrowserContextOptions): Promise<BrowserContext> {
    const known = contexts.get(device);
    if (known) return known;
    const context = await browser.newContext(device);
    contexts.set(device, context);
    context.setDefaultTimeout(10_000);
    // The widget's own elements are closed to the page, so to tests too.
    await context.addInitScript(`{
      const { attachShadow } = Element.prototype;
      Element.prototype.attachShadow = function () { return attachShadow.call(this, { mode: 'open' }); };
    }`);
    return context;
  }

  async function newPage(device: BrowserContextOptions = DESKTOP): Promise<Page> {
    const page = await (await contextOf(device)).newPage();
    pages.push(page);
    page.on('pageerror', (error) => troubles.push(`error: ${error.message}`));
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) troubles.push(message.text());
    });
    // Tabs of one browser share their conversation, and tests do not.
    if (pages.length === 1) await page.addInitScript(FRESH_STORAGE);
    return page;
  }

  async function visit(page: Page, ...scripts: readonly string[]): Promise<void> {
    await page.goto(site.page(server.url, ...scripts));
    await launcher(page).waitFor();
  }

  const launcher = (page: Page): Locator => page.locator('.launcher');
  const chat = (page: Page) => page.frameLocator('iframe');
  const frameOf = (page: Page): Frame => page.frames().find((frame) => frame.url().includes('frame.html'))!;
  const sendBox = (page: Page): Locator => chat(page).locator('[data-id="webchat-sendbox-input"]');
  const activities = (page: Page): Locator => chat(page).locator('.webchat__basic-transcript__activity');
  const says = (page: Page, words: string): Locator => activities(page).filter({ hasText: words });
  const status = (page: Page, words: string) => chat(page).locator('#status').filter({ hasText: words }).waitFor();
  const focused = (page: Page): Promise<unknown> =>
    page.evaluate('document.activeElement.shadowRoot?.activeElement?.className ?? document.activeElement.tagName');

  async function open(page: Page): Promise<void> {
    await launcher(page).click();
    await says(page, WELCOME).first().waitFor();
  }

  async function ask(page: Page, question: string): Promise<void> {
    await sendBox(page).fill(question);
    await sendBox(page).press('Enter');
  }

  test('loads nothing but one file, opens the chat by keyboard, answers, and gives the focus back', async () => {
    const page = await newPage();
    const requests: string[] = [];
    page.on('request', (request) => requests.push(new URL(request.url()).pathname));
    await visit(page, 'data-title="Help for you" data-theme="light"');
    expect(requests.filter((name) => !['/', '/style.css'].includes(name))).toEqual(['/widget.js']);
    const { x, y, width, height } = (await launcher(page).boundingBox())!;
    expect({ right: x + width, bottom: y + height, width, height }).toEqual({
      right: 1080,
      bottom: 740,
      width: 56,
      height: 56,
    });
    expect(await page.evaluate(`getComputedStyle(document.querySelector('h1')).fontSize`)).toBe('50px');
    expect(await seriousFaults(page)).toEqual([]);

    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe('launcher');
    await page.keyboard.press('Enter');
    await says(page, WELCOME).waitFor();
    await chat(page).locator('[data-id="webchat-sendbox-input"]:focus').waitFor();
    await chat(page).locator('#privacy').filter({ hasText: '24 hours' }).waitFor();
    await page.keyboard.type(BGP);
    await page.keyboard.press('Enter');
    await says(page, BGP_ANSWER).waitFor();
    expect(await chat(page).locator('#privacy').isVisible()).toBe(false);

    await ask(page, GUIDE);
    await says(page, QUESTION).waitFor();
    await chat(page).getByRole('button', { name: 'Menu' }).click();
    await chat(page).getByRole('menuitem', { name: 'New conversation' }).waitFor();
    expect(await seriousFaults(frameOf(page))).toEqual([]);
    await page.keyboard.press('Escape');
    expect(await page.locator('dialog').isVisible()).toBe(true);
    const choice = chat(page).getByRole('toolbar').getByRole('button', { name: 'Single computers' });
    await choice.focus();
    await page.keyboard.press('Enter');
    await says(page, 'Point-to-Site fits you').waitFor();
    expect(await frameOf(page).evaluate('document.activeElement !== document.body && document.hasFocus()')).toBe(true);

    await page.keyboard.press('Escape');
    await page.locator('dialog').waitFor({ state: 'hidden' });
    expect(await focused(page)).toBe('launcher');
    await page.evaluate('SupportChat.open()');
    await page.locator('dialog').waitFor();
    await page.evaluate('SupportChat.close()');
    await page.locator('dialog').waitFor({ state: 'hidden' });
  });

  test('says what is wrong with its attributes, is there once though it is included twice, and tries again when asked to', async () => {
    const page = await newPage();
    expected = /^Support chat: /;
    await visit(
      page,
      'data-theme="blue" data-accent="red" data-language="xx" data-position="LEFT" data-open="maybe" data-privacy-url="javascript:x" data-title=""',
      '',
    );
    expect(troubles).toEqual([
      'Support chat: data-language is "xx"; one of en, de, fr, es, nb is needed. "en" is used.',
      'Support chat: data-title is ""; a text of 1 to 80 characters is needed. "Support chat" is used.',
      'Support chat: data-theme is "blue"; "light" or "dark" or "auto" is needed. "auto" is used.',
      'Support chat: data-accent is "red"; a colour such as #0b5cad is needed. "#0b5cad" is used.',
      'Support chat: data-open is "maybe"; "true" or "false" is needed. "false" is used.',
      'Support chat: data-privacy-url is "javascript:x"; an address that starts with https:// or http:// is needed. It is left out.',
      'Support chat: the widget is on this page already.',
    ]);
    expect(await launcher(page).count()).toBe(1);
    expect((await launcher(page).boundingBox())!.x).toBe(20);

    expected = /^Support chat: |ERR_FAILED/;
    await page.route('**/frame.html', (route) => route.abort());
    await launcher(page).click();
    await page.getByText('The chat cannot be reached.').waitFor();
    await page.unroute('**/frame.html');
    await page.getByRole('button', { name: 'Try again' }).click();
    await says(page, WELCOME).waitFor();
    await chat(page).locator('[data-id="webchat-sendbox-input"]:focus').waitFor();
  });

  test('keeps one conversation for all tabs, over a reload and a restart of the server, and counts what is new', async () => {
    const page = await newPage();
    await visit(page, '');
    await open(page);
    await ask(page, BGP);
    await says(page, BGP_ANSWER).waitFor();
    await page.reload();
    await open(page);
    await says(page, BGP_ANSWER).waitFor();

    const other = await newPage();
    await visit(other, '');
    await open(other);
    await says(other, BGP_ANSWER).waitFor();
    await page.bringToFront();
    await page.keyboard.press('Escape');
    await ask(other, GUIDE);
    await page.locator('.badge:visible').filter({ hasText: '1' }).waitFor();
    await launcher(page).click();
    await says(page, QUESTION).waitFor();
    expect(await page.locator('.badge').isVisible()).toBe(false);
    const before = await activities(page).count();
    expect(await activities(other).count()).toBe(before);

    expected = /ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|503|WebSocket connection/;
    const { port } = server;
    await server.stop();
    await status(page, 'Reconnecting');
    await ask(page, '1');
    server = await start(port);
    await status(page, 'Connected');
    await says(page, 'Point-to-Site fits you').waitFor();
    await says(other, 'Point-to-Site fits you').waitFor();
    expect(await activities(page).count()).toBe(before + 2);
    expect(await activities(other).count()).toBe(before + 2);
    expect(await says(page, WELCOME).count()).toBe(1);
  });

  test('offers a transcript as a file, and begins anew when the conversation was deleted', async () => {
    const page = await newPage();
    let socket: WebSocketRoute | undefined;
    await page.routeWebSocket(/stream/, (route) => {
      route.connectToServer();
      socket = route;
    });
    const hears = (activity: object) =>
      socket!.send(JSON.stringify({ activities: [{ from: { id: 'bot', role: 'bot' }, ...activity }], watermark: '' }));
    await visit(page, '');
    await open(page);
    await ask(page, BGP);
    await says(page, BGP_ANSWER).waitFor();
    const channelData = { kind: 'transcript', title: 'Transcript', text: 'You: hello\nBot: hello – you' };
    const long = { ...channelData, notice: 'Your transcript is ready' };
    hears({ type: 'message', id: 'x1', text: 'You: hello', textFormat: 'plain', channelData: long });
    await says(page, long.notice).waitFor();
    const download = page.waitForEvent('download');
    await chat(page).getByRole('button', { name: 'Save the transcript as a file' }).click();
    expect((await download).suggestedFilename()).toMatch(/^chat-\d{4}-\d\d-\d\d\.txt$/);
    expect(await readFile(await (await download).path(), 'utf8')).toBe(channelData.text);

    hears({ type: 'event', id: 'x2', name: 'conversation-deleted' });
    await chat(page).getByText('The conversation was deleted').waitFor();
    await says(page, WELCOME).waitFor();
    expect(await says(page, BGP_ANSWER).count()).toBe(0);
    await chat(page).locator('#privacy').waitFor();
    await page.reload();
    await open(page);
    expect(await says(page, BGP_ANSWER).count()).toBe(0);
  });

  test('fills a phone as a modal dialog, in dark and in German', async () => {
    const page = await newPage(DARK_PHONE);
    await visit(page, 'data-language="de-AT" data-accent="#fc0" data-privacy-url="/privacy"');
    await launcher(page).tap();
    await says(page, WELCOME).waitFor();
    await chat(page).locator('.head:focus').waitFor();
    expect(await page.locator('dialog').boundingBox()).toEqual({ x: 0, y: 0, width: 360, height: 740 });
    expect(await page.locator('dialog:modal').count()).toBe(1);
    const frame = frameOf(page);
    expect(await frame.evaluate('document.documentElement.lang')).toBe('de');
    expect(await chat(page).locator('#greeting').innerText()).toContain('Der Bot spricht Englisch.');
    expect(await chat(page).getByRole('link').getAttribute('href')).toBe(`${site.origin}/privacy`);
    await ask(page, GUIDE);
    await says(page, QUESTION).waitFor();
    expect(await frame.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
    expect(await frame.evaluate('getComputedStyle(document.querySelector(".page")).backgroundColor')).toBe(
      'rgb(22, 30, 39)',
    );
    expect(await seriousFaults(frame)).toEqual([]);
    await chat(page).getByRole('button', { name: 'Chat schließen' }).tap();
    await page.locator('dialog').waitFor({ state: 'hidden' });
    expect(await focused(page)).toBe('launcher');
  });
});
