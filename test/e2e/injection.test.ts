import pino from 'pino';
import type { Browser, BrowserContext, Frame, Page } from 'playwright-core';
import type { Bot } from '../../bot/bot';
import { type RunningServer, startServer } from '../../bot/channel/server';
import type { Reply } from '../../bot/reply';
import { ASSETS_DIR, buildAssets } from '../../bot/web-chat/build-assets';
import { describeWithBrowser } from '../support/browser';
import { launchBrowser } from '../support/chromium';
import { type HostSite, startHostSite } from '../support/host-page';
import { type InjectionOracle, watchForInjection } from '../support/injection-oracle';
import { CLOSED_PAYLOADS, FOREIGN, payloadTexts, UNCLOSED_PAYLOADS } from '../support/injection-payloads';
import { say, scriptedBot, turn } from '../support/scripted-bot';
import { testConfig } from '../support/test-config';

const DONE = 'that was all';
const PAYLOADS = [...CLOSED_PAYLOADS, ...UNCLOSED_PAYLOADS];
const TEXTS = payloadTexts();

/** Every kind of reply with `text` in each of its fields. */
function repliesOf(text: string, line: string): readonly Reply[] {
  const buttons = [{ label: line, action: line }];
  const answered = [{ question: line, answer: line, typed: true }];
  const guide = { guideId: line, guideTitle: line, answered, buttons };
  const checklist = [{ text: line, done: false, action: line }];
  return [
    { kind: 'text', text, buttons },
    {
      kind: 'answer',
      entryId: line,
      lead: text,
      title: line,
      body: text,
      asOf: line,
      source: { title: line, url: line },
      buttons,
    },
    {
      ...guide,
      kind: 'question',
      lead: text,
      step: 1,
      ofAbout: 2,
      text: line,
      why: text,
      hint: text,
      places: 'numbers',
      several: true,
      choices: [{ label: line, action: line, picked: true }],
    },
    {
      ...guide,
      kind: 'outcome',
      verdict: line,
      explanation: text,
      reasons: [text],
      ruledOut: [{ what: line, because: line }],
      nextSteps: [line],
      checklist,
      cites: [{ id: line, title: line }],
      asOf: line,
    },
    { kind: 'checklist', lead: text, items: checklist, buttons },
    { kind: 'handover', text, contact: { mail: line, page: line }, buttons },
  ];
}

function hostileBot(): Bot {
  return scriptedBot({
    // The buttons of the last reply alone are shown, so it has one for each payload.
    fields: (memory) =>
      turn(memory, [
        // Each text once as a reply, each kind of reply a few times.
        ...TEXTS.flatMap((text, index) => repliesOf(text, PAYLOADS[(index * 7) % PAYLOADS.length]!)[index % 6]!),
        ...[0, 4, 46, 60, 90].flatMap((at) => repliesOf(PAYLOADS[at]!, PAYLOADS[at]!)),
        { ...say(DONE), buttons: PAYLOADS.map((label) => ({ label, action: label })) } as Reply,
      ]),
    end: (memory) => turn(memory, [say(DONE)]),
  });
}

describeWithBrowser('markup in what people and content say', (executablePath) => {
  let server: RunningServer;
  let site: HostSite;
  let browser: Browser;
  let context: BrowserContext;
  let oracle: InjectionOracle;

  beforeAll(async () => {
    [browser, site] = await Promise.all([launchBrowser(executablePath), startHostSite(), buildAssets(ASSETS_DIR)]);
    server = await startServer({
      config: testConfig({
        port: 0,
        webChatOrigins: [site.origin],
        webChatMessagesPerMinute: 10_000,
        webChatSessionsPerMinute: 1_000,
      }),
      bot: hostileBot(),
      log: pino({ level: 'silent' }),
      assetsDir: ASSETS_DIR,
    });
  }, 30_000);
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    await site?.close();
  });
  beforeEach(async () => {
    context = await browser.newContext({ reducedMotion: 'reduce' });
    context.setDefaultTimeout(25_000);
    oracle = await watchForInjection(context, [server.url, site.origin]);
  });
  afterEach(() => context.close());

  const said = (frame: Frame, words: string) =>
    frame.locator('.webchat__basic-transcript__activity').filter({ hasText: words });

  async function open(address: string): Promise<Page> {
    const page = await context.newPage();
    await page.goto(address);
    await said(page.mainFrame(), 'hello').first().waitFor();
    return page;
  }

  async function type(frame: Frame, text: string): Promise<void> {
    await frame.locator('[data-id="webchat-sendbox-input"]').fill(text);
    await frame.locator('[data-id="webchat-sendbox-input"]').press('Enter');
  }

  /** Posts activities as the page itself would, with a token for its conversation. */
  const post = (frame: Frame, activities: readonly object[]): Promise<readonly number[]> =>
    frame.evaluate(
      `(async (activities) => {
        const { resume } = JSON.parse(localStorage.getItem('support-chat ' + location.origin));
        const send = (address, body, headers = {}) =>
          fetch(address, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) });
        const { token, conversationId } = await (await send('/web-chat/session', { resume })).json();
        const statuses = [];
        for (const activity of activities) {
          const { status } = await send('/v3/directline/conversations/' + conversationId + '/activities', activity, { authorization: 'Bearer ' + token });
          statuses.push(status);
        }
        return statuses;
      })(${JSON.stringify(activities)})`,
    ) as Promise<readonly number[]>;

  /** Presses whatever a payload left that can be pressed without leaving the page. */
  const press = (frame: Frame) =>
    frame.evaluate(
      `for (const button of document.querySelectorAll('.webchat__render-markdown button')) button.click()`,
    );

  // Both run the same code on another page, so for the second some texts do.
  test.each([
    ['/', TEXTS],
    ['/web-chat/frame.html', TEXTS.filter((_, index) => index % 6 === 0)],
  ])('does nothing on %s, typed, echoed or said by the bot', async (path, texts) => {
    const page = await open(`${server.url}${path}`);
    const frame = page.mainFrame();
    await type(frame, TEXTS[0]!);
    await said(frame, ': ').last().waitFor();
    const users = texts.map((text) => ({ type: 'message', from: { id: 'x' }, text }));
    expect(new Set(await post(frame, users))).toEqual(new Set([200]));
    await type(frame, 'fields');
    await said(frame, DONE).waitFor();
    await press(frame);
    expect(await oracle.look(frame)).toEqual([]);
  });

  test('does nothing in any field of an activity that is posted by other means', async () => {
    const page = await open(server.url);
    const frame = page.mainFrame();
    const texts = TEXTS.filter((_, index) => index % 5 === 0);
    const activities = texts.flatMap((text, index) => {
      const name = PAYLOADS[index]!;
      const contents = [
        { contentType: 'text/html', content: text, name },
        {
          contentType: 'application/vnd.microsoft.card.adaptive',
          content: { type: 'AdaptiveCard', body: [{ type: 'Image', url: `${FOREIGN}/a.png` }] },
        },
        {
          contentType: 'application/vnd.microsoft.card.hero',
          content: { title: name, text, buttons: [{ type: 'openUrl', title: name, value: 'javascript:alert(1)' }] },
        },
        { contentType: 'image/png', contentUrl: 'javascript:window.__hit=1', thumbnailUrl: `${FOREIGN}/t.png`, name },
        { contentType: 'image/svg+xml', contentUrl: `data:image/svg+xml,<svg onload="alert(1)"/>`, name },
        { contentType: name.slice(0, 400), name },
      ];
      return [
        { type: 'message', text, textFormat: 'markdown', channelData: { kind: 'outcome', title: name, text } },
        {
          type: 'message',
          text,
          textFormat: 'xml',
          channelData: { kind: 'transcript', title: name, text, 'webchat:fallback-text': text },
        },
        {
          type: 'message',
          text: name,
          textFormat: name.slice(0, 400),
          locale: 'en',
          name: name.slice(0, 400),
          value: { action: name, text },
        },
        { type: 'message', text, attachments: contents, attachmentLayout: 'carousel' },
        {
          type: 'message',
          text,
          textFormat: 'markdown',
          from: { id: 'bot', name, role: 'bot' },
          suggestedActions: {
            actions: [{ type: 'openUrl', title: name, value: 'javascript:alert(1)', image: `${FOREIGN}/s.png` }],
          },
          entities: [{ type: 'https://schema.org/Claim', '@id': 'javascript:alert(1)', '@type': 'Claim', name, text }],
        },
        { type: 'event', name: 'conversation-deleted-not', value: { text } },
        { type: 'typing', text, channelData: { streamType: 'streaming', streamSequence: 1, text } },
      ];
    });
    const statuses = await post(frame, activities);
    expect(statuses.filter((status) => status !== 200 && status !== 400)).toEqual([]);
    await post(frame, [{ type: 'message', text: 'end' }]);
    await said(frame, DONE).waitFor();
    await press(frame);
    expect(await oracle.look(frame)).toEqual([]);
  });

  test('does nothing in an address, in storage, and in the attributes of the widget', async () => {
    // Servers refuse longer addresses.
    const all = PAYLOADS.join('\n').slice(0, 2_500);
    const wishes = (value: string) =>
      encodeURIComponent(
        JSON.stringify({
          host: value,
          title: value.slice(0, 80),
          greeting: value.slice(0, 400),
          language: value.slice(0, 2),
          theme: value,
          accent: `#0b5cad;${value}`,
          privacyUrl: value,
        }),
      );
    const addresses = [
      `/?q=${encodeURIComponent(all)}#${encodeURIComponent(all)}`,
      `/web-chat/frame.html?${encodeURIComponent(all)}#${wishes(`javascript:${CLOSED_PAYLOADS[0]}`)}`,
      `/web-chat/frame.html#${wishes(`java\tscript:window.__hit=1//${CLOSED_PAYLOADS[4]}`)}`,
      `/web-chat/frame.html#${encodeURIComponent('{"__proto__":{"host":"*","privacyUrl":"javascript:alert(1)"}}')}`,
    ];
    // The widget's own elements are closed to the page, so to tests too.
    await context.addInitScript(`{
      const { attachShadow } = Element.prototype;
      Element.prototype.attachShadow = function () { return attachShadow.call(this, { mode: 'open' }); };
    }`);
    const page = await open(`${server.url}/`);
    const store = (value: string) =>
      page.evaluate(`localStorage.setItem('support-chat ' + location.origin, ${JSON.stringify(value)})`);
    for (const address of addresses) {
      await store(JSON.stringify({ resume: PAYLOADS[0], conversationId: `../../${FOREIGN}/${PAYLOADS[4]}` }));
      // A hash alone does not load a page anew.
      await page.goto('about:blank');
      await page.goto(`${server.url}${address}`);
      await said(page.mainFrame(), 'hello').first().waitFor();
      expect(await oracle.look(page.mainFrame())).toEqual([]);
    }
    const attribute = (payload: string) => payload.replaceAll('&', '&amp;').replaceAll('"', '&quot;').slice(0, 300);
    for (const payload of [
      `<img src=x onerror=window.__hit=1>`,
      `javascript:window.__hit=1`,
      `red}*{background:url(${FOREIGN}/c)}`,
    ]) {
      const value = attribute(payload);
      const names = ['title', 'greeting', 'theme', 'accent', 'position', 'language', 'privacy-url'];
      await page.goto(
        site.page(server.url, `data-open="true" ${names.map((name) => `data-${name}="${value}"`).join(' ')}`),
      );
      await page.frameLocator('iframe').locator('.webchat__basic-transcript__activity').first().waitFor();
      const frame = page.frames().find((one) => one.url().includes('frame.html'))!;
      expect(await oracle.look(frame)).toEqual([]);
      expect(await oracle.look(page.mainFrame())).toEqual([]);
    }
  });

  test('would be seen if it did something', async () => {
    const page = await context.newPage();
    await context.route('**/*', (route) => {
      const { pathname, host } = new URL(route.request().url());
      if (host !== new URL(server.url).host) return route.abort();
      const policy = pathname === '/strict' ? { 'content-security-policy': `script-src 'none'` } : undefined;
      return route.fulfill({ contentType: 'text/html', headers: policy ?? {}, body: '<!doctype html><body></body>' });
    });
    const seen: string[] = [];
    for (const path of ['/', '/strict']) {
      await page.goto(`${server.url}${path}`);
      await page.evaluate(
        `document.body.innerHTML = ${JSON.stringify(
          `<img src="data:," onerror="window.__hit=1"><img src="data:,1" onerror="alert(1)"><img src="${FOREIGN}/p.png"><a href="java&#9;script:1">x</a><form></form>`,
        )}`,
      );
      await page.waitForFunction(path === '/' ? `'__hit' in window` : 'window.__violations.length > 0');
      seen.push(...(await oracle.look(page.mainFrame())));
    }
    for (const kind of [
      'script ran',
      'dialog: 1',
      `request: ${FOREIGN}`,
      'link: ',
      'attribute: ',
      'element: <form',
      'policy: script-src',
    ]) {
      expect(seen.filter((one) => one.startsWith(kind))).not.toEqual([]);
    }
  });
});
