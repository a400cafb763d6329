import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { phrases } from '../../bot/phrases';
import { BATTERY_FILE, BICYCLE_FILES, TYRE_FILE, tyreEntry } from '../support/bicycle-files';
import { buildMain } from '../support/built-main';
import { EmulatorConversation } from '../support/emulator';
import { FakeConnector } from '../support/fake-connector';
import { ReloadingServer } from '../support/reloading-server';
import { entryFile, SMALL_VOCABULARY, type TempContent, tempContent } from '../support/temp-content';
import { TINY_GUIDE_FILE, TINY_GUIDE_YAML } from '../support/tiny-guide';

/*
 * The bot as `npm run dev` starts it, on a copy of some content that is edited while people talk to it.
 */

const RELOADED = /^reloaded in /;
const KEPT = /^not reloaded: the last good version/;

let content: TempContent;
let connector: FakeConnector;
let server: ReloadingServer;

beforeAll(() => buildMain(), 120_000);
beforeEach(async () => {
  content = tempContent({ ...SMALL_VOCABULARY, ...BICYCLE_FILES });
  connector = await FakeConnector.start();
  server = await ReloadingServer.start({ KNOWLEDGE_DIR: content.knowledgeDir, GUIDES_DIR: content.guidesDir });
});
afterEach(async () => {
  await server.stop();
  await connector.stop();
  content.remove();
});

function fileOf(name: string): string {
  return path.join(path.dirname(content.knowledgeDir), name);
}

function save(name: string, text: string): void {
  writeFileSync(fileOf(name), text);
}

const guideWith = (before: string, after: string): string => TINY_GUIDE_YAML.replace(before, after);

/** Says something and hears everything that comes back, as one text. */
async function hear(conversation: EmulatorConversation, text: string): Promise<string> {
  const heard = connector.requests.length;
  expect((await conversation.say(text)).status).toBe(200);
  return JSON.stringify(connector.requests.slice(heard).map(({ activity }) => activity));
}

const talk = (): EmulatorConversation => new EmulatorConversation(server.url, connector.url);

test('a guide that is edited while somebody is in it goes on with its new words and the answers that were given', async () => {
  const person = talk();
  expect(await hear(person, 'which bike should I buy')).toContain('Where do you ride?');
  expect(await hear(person, 'On roads')).toContain('Is it more than 20 km a day?');

  save(TINY_GUIDE_FILE, guideWith('Do you want a motor?', 'Shall a motor push you?'));
  const { msg, changed } = await server.logged(RELOADED);
  expect(msg).toMatch(/^reloaded in \d+ ms: 2 entries, 1 guide$/);
  expect(changed).toEqual([path.relative(process.cwd(), fileOf(TINY_GUIDE_FILE))]);

  const next = await hear(person, 'Yes, more than 20 km');
  expect(next).toContain('Shall a motor push you?');
  expect(next).toContain(phrases.guideChanged);
  const advice = await hear(person, 'Without a motor');
  for (const reason of ['You ride on roads.', 'Your way is long.', 'You want no motor.'])
    expect(advice).toContain(reason);
  expect(advice).not.toContain(phrases.guideChanged);
});

test('a file with faults is reported with its lines while the last good version serves, until it is mended', async () => {
  const shown = path.relative(process.cwd(), fileOf(TINY_GUIDE_FILE));
  const lineOf = (text: string): number => TINY_GUIDE_YAML.split('\n').findIndex((line) => line.includes(text)) + 1;
  const person = talk();
  await hear(person, 'which bike should I buy');

  const badYaml = guideWith('    text: Do you want a motor?', '    text: "Do you want a motor?');
  save(TINY_GUIDE_FILE, badYaml);
  const yaml = await server.logged(/not valid YAML/);
  expect(yaml).toMatchObject({ level: 'error', msg: expect.stringMatching(`^${shown}:\\d+: not valid YAML`) });
  await server.logged(KEPT);
  expect(await hear(person, 'On roads')).toContain('Is it more than 20 km a day?');

  save(TINY_GUIDE_FILE, guideWith('next: touring-bike\n    unknown', 'next: no-such-bike\n    unknown'));
  const lint = await server.logged(/no-such-bike/);
  expect(lint).toMatchObject({ level: 'error', place: `${shown}:${lineOf('next: touring-bike')}` });
  expect((await server.logged(KEPT)).faults).toBeGreaterThanOrEqual(1);
  expect(await hear(talk(), 'which bike should I buy')).toContain('Where do you ride?');

  save(TINY_GUIDE_FILE, guideWith('Do you want a motor?', 'Shall a motor push you?'));
  await server.logged(RELOADED);
  expect(await hear(person, 'Yes, more than 20 km')).toContain('Shall a motor push you?');
});

test('an answer is edited, added and taken away, a folder replaced and gone for a while: what was saved last serves', async () => {
  expect(await hear(talk(), 'tyre life')).toContain('About 5000 km.');

  // As many editors save: a file beside, moved into place.
  save(`${TYRE_FILE}.tmp`, tyreEntry('About 6000 km.'));
  renameSync(fileOf(`${TYRE_FILE}.tmp`), fileOf(TYRE_FILE));
  await server.logged(RELOADED);
  expect(await hear(talk(), 'tyre life')).toContain('About 6000 km.');

  const bell = 'knowledge/faq/bikes/how-loud-is-a-bell.md';
  save(bell, entryFile('How loud is a bell?', ['bell volume', 'noise of the bell', 'ring'], 'As loud as a bird.'));
  expect((await server.logged(RELOADED)).msg).toContain('3 entries');
  expect(await hear(talk(), 'bell volume')).toContain('As loud as a bird.');
  rmSync(fileOf(bell));
  expect((await server.logged(RELOADED)).msg).toContain('2 entries');

  renameSync(content.knowledgeDir, `${content.knowledgeDir}-away`);
  expect((await server.logged(/does not exist$/)).level).toBe('error');
  await server.logged(KEPT);
  expect(await hear(talk(), 'tyre life')).toContain('About 6000 km.');

  for (const dir of ['faq', 'faq/bikes']) mkdirSync(path.join(content.knowledgeDir, dir), { recursive: true });
  save(TYRE_FILE, tyreEntry('About 7000 km.'));
  renameSync(`${content.knowledgeDir}-away/faq/bikes/how-far-does-a-battery-go.md`, fileOf(BATTERY_FILE));
  await server.logged(RELOADED);
  expect(await hear(talk(), 'tyre life')).toContain('About 7000 km.');
  expect(await server.stop()).toBe(0);
});
