import { buildSentAnswers } from '../../../bot/channel/sent-answers';
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

const where = (id: string, replyToId?: string) =>
  ({ channelId: 'msteams', conversation: { id }, replyToId }) as unknown as Parameters<
    ReturnType<typeof buildSentAnswers>['find']
  >[0];

test('a message is known by its id in its conversation', () => {
  const answers = buildSentAnswers();
  answers.add({ activity: where('c'), question: 'tea?', replies: [say('hi'), answer('tea')], sentIds: ['1', '2'] });
  expect(answers.find(where('c', '2'))).toEqual({ about: [{ kind: 'entry', id: 'tea' }], question: 'tea?' });
  expect(answers.find(where('c', '1'))).toBeUndefined();
  expect(answers.find(where('d', '2'))).toBeUndefined();
  expect(answers.find(where('c'))).toBeUndefined();
});

test('a thread of a channel is one conversation, whichever message of it is named', () => {
  const answers = buildSentAnswers();
  answers.add({ activity: where('c;messageid=1'), question: 'q', replies: [answer('tea')], sentIds: ['2'] });
  expect(answers.find(where('c', '2'))).toBeDefined();
});

test('replies that were put into one message are rated together', () => {
  const answers = buildSentAnswers();
  answers.add({ activity: where('c'), question: 'q', replies: [answer('tea'), answer('milk')], sentIds: ['1'] });
  expect(answers.find(where('c', '1'))?.about.map(({ id }) => id)).toEqual(['tea', 'milk']);
});

test('the last button of a guide is no question', () => {
  const answers = buildSentAnswers();
  answers.add({ activity: where('c'), question: 'Yes', replies: [OUTCOME], sentIds: ['1'] });
  expect(answers.find(where('c', '1'))).toEqual({ about: [{ kind: 'guide', id: 'g' }], question: undefined });
});

test('answers are counted, and only so many messages are kept', () => {
  const answers = buildSentAnswers(2);
  for (const id of ['1', '2', '3']) {
    answers.add({ activity: where('c'), question: 'q', replies: [answer('tea')], sentIds: [id] });
  }
  expect(answers.countOf('tea')).toBe(3);
  expect(answers.countOf('milk')).toBe(0);
  expect(['1', '2', '3'].map((id) => answers.find(where('c', id)) !== undefined)).toEqual([false, true, true]);
});

test('a channel that gives no ids is no trouble', () => {
  const answers = buildSentAnswers();
  answers.add({ activity: where('c'), question: 'q', replies: [answer('tea')], sentIds: [undefined] });
  expect(answers.countOf('tea')).toBe(1);
});
