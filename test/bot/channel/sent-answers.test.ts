import { buildSentAnswers } from '../../../bot/channel/sent-answers';
import { buildMemoryStorage } from '../../../bot/channel/storage/memory-storage';
import type { Reply } from '../../../bot/reply';
import { say } from '../../support/scripted-bot';

function answer(entryId: string): Reply {
  return {
    kind: 'answer',
    entryId,
    lead: '',
    title: entryId,
    body: '',
    asOf: undefined,
    source: undefined,
    buttons: [],
  };
}
const OUTCOME: Reply = {
  kind: 'outcome',
  guideId: 'g',
  guideTitle: 'G',
  answered: [],
  verdict: '',
  explanation: '',
  reasons: [],
  ruledOut: [],
  nextSteps: [],
  checklist: [],
  cites: [],
  asOf: '2026-01-01',
  buttons: [],
};

const onlySentAnswers = () => buildSentAnswers(buildMemoryStorage({ maxItems: 100 }), 60_000);

const where = (id: string, replyToId?: string) =>
  ({ channelId: 'msteams', conversation: { id }, replyToId }) as unknown as Parameters<
    ReturnType<typeof buildSentAnswers>['find']
  >[0];

test('a message is known by its id in its conversation', async () => {
  const answers = onlySentAnswers();
  await answers.add({
    conversation: 'c',
    activity: where('c'),
    question: 'tea?',
    replies: [say('hi'), answer('tea')],
    sentIds: ['1', '2'],
  });
  expect(await answers.find(where('c', '2'))).toEqual({ about: [{ kind: 'entry', id: 'tea' }], question: 'tea?' });
  expect(await answers.find(where('c', '1'))).toBeUndefined();
  expect(await answers.find(where('d', '2'))).toBeUndefined();
  expect(await answers.find(where('c'))).toBeUndefined();
});

test('a thread of a channel is one conversation, whichever message of it is named', async () => {
  const answers = onlySentAnswers();
  await answers.add({
    conversation: 'c',
    activity: where('c;messageid=1'),
    question: 'q',
    replies: [answer('tea')],
    sentIds: ['2'],
  });
  expect(await answers.find(where('c', '2'))).toBeDefined();
});

test('replies that were put into one message are rated together', async () => {
  const answers = onlySentAnswers();
  await answers.add({
    conversation: 'c',
    activity: where('c'),
    question: 'q',
    replies: [answer('tea'), answer('milk')],
    sentIds: ['1'],
  });
  expect((await answers.find(where('c', '1')))?.about.map(({ id }) => id)).toEqual(['tea', 'milk']);
});

test('the last button of a guide is no question', async () => {
  const answers = onlySentAnswers();
  await answers.add({ conversation: 'c', activity: where('c'), question: 'Yes', replies: [OUTCOME], sentIds: ['1'] });
  expect(await answers.find(where('c', '1'))).toEqual({ about: [{ kind: 'guide', id: 'g' }], question: undefined });
});

test('answers are counted on every channel, and messages kept on that where people rate them', async () => {
  const answers = onlySentAnswers();
  const emulator = { ...where('c', '1'), channelId: 'emulator' };
  const turn = { conversation: 'c', question: 'q', replies: [answer('tea')], sentIds: ['1'] };
  await answers.add({ ...turn, activity: where('c') });
  await answers.add({ ...turn, activity: emulator });
  expect([answers.countOf('tea'), answers.countOf('milk')]).toEqual([2, 0]);
  expect(await answers.find(emulator)).toBeUndefined();
});

test('answers are counted over all channels, whatever storage each has', async () => {
  const counts = new Map<string, number>();
  const [one, other] = ['one', 'other'].map(() =>
    buildSentAnswers(buildMemoryStorage({ maxItems: 100 }), 60_000, counts),
  );
  const turn = { conversation: 'c', activity: where('c'), question: 'q', replies: [answer('tea')], sentIds: ['1'] };
  for (const answers of [one!, other!]) await answers.add(turn);
  expect([one!.countOf('tea'), other!.countOf('tea')]).toEqual([2, 2]);
});

test('what was answered in a conversation is forgotten with it, and no other', async () => {
  const storage = buildMemoryStorage({ maxItems: 100 });
  const answers = buildSentAnswers(storage, 60_000);
  for (const id of ['c', 'd']) {
    await answers.add({
      conversation: id,
      activity: where(id),
      question: 'q',
      replies: [answer('tea')],
      sentIds: ['1'],
    });
  }
  await storage.commit(await answers.forgetting('c'));
  expect(await answers.find(where('c', '1'))).toBeUndefined();
  expect(await answers.find(where('d', '1'))).toBeDefined();
  expect(await answers.forgetting('c')).toEqual([]);
});

test('a question whose message is deleted is forgotten, and its answer can still be rated', async () => {
  const storage = buildMemoryStorage({ maxItems: 100 });
  const answers = buildSentAnswers(storage, 60_000);
  for (const id of ['1', '2']) {
    await answers.add({
      conversation: 'c',
      activity: { ...where('c'), id: `asked ${id}` },
      question: `my secret ${id}`,
      replies: [answer('tea')],
      sentIds: [id],
    });
  }
  await storage.commit(await answers.droppingQuestion('c', 'asked 1'));
  expect(await answers.find(where('c', '1'))).toEqual({ about: [{ kind: 'entry', id: 'tea' }], question: undefined });
  expect((await answers.find(where('c', '2')))?.question).toBe('my secret 2');
  expect(await answers.droppingQuestion('c', 'asked 1')).toEqual([]);
  expect(await answers.droppingQuestion('d', 'asked 2')).toEqual([]);
});

test('a channel that gives no ids is no trouble', async () => {
  const answers = onlySentAnswers();
  await answers.add({
    conversation: 'c',
    activity: where('c'),
    question: 'q',
    replies: [answer('tea')],
    sentIds: [undefined],
  });
  expect(answers.countOf('tea')).toBe(1);
});
