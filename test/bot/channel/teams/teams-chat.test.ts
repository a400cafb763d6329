import type { Bot } from '../../../../bot/bot';
import { buildBot } from '../../../../bot/build-bot';
import { type RunningServer, startServer } from '../../../../bot/channel/server';
import { buildLogger } from '../../../../bot/log';
import { phrases } from '../../../../bot/phrases';
import { faultsOfCard } from '../../../support/check-card';
import { FakeConnector } from '../../../support/fake-connector';
import { fullGuide } from '../../../support/full-guide';
import { scriptedBot } from '../../../support/scripted-bot';
import { ANA, actionsOf, BEN, cardsOf, partsOf, TEAMS_BOT, TeamsConversation, wordsOf } from '../../../support/teams';
import { testConfig } from '../../../support/test-config';
import { tinyContent, understandTiny } from '../../../support/tiny-content';
import { tinyGuide } from '../../../support/tiny-guide';

let connector: FakeConnector;
/** Serves all conversations with the tiny bot. */
let usual: RunningServer;
let servers: RunningServer[];

beforeAll(async () => {
  usual = await launch(tinyBot());
});
afterAll(() => usual?.stop());
beforeEach(async () => {
  connector = await FakeConnector.start();
  servers = [];
});

afterEach(async () => {
  for (const card of connector.messages.flatMap(cardsOf)) expect(faultsOfCard(card)).toEqual([]);
  await Promise.all(servers.map((server) => server.stop()));
  await connector.stop();
});

const tinyBot = (): Bot => buildBot(understandTiny, tinyContent());

function launch(bot: Bot): Promise<RunningServer> {
  const config = testConfig({ stopTimeoutMs: 2_000 });
  return startServer({ config, bot, log: buildLogger(config) });
}

async function teams(kind: TeamsConversation['kind'], bot?: Bot): Promise<TeamsConversation> {
  if (bot === undefined) return new TeamsConversation(usual.url, connector, kind);
  const server = await launch(bot);
  servers.push(server);
  return new TeamsConversation(server.url, connector, kind);
}

const titles = (card: unknown): unknown[] => actionsOf(card).map(({ title }) => title);
const methods = (): string[] => connector.requests.map(({ method }) => method);

describe('a private chat', () => {
  test('answers a question with one message and its follow-ups to press', async () => {
    const chat = await teams('personal');
    await chat.say('how long does a tyre last?');
    expect(chat.sent()).toHaveLength(1);
    expect(chat.sent()[0]?.text).toBe('**How long does a tyre last?**\n\nAbout 5000 km. With a motor less.');
    expect(titles(chat.card())).toEqual(['How far does a battery go?']);
    expect(chat.sent()[0]).toMatchObject({ summary: 'How long does a tyre last?' });
    const answer = await chat.click('How far does a battery go?');
    expect([answer.status, answer.words]).toEqual([200, phrases.answerBelow]);
    expect(chat.sent().at(-1)?.text).toContain('About 80 km.');
  });

  test('freezes a pressed step and asks the next in a message of its own', async () => {
    const chat = await teams('personal');
    await chat.say('which bicycle?');
    const [first] = partsOf(chat.card(), 'TextBlock').filter(({ size }) => size === 'Medium');
    const choice = actionsOf(chat.card())[0]!;
    const label = (choice.data as { label: string }).label;
    const answer = await chat.click(choice.title as string);
    expect(wordsOf(answer.card)).toBe(`${first!.text}\n✓ ${label}`);
    expect(actionsOf(answer.card)).toEqual([]);
    expect(chat.sent()).toHaveLength(2);
    expect(new Set(methods())).toEqual(new Set(['POST']));
    // Pressed again at once: the same card, and nothing new is said.
    const again = await chat.press(choice.data as Record<string, unknown>);
    expect(wordsOf(again.card)).toBe(wordsOf(answer.card));
    expect(chat.sent()).toHaveLength(2);
  });

  test('takes the same button as a message from clients that know no other', async () => {
    const [invoke, message] = [await teams('personal'), await teams('personal')];
    for (const chat of [invoke, message]) await chat.say('which bicycle?');
    const { data, fallback } = actionsOf(invoke.card())[0] as { data: object; fallback: { data: { msteams: object } } };
    await invoke.press(data as Record<string, unknown>);
    const { text, value } = fallback.data.msteams as { text: string; value: object };
    await message.post({ type: 'message', text, value, replyToId: message.lastId() });
    expect(wordsOf(message.card())).toBe(wordsOf(invoke.card()));
  });

  test.each([
    ['nothing', undefined],
    ['no data', { action: { type: 'Action.Execute', verb: 'act' } }],
    ['data of a wrong kind', { action: { data: [1] } }],
    ['a field that is not there', { action: { data: { submit: 'chosen', field: '__proto__' } } }],
    [
      'picks of different questions',
      { action: { data: { submit: 'picked', field: 'a', a: 'pick:g/q/a,pick:g/r/a' } } },
    ],
    ['an action that is a number', { action: { data: { action: 7 } } }],
  ])('says so kindly where a press brings %s', async (_name, value) => {
    const chat = await teams('personal');
    const answer = await chat.post({ type: 'invoke', name: 'adaptiveCard/action', value });
    expect(answer.status).toBe(200);
    const { type } = JSON.parse(answer.body) as { type: string };
    expect(type).toBe('application/vnd.microsoft.activity.message');
    expect(connector.requests).toEqual([]);
  });

  test('answers a button that it does not know', async () => {
    const chat = await teams('personal');
    const answer = await chat.press({ action: 'nonsense:x', label: 'how long does a tyre last?' });
    expect(answer.status).toBe(200);
    expect(chat.sent()[0]?.text).toContain('5000 km');
  });

  test('tells sorry to whoever pressed when the bot fails', async () => {
    const failing: Bot = {
      respond: async () => {
        throw new Error('boom');
      },
      search: () => [],
    };
    const chat = await teams('personal', failing);
    const answer = await chat.press({ action: 'guide:x', label: 'x' });
    expect([answer.status, answer.words]).toEqual([200, phrases.apology.replace(/\*/g, '')]);
  });

  test('does not answer invokes that it does not know', async () => {
    const chat = await teams('personal');
    expect((await chat.post({ type: 'invoke', name: 'no/such' })).status).toBe(501);
    expect((await chat.post({ type: 'invoke' })).status).toBe(501);
  });
});

describe('a channel', () => {
  test('is answered where the bot is mentioned, and left alone otherwise', async () => {
    const bot = scriptedBot();
    const channel = await teams('channel', bot);
    await channel.post({ type: 'message', text: 'lunch?' });
    expect(bot.heard).toEqual([]);
    const at = `<at>${TEAMS_BOT.name}</at>`;
    const mention = (mentioned: object, text: string) => ({ type: 'mention', mentioned, text });
    await channel.post({
      type: 'message',
      text: `${at} hey ${at} <at>Ben</at> which bicycle`,
      entities: [mention(TEAMS_BOT, at), mention(TEAMS_BOT, at), mention(BEN, '<at>Ben</at>')],
    });
    expect(bot.heard).toEqual([{ kind: 'text', text: 'hey <at>Ben</at> which bicycle' }]);
    expect(connector.requests[0]?.conversation).toBe(channel.id);
  });

  test('sees a guide run in one message, its steps above the question', async () => {
    const channel = await teams('channel');
    await channel.say('which bicycle?');
    const { data, title } = actionsOf(channel.card())[0] as { data: { label: string }; title: string };
    const [question] = partsOf(channel.card(), 'TextBlock').filter(({ size }) => size === 'Medium');
    const answer = await channel.click(title);
    expect(methods()).toEqual(['POST', 'PUT']);
    expect(connector.requests[1]).toMatchObject({ replyTo: 'sent-1', conversation: channel.id });
    expect(wordsOf(answer.card).split('\n')[0]).toBe(`✓ ${question!.text} **${data.label}**`);
    expect(JSON.stringify(channel.card())).toBe(JSON.stringify(answer.card));
    const link = actionsOf(answer.card).find(({ type }) => type === 'Action.OpenUrl')!;
    expect(link.title).toBe(phrases.continueInPrivate);
    expect(link.url).toBe(
      `https://teams.microsoft.com/l/chat/0/0?users=${TEAMS_BOT.id}&message=Which%20bicycle%20fits%20me%3F`,
    );
    expect(faultsOfCard(answer.card)).toEqual([]);
  });

  test('goes on where the message cannot be changed: whoever pressed sees the step', async () => {
    const channel = await teams('channel');
    await channel.say('which bicycle?');
    connector.behaviour = { kind: 'fail', status: 403 };
    const { title } = actionsOf(channel.card())[0]!;
    const answer = await channel.click(title as string);
    expect(wordsOf(answer.card)).toContain('✓');
  });

  test('keeps the guides of two people apart', async () => {
    const channel = await teams('channel');
    await channel.say('which bicycle?', ANA);
    const anas = channel.card();
    await channel.say('which bicycle?', BEN);
    const bens = channel.card();
    const [mine, other] = [actionsOf(anas)[0]!, actionsOf(bens)[0]!];
    const foreign = await channel.press(other.data as Record<string, unknown>, ANA);
    expect(foreign.words).toBe(phrases.somebodyElses);
    expect(methods()).toEqual(['POST', 'POST']);
    const own = await channel.press(mine.data as Record<string, unknown>, ANA, 'sent-1');
    expect(wordsOf(own.card)).toContain('✓');
    const bensOwn = await channel.press(other.data as Record<string, unknown>, BEN, 'sent-2');
    expect(wordsOf(bensOwn.card)).toBe(wordsOf(own.card));
    expect(JSON.stringify([anas, bens])).not.toMatch(/29:|Ana|Ben/);
  });

  test('lets anybody press the follow-ups of an answer', async () => {
    const channel = await teams('channel');
    await channel.say('how long does a tyre last?', ANA);
    const answer = await channel.click('How far does a battery go?', BEN);
    expect(answer.words).toBe(phrases.answerBelow);
    expect(channel.sent().at(-1)?.text).toContain('About 80 km.');
    expect(methods()).toEqual(['POST', 'POST']);
  });

  test('tells somebody else’s press as a message, where the client sends one', async () => {
    const channel = await teams('channel');
    await channel.say('which bicycle?', ANA);
    const { fallback } = actionsOf(channel.card())[0] as { fallback: { data: object } };
    await channel.post({ type: 'message', text: 'x', value: fallback.data }, BEN);
    expect(channel.sent().at(-1)?.text).toBe(phrases.somebodyElses);
  });
});

describe('a guide with boxes to tick and values to type', () => {
  const camp = (): Bot => {
    const guides = new Map([fullGuide(), tinyGuide()].map((guide) => [guide.id, guide]));
    return buildBot(understandTiny, tinyContent({ guides }));
  };
  const begin = async (kind: TeamsConversation['kind']): Promise<TeamsConversation> => {
    const chat = await teams(kind, camp());
    await chat.press({ action: 'guide:camp-network', label: 'The camp' });
    await chat.click('A. A handful');
    return chat;
  };
  /** Fills the only field of the newest card and sends it. */
  const fill = (chat: TeamsConversation, value: string) => {
    const send = actionsOf(chat.card()).find(
      ({ data }) => (data as { submit?: string } | undefined)?.submit !== undefined,
    )!;
    if (send === undefined) throw new Error(wordsOf(chat.card()));
    const data = send.data as { field: string };
    return chat.press({ ...data, [data.field]: value });
  };
  const boxes = (chat: TeamsConversation) =>
    partsOf(chat.card(), 'Input.ChoiceSet').flatMap(({ choices }) => choices as { title: string; value: string }[]);

  test('takes several ticks at once, and says them on the frozen card', async () => {
    const chat = await begin('personal');
    const [lamps, cameras] = boxes(chat);
    expect([lamps?.title, cameras?.title]).toEqual(['Lamps', 'Cameras']);
    expect((await fill(chat, '')).words).toBe(phrases.typeFirst);
    const sent = chat.sent().length;
    const answer = await fill(chat, `${lamps!.value},${cameras!.value}`);
    expect(wordsOf(answer.card)).toContain('What is to be connected?\n✓ Lamps and Cameras');
    expect(chat.sent()).toHaveLength(sent + 1);
    expect(wordsOf(chat.card())).toContain('Which range has the camp?');
    const typed = await fill(chat, '10.0.0.0/24');
    expect(wordsOf(typed.card)).toBe('Which range has the camp?\n✓ 10.0.0.0/24');
  });

  test('repeats nothing that was typed where others read along', async () => {
    const channel = await begin('channel');
    const [lamps, cameras] = boxes(channel);
    await fill(channel, `${lamps!.value},${cameras!.value}`);
    await fill(channel, '10.0.0.300');
    const wrong = await fill(channel, 'mail ann@camp.example about 10.0.0.7');
    expect(wrong.card).toBeDefined();
    const right = await fill(channel, '10.0.0.0/24');
    expect(wordsOf(right.card)).toContain('✓ Which range has the camp? **answered**');
    await fill(channel, '10.0.0.0/25');
    await channel.say('my answers');
    const said = JSON.stringify(channel.sent());
    expect(said).not.toMatch(/10\.0\.0\.(300|7|0\/25)|ann@camp/);
    // As an example in the field it is the guide's own.
    expect(wordsOf(channel.card())).not.toContain('10.0.0.0/24');
    expect(channel.sent().at(-1)?.text ?? '').not.toContain('10.0.0.0/24');
  });
});

describe('the bot’s own life', () => {
  const installed = { type: 'installationUpdate', action: 'add' };
  const botAdded = {
    type: 'conversationUpdate',
    membersAdded: [TEAMS_BOT],
    channelData: { eventType: 'teamMemberAdded' },
  };
  const removed = { type: 'installationUpdate', action: 'remove' };

  test.each([
    'personal',
    'groupChat',
    'channel',
  ] as const)('is greeted once in a %s, however often it comes', async (kind) => {
    const chat = await teams(kind);
    for (const event of [installed, botAdded, botAdded, installed, { ...installed, action: 'add-upgrade' }]) {
      expect((await chat.post(event)).status).toBe(200);
    }
    await chat.post({ type: 'conversationUpdate', membersAdded: [BEN] }, BEN);
    expect(chat.sent()).toHaveLength(1);
    const said = JSON.stringify(chat.sent()[0]);
    if (kind !== 'personal') expect(chat.sent()[0]?.text).toBe(phrases.welcomeTeam);
    else expect(said).toContain('Hello');
  });

  test('begins anew after it was removed', async () => {
    const chat = await teams('personal');
    await chat.post(installed);
    await chat.post(removed);
    await chat.post(removed);
    await chat.post(installed);
    await chat.post(botAdded);
    expect(chat.sent()).toHaveLength(2);
  });

  test('forgets what everybody in a channel was about when it is removed', async () => {
    const channel = await teams('channel');
    await channel.say('which bicycle?', ANA);
    await channel.post(removed, BEN);
    await channel.say('back', ANA);
    expect(channel.sent().at(-1)?.text).toBe(phrases.nothingToGoBackTo);
  });

  test('a late welcome does not follow the first answer', async () => {
    const chat = await teams('personal');
    await chat.say('how long does a tyre last?');
    await chat.post(installed);
    expect(chat.sent()).toHaveLength(1);
  });
});

describe('a message that is changed afterwards', () => {
  const edit = { type: 'messageUpdate', channelData: { eventType: 'editMessage' } };

  test('is answered anew where it was the last', async () => {
    const chat = await teams('personal');
    await chat.say('how far?', ANA, 'm1');
    await chat.post({ ...edit, id: 'm1', text: 'how long does a tyre last?' });
    expect(chat.sent().at(-1)?.text).toContain('5000 km');
    await chat.say('battery?', ANA, 'm2');
    const before = chat.sent().length;
    await chat.post({ ...edit, id: 'm1', text: 'chain?' });
    expect(chat.sent()).toHaveLength(before);
  });

  test('answers the same question of a guide anew', async () => {
    const chat = await teams('personal');
    await chat.say('which bicycle?');
    const question = wordsOf(chat.card());
    await chat.say('1', ANA, 'm1');
    const first = wordsOf(chat.card());
    await chat.post({ ...edit, id: 'm1', text: '2' });
    expect(wordsOf(chat.card())).not.toBe(question);
    await chat.say('back');
    expect(wordsOf(chat.card())).toContain(question.split('\n').at(-2) ?? '');
    expect(first).not.toBe('');
  });

  test.each([
    { type: 'messageDelete', channelData: { eventType: 'softDeleteMessage' } },
    { type: 'messageUpdate', channelData: { eventType: 'undeleteMessage' }, text: 'chain?' },
  ])('is not answered when it is %j', async (event) => {
    const chat = await teams('personal');
    await chat.say('how long does a tyre last?', ANA, 'm1');
    expect((await chat.post({ ...event, id: 'm1' })).status).toBe(200);
    expect(chat.sent()).toHaveLength(1);
  });
});
