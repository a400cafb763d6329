import pino from 'pino';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { type RunningServer, startServer } from '../../bot/channel/server';
import { ASSETS_DIR, buildAssets } from '../../bot/web-chat/build-assets';
import { AzureDirectLineServer } from '../support/azure-direct-line';
import { describeWithBrowser } from '../support/browser';
import { FRESH_STORAGE, launchBrowser } from '../support/chromium';
import { freePort } from '../support/free-port';
import { loadRealBot } from '../support/real-bot';
import { testConfig } from '../support/test-config';

const WELCOME = 'Hello, I am the support bot';
const GUIDE = 'Which connection type fits me?';
const QUESTION = 'What must reach your virtual network';
const CHOICE = 'Single computers';
const BGP = 'Can I use BGP with every gateway SKU?';
const BGP_ANSWER = 'HighPerformance';

describeWithBrowser('the widget’s chat through Azure’s Direct Line', (executablePath) => {
  let azure: AzureDirectLineServer;
  let server: RunningServer;
  let browser: Browser;
  /** One profile: its cache makes the pages after the first open faster. */
  let context: BrowserContext;
  let page: Page;
  /** What no test may cause: errors in the console and warnings, a breach of the page's policy among them. */
  let troubles: string[];
  let expected: RegExp | undefined;
  /** All that went over the wire between the browser and anybody. */
  let wire: Promise<string>[];

  beforeAll(async () => {
    [azure, browser] = await Promise.all([
      AzureDirectLineServer.start(),
      launchBrowser(executablePath),
      buildAssets(ASSETS_DIR),
    ]);
    const port = await freePort();
    const config = testConfig({
      port,
      // Azure lets tokens be used by pages of this origin alone.
      publicUrl: `http://127.0.0.1:${port}`,
      azureDirectLine: { secret: azure.secret, url: azure.url },
    });
    const { bot } = await loadRealBot();
    server = await startServer({
      config,
      bot,
      log: pino({ level: 'silent' }),
      assetsDir: ASSETS_DIR,
    });
    azure.botUrl = server.url;
    context = await browser.newContext({ viewport: { width: 400, height: 760 } });
    context.setDefaultTimeout(10_000);
    context.on('request', (request) => {
      wire.push(request.allHeaders().then((headers) => JSON.stringify([request.url(), request.postData(), headers])));
    });
    context.on('response', (response) => {
      wire.push(response.allHeaders().then((headers) => JSON.stringify(headers)));
      if (!response.url().endsWith('.js')) wire.push(response.text().catch(() => ''));
    });
  }, 30_000);
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    await azure?.stop();
  });
  beforeEach(async () => {
    troubles = [];
    expected = undefined;
    wire = [];
    azure.arrivals = 'at-start';
    azure.conversations.clear();
  });
  afterEach(async () => {
    const storage = JSON.stringify(await context.storageState());
    const seen = [storage, ...(await Promise.all(wire.map((one) => one.catch(() => ''))))].join('\n');
    await page.close();
    expect(seen).toContain('/v3/directline/conversations');
    expect(seen).not.toContain(azure.secret);
    expect(troubles.filter((trouble) => !expected?.test(trouble))).toEqual([]);
  });

  async function visit(): Promise<Page> {
    page = await context.newPage();
    page.on('pageerror', (error) => troubles.push(`error: ${error.message}`));
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) troubles.push(message.text());
    });
    page.on('websocket', (socket) => {
      wire.push(Promise.resolve(socket.url()));
      socket.on('framereceived', ({ payload }) => wire.push(Promise.resolve(String(payload))));
    });
    // Tabs of one browser share their conversation, and tests do not.
    await page.addInitScript(FRESH_STORAGE);
    await page.goto(`${server.url}/web-chat/frame.html`);
    return page;
  }

  const bubbles = (page: Page): Locator => page.locator('.webchat__basic-transcript__activity');
  const says = (page: Page, words: string): Locator => bubbles(page).filter({ hasText: words });
  /** Bubbles on the person's own side. */
  const own = (page: Page): Locator => page.locator('.webchat__stacked-layout--from-user');
  const conversation = () => [...azure.conversations.values()].at(-1)!;

  async function ask(page: Page, question: string): Promise<void> {
    const sendBox = page.locator('[data-id="webchat-sendbox-input"]');
    await sendBox.fill(question);
    await sendBox.press('Enter');
  }

  test('greets, answers, takes a pressed choice for its words, and is the same after a reload', async () => {
    await visit();
    await says(page, WELCOME).waitFor();
    await page
      .locator('#privacy')
      .filter({ hasText: `Direct Line (${new URL(azure.url).host})` })
      .waitFor();
    await ask(page, BGP);
    await says(page, BGP_ANSWER).waitFor();
    await ask(page, GUIDE);
    await says(page, QUESTION).waitFor();
    await page.getByRole('toolbar').getByRole('button', { name: CHOICE }).click();
    await says(page, 'Point-to-Site fits you').waitFor();
    expect(await own(page).allInnerTexts()).toEqual([
      expect.stringContaining(BGP),
      expect.stringContaining(GUIDE),
      expect.stringContaining(CHOICE),
    ]);
    expect(await says(page, WELCOME).count()).toBe(1);
    const before = await bubbles(page).count();

    await page.reload();
    await says(page, 'Point-to-Site fits you').waitFor();
    expect(await bubbles(page).count()).toBe(before);
    expect(await own(page).count()).toBe(3);
    await ask(page, 'What is a VPN gateway?');
    await own(page).nth(3).waitFor();
    await bubbles(page)
      .nth(before + 1)
      .waitFor();
    expect(azure.conversations.size).toBe(1);
    const people = conversation().history.map(({ from }) => (from as { id: string }).id);
    expect(new Set(people).size).toBe(2);
    expect(people).toContain(conversation().user);
  });

  test('goes on without a word when the token has expired, and after a lost connection', async () => {
    expected = /status of 403|WebSocket/;
    await visit();
    await says(page, WELCOME).waitFor();
    await page.locator('#status[data-state=online]').waitFor();
    await page.evaluate(`{
      globalThis.states = [];
      const line = document.getElementById('status');
      new MutationObserver(() => states.push(line.textContent)).observe(line, { childList: true });
    }`);
    azure.tokens.expire();
    await ask(page, BGP);
    await says(page, BGP_ANSWER).waitFor();
    expect(await page.evaluate('states')).toEqual([]);
    expect(await own(page).count()).toBe(1);

    azure.tokens.expire();
    conversation().dropSockets();
    await page.locator('#status[data-state=offline]').waitFor();
    await ask(page, GUIDE);
    await says(page, QUESTION).waitFor();
    await page.locator('#status[data-state=online]').waitFor();
    expect(await bubbles(page).count()).toBe(5);
    expect(azure.conversations.size).toBe(1);
  });

  test('greets once though the bot hears of the person with the first message only', async () => {
    azure.arrivals = 'late';
    await visit();
    await page.locator('#status[data-state=online]').waitFor();
    await page.locator('#privacy').waitFor();
    await ask(page, BGP);
    await says(page, BGP_ANSWER).waitFor();
    expect(await says(page, WELCOME).count()).toBe(1);
    expect(await bubbles(page).count()).toBe(3);
  });

  test('deletes what it has, says what stays with Azure, and begins anew', async () => {
    await visit();
    await says(page, WELCOME).waitFor();
    await ask(page, BGP);
    await says(page, BGP_ANSWER).waitFor();
    await ask(page, 'delete my data');
    await page.getByRole('toolbar').getByRole('button', { name: 'Yes, delete it' }).click();
    await page.locator('#notice').filter({ hasText: 'Direct Line' }).waitFor();
    await says(page, WELCOME).waitFor();
    expect(await says(page, BGP_ANSWER).count()).toBe(0);
    expect(azure.conversations.size).toBe(2);
    await page.reload();
    await says(page, WELCOME).waitFor();
    await ask(page, BGP);
    await says(page, BGP_ANSWER).waitFor();
    expect(azure.conversations.size).toBe(2);
    expect(await own(page).count()).toBe(1);
  });
});
