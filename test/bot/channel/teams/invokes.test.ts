import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type RunningServer, startServer } from '../../../../bot/channel/server';
import type { FoundAnswer } from '../../../../bot/faq-search';
import { type Feedback, parseFeedback } from '../../../../bot/feedback';
import { buildLogger } from '../../../../bot/log';
import { NEW_MEMORY } from '../../../../bot/memory';
import { phrases } from '../../../../bot/phrases';
import type { Reply } from '../../../../bot/reply';
import { EmulatorConversation } from '../../../support/emulator';
import { FakeConnector } from '../../../support/fake-connector';
import { say, scriptedBot, turn } from '../../../support/scripted-bot';
import { testConfig } from '../../../support/test-config';

const ANSWER: Reply = {
  kind: 'answer',
  entryId: 'tea',
  lead: '',
  title: 'Tea?',
  body: 'Yes.',
  asOf: undefined,
  source: undefined,
  buttons: [],
};

function found(id: string): FoundAnswer {
  return { id, title: id, body: 'Yes.', asOf: undefined, source: { title: 'FAQ', url: 'https://faq.example' } };
}

const bot = scriptedBot({ 'tea?': () => turn(NEW_MEMORY, [ANSWER]) }, (query) => {
  if (query === 'fail') throw new Error('as told');
  return query === 'nothing' ? [] : [found('milk'), found('tea')];
});

let dir: string;
let file: string;
let connector: FakeConnector;
let server: RunningServer;
let teams: EmulatorConversation;

beforeEach(async () => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'invokes-'));
  file = path.join(dir, 'feedback.jsonl');
  connector = await FakeConnector.start();
  const config = testConfig({ feedbackFile: file, stopTimeoutMs: 2_000 });
  server = await startServer({ config, bot, log: buildLogger(config) });
  teams = new EmulatorConversation(server.url, connector.url, 'msteams');
});
afterEach(async () => {
  await server.stop();
  await connector.stop();
  rmSync(dir, { recursive: true, force: true });
});

/** What was kept, once the server has stopped. */
async function kept(): Promise<readonly (Feedback | undefined)[]> {
  await server.stop();
  return readFileSync(file, 'utf8').trim().split('\n').map(parseFeedback);
}

const search = (value: string) =>
  teams.post({
    type: 'invoke',
    name: 'composeExtension/query',
    value: { commandId: 'searchFaq', parameters: [{ name: 'query', value }], queryOptions: { skip: 0, count: 25 } },
  });

const click = (reaction: string, more: object = {}) =>
  teams.post({
    type: 'invoke',
    name: 'message/fetchTask',
    value: { actionName: 'feedback', actionValue: { reaction } },
    ...more,
  });

const submit = (reaction: string, feedback: unknown, more: object = {}) =>
  teams.post({
    type: 'invoke',
    name: 'message/submitAction',
    value: { actionName: 'feedback', actionValue: { reaction, feedback: JSON.stringify(feedback) } },
    ...more,
  });

describe('the search of a message that is being written', () => {
  test('is answered in the response itself, and nothing is posted', async () => {
    const { status, body } = await search('te');
    expect(status).toBe(200);
    const { composeExtension } = JSON.parse(body);
    expect(composeExtension).toMatchObject({ type: 'result', attachmentLayout: 'list' });
    expect(composeExtension.attachments).toHaveLength(2);
    expect(JSON.parse((await search('nothing')).body)).toEqual({
      composeExtension: { type: 'message', text: phrases.searchFoundNothing },
    });
    expect(connector.requests).toEqual([]);
  });

  test('puts first what was given most often', async () => {
    const first = async () => JSON.parse((await search('')).body).composeExtension.attachments[0].preview.content.title;
    expect(await first()).toBe('milk');
    await teams.say('tea?');
    expect(await first()).toBe('tea');
  });

  test('fails alone: with a status, without an apology in the conversation', async () => {
    expect((await search('fail')).status).toBe(500);
    expect(connector.requests).toEqual([]);
    expect((await search('tea')).status).toBe(200);
  });
});

describe('feedback', () => {
  test('is offered under an answer, and under nothing else', async () => {
    await teams.say('tea?');
    await teams.say('hello');
    expect(connector.messages.map(({ channelData }) => channelData)).toEqual([
      { feedbackLoop: { type: 'custom' } },
      undefined,
    ]);
  });

  test('asks for the reason behind 👎, and for nothing but a comment behind 👍', async () => {
    const inputsOf = ({ body }: { readonly body: string }) => {
      const { task } = JSON.parse(body);
      expect(task.type).toBe('continue');
      return task.value.card.content.body.map(({ id }: { readonly id?: string }) => id).filter(Boolean);
    };
    expect(inputsOf(await click('dislike'))).toEqual(['reason', 'comment']);
    expect(inputsOf(await click('like'))).toEqual(['comment']);
    expect((await click('love')).status).toBe(400);
  });

  test('is kept with the answer and the question, without who gave it, and acknowledged', async () => {
    await teams.say('tea?');
    expect((await submit('dislike', { reason: 'outdated', comment: 'see 2026' }, { replyToId: 'sent-1' })).status).toBe(
      200,
    );
    expect(connector.messages.at(-1)?.text).toBe(phrases.feedbackThanksDislike);
    const [rating] = await kept();
    expect(rating).toEqual({
      at: expect.stringMatching(/^\d{4}-/),
      channel: 'msteams',
      reaction: 'dislike',
      reason: 'outdated',
      rater: expect.stringMatching(/^[\w-]{16}$/),
      comment: 'see 2026',
      about: [{ kind: 'entry', id: 'tea' }],
      question: 'tea?',
    });
  });

  test('on a message that is not remembered is kept without an answer', async () => {
    await submit('like', {}, { replyToId: 'older' });
    await submit('like', {});
    expect((await kept()).map((rating) => [rating?.reaction, rating?.about])).toEqual([
      ['like', []],
      ['like', []],
    ]);
  });

  test('in a channel or a group is acknowledged to nobody else', async () => {
    for (const conversationType of ['channel', 'groupChat']) {
      const conversation = { id: teams.id, conversationType, isGroup: true };
      expect((await submit('like', {}, { conversation })).status).toBe(200);
    }
    expect(connector.requests).toEqual([]);
    expect(await kept()).toHaveLength(2);
  });

  test('is kept even where the thanks cannot be sent', async () => {
    connector.behaviour = { kind: 'fail', status: 403 };
    expect((await submit('like', {})).status).toBe(200);
    expect(await kept()).toHaveLength(1);
  });

  test('that is none is refused in words', async () => {
    const { status, body } = await submit('love', {});
    expect([status, JSON.parse(body).message]).toEqual([400, phrases.feedbackUnreadable]);
    expect(connector.requests).toEqual([]);
  });
});

test('an invoke that nobody knows is not done, as before', async () => {
  expect((await teams.post({ type: 'invoke', name: 'task/fetch', value: {} })).status).toBe(501);
  expect((await teams.post({ type: 'invoke', value: {} })).status).toBe(501);
  await teams.say(say('x').kind);
  expect(connector.messages).toHaveLength(1);
});
