import fc from 'fast-check';
import type { Bot } from '../../../../bot/bot';
import type { TranscriptActivity } from '../../../../bot/channel/emulator/transcript';
import { buildTranscriptRecorder } from '../../../../bot/channel/emulator/transcript-recorder';
import { renewTranscript } from '../../../../bot/channel/replay/renew-transcript';
import { replayReport } from '../../../../bot/channel/replay/replay-report';
import {
  type ReplayedTurn,
  replayTranscript,
  strangeActivities,
} from '../../../../bot/channel/replay/replay-transcript';
import type { Memory } from '../../../../bot/memory';
import { phrases } from '../../../../bot/phrases';
import type { UserMessage } from '../../../../bot/user-message';
import { say, scriptedBot, turn } from '../../../support/scripted-bot';
import { testConfig } from '../../../support/test-config';

const user = { from: { id: 'u', role: 'user' }, recipient: { id: 'b', role: 'bot' } };
const bot = { from: { id: 'b', role: 'bot' }, recipient: { id: 'u', role: 'user' } };
const message = (text: string, part: object = {}) => ({ type: 'message', text, ...user, ...part });
const reply = (text: string, part: object = {}) => ({ type: 'message', text, ...bot, ...part });

async function replayed(
  activities: readonly TranscriptActivity[],
  played: Bot = scriptedBot(),
): Promise<readonly ReplayedTurn[]> {
  const replay = await replayTranscript(activities, { bot: played, titles: new Map(), config: testConfig() });
  if (!replay.ok) throw new Error(replay.fault);
  return replay.turns;
}

async function recorded(played: Bot, messages: readonly UserMessage[]): Promise<TranscriptActivity[]> {
  const recorder = buildTranscriptRecorder(() => new Date(0));
  let memory: Memory | undefined;
  for (const one of messages) {
    const result = await played.respond(memory, one);
    memory = result.memory;
    recorder.add(one, result);
  }
  return JSON.parse(recorder.text());
}

test('a conversation that was recorded is the same again, whatever was said', async () => {
  const choices = { kind: 'text', text: 'Which?', buttons: [{ label: 'One', action: 'guide:one' }] } as const;
  const buildPlayed = () =>
    scriptedBot({
      which: (memory) => turn(memory, [say('Well.'), choices]),
      human: (memory) => turn(memory, [say('Ann')], { effect: 'handover' }),
    });
  const typed = fc.oneof(
    fc.constantFrom('which', 'human'),
    fc.string().filter((text) => text.trim() !== ''),
  );
  const anyMessage: fc.Arbitrary<UserMessage> = fc.oneof(
    typed.map((text): UserMessage => ({ kind: 'text', text: text.trim() })),
    fc.constant<UserMessage>({ kind: 'button', action: 'guide:one', label: 'One' }),
    fc.constant<UserMessage>({ kind: 'arrival' }),
    fc.constant<UserMessage>({ kind: 'unreadable' }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(anyMessage, { minLength: 1, maxLength: 6 }), async (messages) => {
      const activities = await recorded(buildPlayed(), messages);
      const turns = await replayed(activities, buildPlayed());
      expect(replayReport('f', turns)).toMatch(/^f: the same in /);
      expect(renewTranscript(turns)).toEqual(activities);
    }),
    { numRuns: 50 },
  );
});

test('a conversation in which a transcript was sent and all was deleted is the same again', async () => {
  const buildPlayed = () =>
    scriptedBot({
      transcript: (memory) => turn(memory, [], { effect: 'send-transcript' }),
      forget: (memory) => turn(memory, [], { effect: 'delete-data' }),
    });
  const recorder = buildTranscriptRecorder(() => new Date(0));
  const nothing = { replies: [] } as const;
  recorder.add({ kind: 'text', text: 'hi' }, { replies: [say('1: hi')], effect: 'none' });
  const done = 'This conversation since 2026-05-02 14:03';
  recorder.add({ kind: 'text', text: 'transcript' }, { ...nothing, effect: 'send-transcript', done });
  const deleted = `${phrases.dataDeleted} ${phrases.clientKeepsCopy.emulator}`;
  recorder.add({ kind: 'text', text: 'forget' }, { ...nothing, effect: 'delete-data', done: deleted });
  const turns = await replayed(JSON.parse(recorder.text()), buildPlayed());
  expect(replayReport('f', turns)).toMatch(/^f: the same in 3 turns/);
});

test('every recorded activity has what the Emulator reads when it opens a transcript', async () => {
  const activities = await recorded(scriptedBot(), [{ kind: 'arrival' }, { kind: 'text', text: 'hi' }]);
  for (const activity of activities) {
    expect(activity).toMatchObject({
      id: expect.any(String),
      timestamp: '1970-01-01T00:00:00.000Z',
      channelId: 'emulator',
      conversation: { id: expect.any(String) },
      from: { id: expect.any(String), role: expect.stringMatching(/^(user|bot)$/) },
      recipient: { id: expect.any(String), role: expect.stringMatching(/^(user|bot)$/) },
    });
  }
  expect(activities.map(({ type, replyToId }) => [type, replyToId])).toEqual([
    ['conversationUpdate', undefined],
    ['message', '1'],
    ['message', undefined],
    ['message', '3'],
  ]);
});

test('what the Emulator saves is played: an update for the bot and one for the user, traces, typing, ids and times', async () => {
  const turns = await replayed([
    { type: 'conversationUpdate', membersAdded: [{ id: 'b' }], from: { id: 'u' }, recipient: bot.from },
    { type: 'conversationUpdate', membersAdded: [{ id: 'u' }], from: { id: 'u' }, recipient: bot.from },
    reply('hello', { id: 'x', timestamp: '2019-08-20T20:37:05.704Z', replyToId: 'y', locale: 'en-US' }),
    { type: 'typing', ...bot },
    { type: 'trace', name: 'BotState', ...bot },
    message('hi', { channelData: { clientActivityID: '1' }, entities: [{ type: 'ClientCapabilities' }] }),
    reply('1: hi'),
  ]);
  expect(turns.map(({ isSame }) => isSame)).toEqual([true, true, true]);
});

test('replies belong to the message that they answer, even where another came in between', async () => {
  const turns = await replayed([
    message('one', { id: 'a' }),
    message('two', { id: 'b' }),
    reply('1: one', { replyToId: 'a' }),
    reply('2: two', { replyToId: 'b' }),
  ]);
  expect(turns.map(({ isSame }) => isSame)).toEqual([true, true]);
});

test('a transcript that begins with the bot is that of somebody who came', async () => {
  const turns = await replayed([reply('hello'), message('hi'), reply('1: hi')]);
  expect(turns.map(({ place, isSame }) => [place, isSame])).toEqual([
    [0, true],
    [2, true],
  ]);
});

test('the report names the turn, what was said, and the lines that differ with some around them', async () => {
  const lines = ['a', 'b', 'c', 'd', 'e', 'f'];
  const answer = {
    kind: 'text',
    text: [...lines, 'new'].join('\n'),
    buttons: [{ label: 'Yes', action: 'guide:y' }],
  } as const;
  const played = scriptedBot({ q: (memory) => turn(memory, [say('First.'), answer]) });
  const turns = await replayed(
    [
      message('hi'),
      reply('1: hi'),
      message('q'),
      reply('First.'),
      reply([...lines, 'old'].join('\n'), {
        suggestedActions: { actions: [{ title: 'No' }] },
        attachments: [
          { contentType: 'application/vnd.microsoft.card.hero', content: { buttons: [{ title: 'More' }] } },
        ],
      }),
    ],
    played,
  );
  expect(replayReport('talk.transcript', turns)).toBe(
    [
      'talk.transcript: different in 1 of 2 turns',
      '',
      'turn 2 (activity 3): q',
      '    …',
      '    e',
      '    f',
      '  - old',
      '  - (hero card)',
      '  - [More]',
      '  - [No]',
      '  + new',
      '  + [Yes]',
      '',
      '',
    ].join('\n'),
  );
});

test('a turn that fails is a difference', async () => {
  const played = scriptedBot({
    explode: () => {
      throw new Error('boom');
    },
  });
  const turns = await replayed([message('explode'), reply('fine')], played);
  expect(replayReport('f', turns)).toContain(`  + ${phrases.apology}`);
});

test('renewed, only the words of the bot are other ones; ids and times stay, and what is new gets some', async () => {
  const [first, second] = [reply('old', { id: 'r1', timestamp: 't1' }), reply('1: hi', { id: 'r2', timestamp: 't2' })];
  const asked = message('hi', { id: 'm', timestamp: 't0', channelData: { kept: true } });
  const played = scriptedBot({ hi: (memory) => turn(memory, [say('new'), say('1: hi'), say('more')]) });
  const renewed = renewTranscript(await replayed([asked, first, second], played));
  expect(renewed).toMatchObject([
    asked,
    { text: 'new', id: 'r1', timestamp: 't1', replyToId: 'm' },
    { text: '1: hi', id: 'r2', timestamp: 't2' },
    { text: 'more', id: '4', timestamp: 't2', from: { role: 'bot' }, recipient: { role: 'user' } },
  ]);
  expect((await replayed(renewed, played)).every(({ isSame }) => isSame)).toBe(true);
});

test.each([
  [[{ type: 'message', text: 'hi' }], 'activity 1 (message): `from.role` must say who sent it, "user" or "bot"'],
  [[message('hi'), message('x', { attachments: 'no' })], /^activity 2 \(message\): attachments: /],
])('an activity that cannot be played is named: %j', async (activities, fault) => {
  const replay = await replayTranscript(activities, { bot: scriptedBot(), titles: new Map(), config: testConfig() });
  expect(replay).toEqual({ ok: false, fault: typeof fault === 'string' ? fault : expect.stringMatching(fault) });
});

test('a type that no channel knows is named and gets no answer', async () => {
  const activities = [{ type: 'sing', ...user }, message('hi'), reply('1: hi')];
  expect(strangeActivities(activities)).toEqual(['activity 1: no channel knows the type "sing", so it gets no answer']);
  expect((await replayed(activities)).every(({ isSame }) => isSame)).toBe(true);
});
