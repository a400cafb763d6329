import pino from 'pino';
import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core';
import type { Bot } from '../../bot/bot';
import { type RunningServer, startServer } from '../../bot/channel/server';
import { ASSETS_DIR, buildAssets } from '../../bot/web-chat/build-assets';
import { describeWithBrowser } from '../support/browser';
import { FRESH_STORAGE, launchBrowser } from '../support/chromium';
import { loadRealBot } from '../support/real-bot';
import { testConfig } from '../support/test-config';

const DESKTOP: BrowserContextOptions = { viewport: { width: 1280, height: 800 } };
const PHONE: BrowserContextOptions = {
  viewport: { width: 360, height: 740 },
  deviceScaleFactor: 2,
  isMobile: true,
  hasTouch: true,
};

const WELCOME = 'Hello, I am the support bot';
const GUIDE = 'Which connection type fits me?';
const QUESTION = 'What must reach your virtual network';
const SEVERAL_GUIDE = 'Which protocol and sign-in fit my VPN users?';
const SEVERAL_QUESTION = 'Which systems do the computers have';
const BGP = 'Can I use BGP with every gateway SKU?';
const BGP_ANSWER = 'HighPerformance';

describeWithBrowser('the page in a browser', (executablePath) => {
  let bot: Bot;
  let server: RunningServer;
  let browser: Browser;
  /** One profile for each kind of device: its cache makes the pages after the first open faster. */
  let contexts: Map<BrowserContextOptions, BrowserContext>;
  let page: Page;
  /** What no test may cause: errors in the console, and requests to other places than our server. */
  let troubles: string[];
  let expected: RegExp | undefined;

  const start = (port = 0) =>
    startServer({
      config: testConfig({ port }),
      bot,
      log: pino({ level: 'silent' }),
      assetsDir: ASSETS_DIR,
    });

  beforeAll(async () => {
    [{ bot }, browser] = await Promise.all([loadRealBot(), launchBrowser(executablePath), buildAssets(ASSETS_DIR)]);
    server = await start();
    contexts = new Map();
  }, 30_000);
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });
  beforeEach(() => {
    troubles = [];
    expected = undefined;
  });
  afterEach(async () => {
    await page.close();
    expect(troubles.filter((trouble) => !expected?.test(trouble))).toEqual([]);
  });

  /** The page in a tab and a conversation of its own, once the bot has greeted. */
  async function open(device: BrowserContextOptions = DESKTOP): Promise<Page> {
    const context = contexts.get(device) ?? (await browser.newContext(device));
    contexts.set(device, context);
    context.setDefaultTimeout(10_000);
    page = await context.newPage();
    const { host } = new URL(server.url);
    const look = (address: string): void => {
      const url = new URL(address);
      if (!['data:', 'blob:'].includes(url.protocol) && url.host !== host) troubles.push(`request to ${address}`);
    };
    page.on('request', (request) => look(request.url()));
    page.on('websocket', (socket) => look(socket.url()));
    page.on('pageerror', (error) => troubles.push(`error: ${error.message}`));
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) troubles.push(`console: ${message.text()}`);
    });
    // Tabs of one browser share their conversation, and tests do not.
    await page.addInitScript(FRESH_STORAGE);
    await page.goto(server.url);
    await page.getByText(WELCOME).first().waitFor();
    return page;
  }

  const sendBox = (): Locator => page.locator('[data-id="webchat-sendbox-input"]');
  const suggestions = (): Locator => page.getByRole('toolbar', { name: 'Suggested actions' }).getByRole('button');
  const transcript = (): Locator => page.locator('.webchat__basic-transcript__activity');
  const says = (words: string): Locator => transcript().filter({ hasText: words });
  const status = (words: string) => page.getByRole('status').filter({ hasText: words }).waitFor();

  /** Nothing hangs over the edges of a phone; buttons may lie further down, where they are scrolled to. */
  async function expectToFit(): Promise<void> {
    const { width, height } = PHONE.viewport!;
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    expect(await page.evaluate('document.documentElement.scrollHeight')).toBeLessThanOrEqual(height);
    for (const button of await suggestions().all()) {
      const box = (await button.boundingBox())!;
      expect(box.x).toBeGreaterThanOrEqual(0);
      expect(box.x + box.width).toBeLessThanOrEqual(width);
    }
  }

  async function ask(question: string): Promise<void> {
    await sendBox().fill(question);
    await sendBox().press('Enter');
  }

  test('answers what is typed and what is clicked, and begins a new conversation when asked to', async () => {
    await open();
    await status('Connected');
    await ask(BGP);
    await says(BGP_ANSWER).waitFor();
    // Its own bubble has arrived, too: "Sending" is over.
    await says(BGP).first().waitFor();
    expect(await page.getByText('Sending', { exact: true }).count()).toBe(0);
    await page.getByRole('button', { name: 'Do VPN tunnels share bandwidth?' }).click();
    await says('bandwidth').nth(1).waitFor();
    await page.getByRole('button', { name: 'New conversation' }).click();
    await says(BGP_ANSWER).waitFor({ state: 'detached' });
    await says(WELCOME).waitFor();
    await ask(BGP);
    await says(BGP_ANSWER).waitFor();
  });

  test('leads through a guide by clicks, a double click as one, to an outcome that can be copied and printed', async () => {
    await open();
    await suggestions().filter({ hasText: 'Show the guides' }).click();
    await suggestions().filter({ hasText: SEVERAL_GUIDE }).click();
    await suggestions().filter({ hasText: 'A route-based gateway' }).click();
    await says(SEVERAL_QUESTION).waitFor();
    // The second click of a double click on the last question's button, which comes when the next question is there.
    await suggestions().filter({ hasText: 'Mac' }).hover();
    await page.mouse.down({ clickCount: 2 });
    await page.mouse.up({ clickCount: 2 });
    await suggestions().filter({ hasText: 'Linux' }).dblclick();
    await suggestions().filter({ hasText: '☑ Linux' }).waitFor();
    expect(await suggestions().filter({ hasText: '☑' }).count()).toBe(1);
    await suggestions().filter({ hasText: '☐ Mac' }).click();
    await suggestions().filter({ hasText: '☑ Mac' }).waitFor();
    await suggestions().filter({ hasText: 'That’s all' }).click();
    const copy = page.getByRole('button', { name: 'Copy this advice' });
    for (let step = 3; ; step++) {
      await says(`question ${step}`).or(copy).first().waitFor();
      if ((await copy.count()) > 0) break;
      await suggestions().first().click();
    }

    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await copy.click();
    await page.getByText('Copied', { exact: true }).first().waitFor();
    const copied = String(await page.evaluate('navigator.clipboard.readText()'));
    expect(copied.startsWith(`${SEVERAL_GUIDE}\n\n`)).toBe(true);
    expect(copied).toMatch(/\n\nWhy:\n- .*\n\nBased on:\n- .*\n\nAs of \w+ \d{4}\.$/s);
    expect(copied).toContain('Linux');

    await page.evaluate('window.print = () => {}');
    await page.getByRole('button', { name: 'Print this advice' }).click();
    await page.emulateMedia({ media: 'print' });
    expect(await page.getByRole('heading', { name: SEVERAL_GUIDE }).isVisible()).toBe(true);
    expect(await page.locator('#printed').innerText()).toContain('Based on');
    expect(await sendBox().isVisible()).toBe(false);
    await page.evaluate(`window.dispatchEvent(new Event('afterprint'))`);
    await page.emulateMedia({ media: 'screen' });
    await suggestions().filter({ hasText: 'Start over' }).click();
    await says('question 1').nth(1).waitFor();
  });

  test('says that the connection is lost, and takes what was said meanwhile into a new conversation after a restart', async () => {
    await open();
    await ask(BGP);
    await says(BGP_ANSWER).waitFor();
    expected = /ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|410|503|WebSocket connection/;
    const { port } = server;
    await server.stop();
    await status('Connection lost');
    await ask(GUIDE);
    server = await start(port);
    await status('The earlier conversation is over');
    await status('Connected');
    await says(QUESTION).waitFor();
    expect(await says(BGP_ANSWER).count()).toBe(0);
  });

  test('fits a phone, in light and in dark', async () => {
    await open(PHONE);
    const background = () => page.evaluate('getComputedStyle(document.body).backgroundColor');
    const light = await background();
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await background()).not.toBe(light);
    await ask('guides');
    await suggestions().filter({ hasText: GUIDE }).waitFor();
    await expectToFit();
    await ask(GUIDE);
    await says(QUESTION).waitFor();
    await expectToFit();
    const { width, height } = PHONE.viewport!;
    for (const locator of [sendBox(), page.getByRole('button', { name: 'New conversation' }), suggestions().first()]) {
      const box = (await locator.boundingBox())!;
      expect(box.x).toBeGreaterThanOrEqual(0);
      expect(box.x + box.width).toBeLessThanOrEqual(width);
      expect(box.y + box.height).toBeLessThanOrEqual(height);
    }
    for (const button of await suggestions().all()) {
      expect((await button.boundingBox())!.height).toBeGreaterThanOrEqual(40);
    }
    await suggestions().filter({ hasText: 'Single computers' }).tap();
    await says('Point-to-Site fits you').waitFor();
  });

  test('can be used by keyboard alone', async () => {
    await open();
    const press = async (key: string, until: Locator): Promise<void> => {
      for (let presses = 0; (await until.count()) === 0; presses++) {
        if (presses > 30) throw new Error(`no focus after pressing ${key} 30 times`);
        await page.keyboard.press(key);
      }
    };
    const sendBoxFocused = page.locator('[data-id="webchat-sendbox-input"]:focus');
    const toolbarFocused = page.locator('[role="toolbar"] button:focus-visible');
    await press('Tab', sendBoxFocused);
    await page.keyboard.type(BGP);
    await page.keyboard.press('Enter');
    await says(BGP_ANSWER).waitFor();
    await press('Tab', sendBoxFocused);
    await page.keyboard.type(GUIDE);
    await page.keyboard.press('Enter');
    await suggestions().filter({ hasText: 'Single computers' }).waitFor();
    await press('Shift+Tab', toolbarFocused);
    await press('ArrowRight', toolbarFocused.filter({ hasText: 'Single computers' }));
    await page.keyboard.press('Enter');
    await says('Point-to-Site fits you').waitFor();
  });
});
