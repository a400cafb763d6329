import { buildLocalBackplane } from '../../../bot/channel/backplane/local-backplane';
import { buildConversationRecords } from '../../../bot/channel/conversation-records';
import { NO_DELIVERIES, readDelivery, withDelivery } from '../../../bot/channel/deliveries';
import { buildErasure } from '../../../bot/channel/erasure';
import { buildSentAnswers } from '../../../bot/channel/sent-answers';
import { buildMemoryStorage } from '../../../bot/channel/storage/memory-storage';
import { buildSurvivingStorage, type SurvivingStorage } from '../../../bot/channel/storage/surviving-storage';
import { buildTranscripts } from '../../../bot/channel/transcripts';
import { buildLogger } from '../../../bot/log';
import { NEW_MEMORY } from '../../../bot/memory';
import type { Reply } from '../../../bot/reply';
import { buildFailingStorage } from '../../support/failing-storage';
import { until } from '../../support/until';

/*
 * Two processes one after the other over one storage: what the second deletes while it cannot see what the first has kept.
 */

const PLACE = 'msteams/conversations/a';
const IDLE_MS = 60_000;
const log = buildLogger({ logLevel: 'silent', logMessages: false });
const activity = { channelId: 'msteams', conversation: { id: 'a' } } as never;
const TEA = { kind: 'answer', entryId: 'tea', lead: '', title: '', body: '', buttons: [] } as unknown as Reply;

function buildProcess(storage: SurvivingStorage) {
  const records = buildConversationRecords({ storage, idleMs: IDLE_MS, onDamage: () => undefined });
  const transcripts = buildTranscripts(storage, IDLE_MS);
  const answers = buildSentAnswers(storage, IDLE_MS);
  const erasure = buildErasure({
    storage,
    records,
    transcripts,
    answers,
    backplane: buildLocalBackplane(),
    isStorageUp: storage.isUp,
    whenStorageUp: storage.whenUp,
    log,
  });
  async function talk(conversation: string, sentId: string): Promise<void> {
    const delivery = readDelivery({ id: sentId, channelId: 'msteams' } as never, Date.now());
    const record = { memory: NEW_MEMORY, last: undefined, answered: withDelivery(NO_DELIVERIES, delivery, Date.now()) };
    await storage.commit([
      records.writing(conversation, record, (await records.read(conversation)).eTag),
      records.entering(PLACE, conversation),
      transcripts.adding(conversation, [{ from: 'user', text: 'tea?', at: new Date().toISOString() }]),
    ]);
    await answers.add({ activity, conversation, question: 'tea?', replies: [TEA], sentIds: [sentId] });
  }
  return { erase: erasure.erase, talk };
}

function build() {
  const kept = buildMemoryStorage({ maxItems: 100 });
  const failing = buildFailingStorage(kept);
  const open = () => buildSurvivingStorage({ storage: failing, timeoutMs: 1_000, log });
  async function left(): Promise<readonly string[]> {
    const keys = ['1', '2', '3'].map((id) => `answer/${PLACE}/${id}`);
    const states = ['x', 'y'].map((id) => `state/${PLACE}/users/${id}`);
    return [...(await kept.read([...keys, ...states])).keys()].map((key) => key.replace(`${PLACE}/`, ''));
  }
  return { failing, open, left };
}

const [X, Y] = [`${PLACE}/users/x`, `${PLACE}/users/y`];

test('what is deleted while the storage is away goes there too when it is back, but for what was said since', async () => {
  const { failing, open, left } = build();
  const before = open();
  await buildProcess(before).talk(X, '1');
  await buildProcess(before).talk(Y, '2');
  await before.close();
  const storage = open();
  const { erase, talk } = buildProcess(storage);
  failing.fail('lost');
  expect(await erase({ conversations: [X] })).toBe(false);
  await new Promise((resolve) => setTimeout(resolve, 2));
  await talk(X, '3');
  failing.fail('none');
  await until(async () => storage.isUp() && !(await left()).includes('answer/1'));
  expect((await left()).toSorted()).toEqual(['answer/2', 'answer/3', 'state/users/x', 'state/users/y']);
  expect(await erase({ conversations: [X, Y] })).toBe(true);
  expect(await left()).toEqual([]);
  await storage.close();
});

test('a place that the bot is taken from while the storage is away is forgotten there with all its people', async () => {
  const { failing, open, left } = build();
  const before = open();
  await buildProcess(before).talk(X, '1');
  await buildProcess(before).talk(Y, '2');
  await before.close();
  const storage = open();
  failing.fail('lost');
  expect(await buildProcess(storage).erase({ conversations: [PLACE], place: PLACE })).toBe(false);
  expect(await left()).toHaveLength(4);
  failing.fail('none');
  await until(async () => (await left()).length === 0);
  await storage.close();
});
