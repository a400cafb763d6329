import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { buildMain } from '../support/built-main';
import { AnswerLedger, type ConnectorMood } from '../support/hurt/answer-ledger';
import { BotUnderLoad } from '../support/hurt/bot-under-load';
import { type Crowd, type CrowdOptions, startCrowd } from '../support/hurt/crowd';
import { requestJson } from '../support/hurt/http-json';
import { holdsWithin, type Outage } from '../support/hurt/people';
import { talkContent } from '../support/hurt/talk-script';
import { faultsOf } from '../support/hurt/tally';
import { mountTinyDisk } from '../support/hurt/tiny-disk';
import type { TempContent } from '../support/temp-content';

/*
 * The built bot while what it needs is away: channels, the disk, and content that can be read.
 */

let content: TempContent;
let connector: AnswerLedger;
let bot: BotUnderLoad | undefined;
const crowds: Crowd[] = [];

beforeAll(() => buildMain(), 120_000);
beforeEach(async () => {
  content = talkContent();
  connector = await AnswerLedger.start();
});
afterEach(async () => {
  for (const crowd of crowds.splice(0)) crowd.abandon();
  await bot?.stop();
  bot = undefined;
  await connector.goAway();
  content.remove();
});

function start(env: Readonly<Record<string, string>>, args: readonly string[] = []): Promise<BotUnderLoad> {
  return BotUnderLoad.start({ KNOWLEDGE_DIR: content.knowledgeDir, GUIDES_DIR: content.guidesDir, ...env }, args);
}

function people(options: Omit<CrowdOptions, 'botUrl' | 'connector'>): Crowd {
  const crowd = startCrowd({ ...options, botUrl: bot!.url, connector });
  crowds.push(crowd);
  return crowd;
}

async function acknowledged({ tally }: Crowd, more: number): Promise<void> {
  const before = tally.acknowledged;
  const goesOn = await holdsWithin(40_000, () => tally.acknowledged >= before + more);
  expect({ goesOn, ...faultsOf(tally) }).toEqual({ goesOn: true });
}

const statusOf = async (url: string): Promise<number> => (await requestJson({ method: 'GET', url })).status;

test('while a channel is away, fails or is slow, what it delivered is not acknowledged before it is answered, and pages go on', async () => {
  bot = await start({});
  const pages = people({ pages: 3, channel: 0, thinkMs: 20 });
  const channel = people({ pages: 0, channel: 4, thinkMs: 5, patienceMs: 6_000 });
  await acknowledged(channel, 20);
  const moods: readonly ConnectorMood[] = [
    { kind: 'fail', status: 500 },
    { kind: 'fail', status: 429 },
    { kind: 'break' },
    { kind: 'flap' },
    { kind: 'garbage' },
    { kind: 'slow', ms: 5_000 },
  ];
  for (const mood of moods) {
    const before = connector.requests;
    connector.mood = mood;
    expect(await holdsWithin(20_000, () => connector.requests >= before + 4)).toBe(true);
    await acknowledged(pages, 5);
    connector.mood = { kind: 'well' };
    await acknowledged(channel, 8);
  }
  await connector.goAway();
  await acknowledged(pages, 10);
  await connector.comeBack();
  await acknowledged(channel, 8);

  expect(await statusOf(`${bot.url}/health`)).toBe(200);
  expect(await statusOf(`${bot.url}/ready`)).toBe(200);
  expect(faultsOf(await pages.stop())).toEqual({});
  expect(faultsOf(await channel.stop())).toEqual({});
  expect(bot.kills).toEqual([]);
}, 120_000);

test('with a full disk people are answered from memory and /ready says no; with room again all of it is kept', async () => {
  const disk = mountTinyDisk(8_192);
  if (disk === undefined) {
    process.stderr.write('Skipped "a full disk": this user may not mount a file system.\n');
    return;
  }
  try {
    bot = await start({ STORAGE: `lmdb:${disk.folder}/data` });
    const outages: Outage[] = [];
    const crowd = people({
      pages: 4,
      channel: 3,
      outages,
      kills: () => bot!.kills,
      thinkMs: 20,
    });
    await acknowledged(crowd, 40);
    const from = performance.now();
    outages.push({ from, to: Number.POSITIVE_INFINITY });
    disk.fillUp();
    await untilStatus(`${bot.url}/ready`, 503);
    const conversation = `${randomUUID()}|livechat`;
    const body = {
      type: 'message',
      id: randomUUID(),
      channelId: 'emulator',
      serviceUrl: connector.url,
      from: { id: 'user-1', role: 'user' },
      recipient: { id: 'bot-1', role: 'bot' },
      conversation: { id: conversation },
      text: 'How heavy is a piano?',
    };
    expect((await requestJson({ method: 'POST', url: `${bot.url}/api/messages`, body })).status).toBe(200);
    expect(connector.answersOf(conversation).map(({ json }) => json)).toEqual([
      expect.stringMatching('exactly 1037 kg'),
    ]);
    expect(await statusOf(`${bot.url}/health`)).toBe(200);

    disk.makeRoom();
    await untilStatus(`${bot.url}/ready`, 200);
    outages.splice(0, 1, { from, to: performance.now() });
    await acknowledged(crowd, 40);
    // What was said without a disk is there after a restart.
    await bot.kill();
    await bot.restart();
    await acknowledged(crowd, 20);
    expect(faultsOf(await crowd.stop())).toEqual({});
  } finally {
    await bot?.stop();
    disk.remove();
  }
}, 120_000);

test('while content is edited, well and badly, every message is answered from good content', async () => {
  bot = await start({}, ['--reload']);
  const crowd = people({ pages: 4, channel: 3, thinkMs: 10 });
  await acknowledged(crowd, 30);
  const faq = path.join(content.knowledgeDir, 'faq/bikes/how-heavy-is-a-piano.md');
  const guide = path.join(content.guidesDir, 'which-bicycle.yaml');
  const texts = { faq: readFileSync(faq, 'utf8'), guide: readFileSync(guide, 'utf8') };
  const save = async (file: string, text: string, logged: RegExp): Promise<void> => {
    const from = bot!.log.length;
    writeFileSync(file, text);
    await bot!.logged(logged, from);
    await acknowledged(crowd, 10);
  };
  for (let edit = 1; edit <= 3; edit++) {
    await save(faq, `${texts.faq}\nIt was weighed ${edit} times.\n`, /^reloaded in /);
    await save(guide, `${texts.guide}# edited ${edit} times\n`, /^reloaded in /);
  }
  await save(guide, texts.guide.replace('text: Do you want a motor?', 'text: "Do you want'), /^not reloaded: /);
  await save(faq, '---\ntitle: [\n---\n', /^not reloaded: /);
  await save(faq, texts.faq, /^not reloaded: /);
  await save(guide, texts.guide, /^reloaded in /);
  const tally = await crowd.stop();
  expect(faultsOf(tally)).toEqual({});
  expect(tally.resent).toBe(0);
}, 120_000);

async function untilStatus(url: string, status: number): Promise<void> {
  const startedAt = performance.now();
  while ((await statusOf(url)) !== status) {
    if (performance.now() - startedAt > 40_000) throw new Error(`${url} does not come to ${status}`);
    await delay(20);
  }
}
