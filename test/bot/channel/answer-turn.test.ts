import { buildBot } from '../../../bot/build-bot';
import { type RunningServer, startServer } from '../../../bot/channel/server';
import { type OpenStorage, openStorage } from '../../../bot/channel/storage/open-storage';
import type { Change, Storage } from '../../../bot/channel/storage/storage';
import { buildLogger } from '../../../bot/log';
import { EmulatorConversation } from '../../support/emulator';
import { FakeConnector } from '../../support/fake-connector';
import { testConfig } from '../../support/test-config';
import { tinyContent, understandTiny } from '../../support/tiny-content';

/*
 * Real servers over one storage: what happens to a turn that is delivered twice, loses a race, or is interrupted.
 */

const QUESTION = 'How long does a tyre last?';

let connector: FakeConnector;
let opened: OpenStorage;
let servers: RunningServer[];

beforeEach(async () => {
  connector = await FakeConnector.start();
  opened = await openStorage(testConfig(), buildLogger(testConfig()));
  servers = [];
});

afterEach(async () => {
  for (const server of servers) await server.stop();
  await connector.stop();
});

/** A process over the storage of the test, with its own view of it. */
async function startProcess(through: (storage: Storage) => Partial<Storage> = () => ({})): Promise<RunningServer> {
  const { storage } = opened;
  const server = await startServer({
    config: testConfig({ stopTimeoutMs: 2_000 }),
    bot: buildBot(understandTiny, tinyContent()),
    log: buildLogger(testConfig()),
    storage: { ...opened, storage: { ...storage, ...through(storage) }, close: async () => undefined },
  });
  servers.push(server);
  return server;
}

const begin = (server: RunningServer, channelId = 'msteams') =>
  new EmulatorConversation(server.url, connector.url, channelId);

const isNoteOf = (kind: string) => (changes: readonly Change[]) =>
  changes.some((change) => 'key' in change && change.key.startsWith(`${kind}/`));

describe('an activity that is delivered twice', () => {
  test.each([
    ['at once', true],
    ['one after the other', false],
  ])('%s is answered once, and acknowledged each time', async (_when, atOnce) => {
    const talk = begin(await startProcess());
    const post = () => talk.post({ type: 'message', text: QUESTION, id: '1' });
    const answers = atOnce ? await Promise.all([post(), post()]) : [await post(), await post()];
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(connector.messages).toHaveLength(1);
  });

  test('under a new id is answered once', async () => {
    const talk = begin(await startProcess());
    for (const id of ['1', '2']) await talk.post({ type: 'message', text: QUESTION, id });
    expect(connector.messages).toHaveLength(1);
  });

  test('that has deleted the conversation is answered once, and what is kept to know it names nobody', async () => {
    const noted = new Set<string>();
    const watching = await startProcess((storage) => ({
      async commit(changes: readonly Change[]) {
        for (const change of changes) {
          if (change.kind === 'put' && change.key.startsWith('forgotten/')) noted.add(change.key);
        }
        return storage.commit(changes);
      },
    }));
    const talk = begin(watching, 'emulator');
    await talk.say(QUESTION);
    await talk.post({ type: 'message', text: 'delete my data', id: 'wish' });
    const post = () => talk.post({ type: 'message', text: 'yes', id: 'consent' });
    await post();
    const before = connector.messages.length;
    expect((await post()).status).toBe(200);
    await talk.post({ type: 'message', text: 'delete my data', id: 'wish' });
    expect(connector.messages).toHaveLength(before);
    await talk.say(QUESTION);
    expect(connector.messages).toHaveLength(before + 1);
    await post();
    expect(connector.messages).toHaveLength(before + 1);
    const [key] = [...noted];
    expect(key).toMatch(/^forgotten\/[\w-]{43}$/);
    expect((await opened.storage.read([key!])).get(key!)?.json).not.toMatch(/yes|wish|consent|tyre/);
  });

  test('moves a guide on by one step, while the same word to the next step counts', async () => {
    const talk = begin(await startProcess());
    await talk.say('which bike should I buy');
    const heard = connector.messages.length;
    const press = { type: 'message', text: 'On roads' };
    await Promise.all([talk.post({ ...press, id: '7' }), talk.post({ ...press, id: '7' })]);
    expect(connector.messages).toHaveLength(heard + 1);
    expect(JSON.stringify(connector.messages.at(-1))).toContain('question 2');
  });

  test.each([
    ['at once', 0],
    ['at once, over a storage that takes its time to note what was sent,', 1_000],
  ])('to two processes %s is answered once', async (_how, steps) => {
    const slowly = (storage: Storage) => ({
      async commit(changes: readonly Change[]) {
        if (isNoteOf('sent')(changes)) for (let step = 0; step < steps; step++) await new Promise(setImmediate);
        return storage.commit(changes);
      },
    });
    const [one, other] = [await startProcess(slowly), await startProcess(slowly)];
    const talk = begin(one);
    const activity = talk.activity({ type: 'message', text: QUESTION, id: '1' });
    const post = (server: RunningServer) => {
      talk.botUrl = server.url;
      return talk.post(activity);
    };
    const answers = await Promise.all([post(one), post(other)]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(connector.messages).toHaveLength(1);
  });
});

describe('a turn', () => {
  test('whose memory was written by somebody else meanwhile is run once more, and answers once', async () => {
    let conflicts = 1;
    const server = await startProcess((storage) => ({
      commit: async (changes) =>
        isNoteOf('state')(changes) && conflicts-- > 0 ? { kind: 'conflict' } : storage.commit(changes),
    }));
    const talk = begin(server);
    await talk.say(QUESTION);
    expect(conflicts).toBeLessThan(0);
    expect(connector.messages).toHaveLength(1);
    expect(connector.messages[0]?.text ?? JSON.stringify(connector.messages[0])).toContain('5000 km');
  });

  test('that always loses says sorry once, and the next one is answered', async () => {
    let conflicts = 2;
    const server = await startProcess((storage) => ({
      commit: async (changes) =>
        isNoteOf('state')(changes) && conflicts-- > 0 ? { kind: 'conflict' } : storage.commit(changes),
    }));
    const talk = begin(server);
    await talk.say(QUESTION);
    await talk.say('Which tyre is that then?');
    expect(connector.messages).toHaveLength(2);
    expect(connector.messages[0]?.text).toContain('Sorry');
  });

  test('that was interrupted before its replies were sent is answered when it is delivered again', async () => {
    // The process that never came to send, and never noted that it had.
    const first = await startProcess((storage) => ({
      commit: async (changes) => (isNoteOf('sent')(changes) ? { kind: 'conflict' } : storage.commit(changes)),
    }));
    const talk = begin(first);
    await talk.say('which bike should I buy');
    const activity = talk.activity({ type: 'message', text: 'On roads', id: '2' });
    await talk.post(activity);
    const [, firstReply] = connector.messages;
    talk.botUrl = (await startProcess()).url;
    await talk.post(activity);
    const [, , again] = connector.messages;
    expect(JSON.stringify(again?.attachments)).toBe(JSON.stringify(firstReply?.attachments));
    await talk.say('back');
    expect(JSON.stringify(connector.messages.at(-1))).toContain('question 1');
  });

  test('whose replies were sent stays answered in the next process', async () => {
    const talk = begin(await startProcess());
    const activity = talk.activity({ type: 'message', text: QUESTION, id: '1' });
    await talk.post(activity);
    talk.botUrl = (await startProcess()).url;
    await talk.post(activity);
    expect(connector.messages).toHaveLength(1);
  });

  test('with a record that is damaged begins anew and answers', async () => {
    const talk = begin(await startProcess());
    const key = `state/msteams/conversations/${talk.id}`;
    await opened.storage.commit([{ kind: 'put', key, json: '{"version":1,"memory', eTag: 'x', ttlMs: 60_000 }]);
    await talk.say(QUESTION);
    await talk.say('which bike should I buy');
    expect(JSON.stringify(connector.messages.at(-1))).toContain('question 1');
  });
});
