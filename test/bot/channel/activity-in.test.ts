import type { Activity } from 'botbuilder';
import fc from 'fast-check';
import { readActivity } from '../../../bot/channel/activity-in';

const bot = { id: 'bot-id', name: 'Bot' };
const user = { id: 'user-id', name: 'User' };

function read(part: Readonly<Record<string, unknown>>) {
  return readActivity({ type: 'message', from: user, recipient: bot, ...part } as unknown as Partial<Activity>);
}

function mention(id: string, text: unknown) {
  return { type: 'mention', mentioned: { id }, text };
}

describe('a message', () => {
  test('with words is text, trimmed', () => {
    expect(read({ text: '  what is BGP? \n' })).toEqual({ kind: 'text', text: 'what is BGP?' });
  });

  test.each([
    ['at the start', '<at>Bot</at> what is BGP?', 'what is BGP?'],
    ['at the end', 'what is BGP? <at>Bot</at>', 'what is BGP?'],
    ['twice', '<at>Bot</at> what is BGP? <at>Bot</at>', 'what is BGP?'],
    ['alone', '<at>Bot</at>', ''],
  ])('loses a mention of the bot %s', (_where, text, rest) => {
    expect(read({ text, entities: [mention('bot-id', '<at>Bot</at>')] })).toEqual({ kind: 'text', text: rest });
  });

  test('keeps a mention of somebody else, and a pattern-like mention is no pattern', () => {
    const entities = [mention('ann', '<at>Ann</at>'), mention('bot-id', '$&.*')];
    expect(read({ text: '<at>Ann</at> asks $&.* why', entities })).toEqual({
      kind: 'text',
      text: '<at>Ann</at> asks why',
    });
  });

  test.each([
    null,
    undefined,
    [],
    [null],
    [{ type: 7 }],
    [{ type: 'mention' }],
    [mention('bot-id', null)],
    'x',
  ])('survives entities %j', (entities) => {
    expect(read({ text: 'hi', entities })).toEqual({ kind: 'text', text: 'hi' });
  });

  test.each([
    null,
    undefined,
    7,
    [],
    ['hi'],
    { a: 1 },
    '',
    '   ',
  ])('with the text %j and nothing else is no message', (text) => {
    expect(read({ text })).toBeUndefined();
  });

  test('with nothing but an attachment cannot be read', () => {
    expect(read({ attachments: [{ contentType: 'image/png' }] })).toEqual({ kind: 'unreadable' });
    expect(read({ text: 'look', attachments: [{ contentType: 'image/png' }] })).toEqual({ kind: 'text', text: 'look' });
  });
});

describe('a button', () => {
  test.each([
    ['its text', { text: 'Yes' }, 'Yes'],
    ['its display text', { channelData: { messageBack: { displayText: 'Yes' } } }, 'Yes'],
    ['its action, for want of words', {}, 'guide:x'],
    [
      'its text without the mention',
      { text: '<at>Bot</at> Yes', entities: [mention('bot-id', '<at>Bot</at>')] },
      'Yes',
    ],
  ])('is called by %s', (_name, part, label) => {
    expect(read({ value: { action: 'guide:x' }, ...part })).toEqual({ kind: 'button', action: 'guide:x', label });
  });

  test('is known by its value as a string too', () => {
    expect(read({ text: 'Yes', value: '{"action":"guide:x"}' })).toMatchObject({ kind: 'button', action: 'guide:x' });
  });

  test.each([
    {},
    { action: '' },
    { action: 7 },
    { action: ['guide:x'] },
    [],
    'guide:x',
    '{"action"',
    '{}',
    null,
    7,
  ])('is not what the value %j says', (value) => {
    expect(read({ text: 'Yes', value })).toEqual({ kind: 'text', text: 'Yes' });
  });
});

describe('a conversation update', () => {
  test.each([
    ['the Emulator: bot and person at once', [bot, user], true],
    ['Web Chat: the person', [user], true],
    ['Web Chat: the bot', [bot], false],
    ['nobody', [], false],
    ['a topic change', undefined, false],
    ['nonsense', [null, 7, {}], false],
  ])('from %s', (_name, membersAdded, arrives) => {
    expect(read({ type: 'conversationUpdate', membersAdded })).toEqual(arrives ? { kind: 'arrival' } : undefined);
  });
});

test.each([
  'typing',
  'messageReaction',
  'endOfConversation',
  'event',
  'invoke',
  'trace',
  'new',
  '',
  undefined,
])('an activity of type %j is not answered', (type) => {
  expect(read({ type, text: 'hi' })).toBeUndefined();
});

test('no activity makes it throw', () => {
  const keys = ['text', 'value', 'entities', 'attachments', 'membersAdded', 'recipient', 'channelData', 'conversation'];
  fc.assert(
    fc.property(
      fc.constantFrom('message', 'conversationUpdate'),
      fc.record(Object.fromEntries(keys.map((key) => [key, fc.jsonValue()])), { requiredKeys: [] }),
      (type, part) => {
        const message = readActivity({ ...part, type } as unknown as Partial<Activity>);
        if (message?.kind === 'text') expect(typeof message.text).toBe('string');
        if (message?.kind === 'button')
          expect([typeof message.action, typeof message.label]).toEqual(['string', 'string']);
      },
    ),
  );
});

describe('in Teams', () => {
  const teams = (part: object, conversationType = 'channel') =>
    read({ channelId: 'msteams', conversation: { id: 'c', conversationType, isGroup: true, name: '' }, ...part });

  test('what people say to each other is not answered, and what names the bot is', () => {
    expect(teams({ text: 'lunch?' })).toBeUndefined();
    expect(teams({ text: '<at>Ann</at> lunch?', entities: [mention('ann', '<at>Ann</at>')] })).toBeUndefined();
    const entities = [mention('bot-id', '<at>Bot</at>')];
    expect(teams({ text: '<at>Bot</at> <at>Bot</at> why', entities: [...entities, ...entities] })).toEqual({
      kind: 'text',
      text: 'why',
    });
    expect(teams({ value: { action: 'guide:x' }, text: 'Yes' })).toMatchObject({ kind: 'button' });
  });

  test.each([
    ['the bot comes', { type: 'conversationUpdate', membersAdded: [bot] }, true],
    ['somebody comes', { type: 'conversationUpdate', membersAdded: [user] }, false],
    ['the app is added', { type: 'installationUpdate', action: 'add' }, true],
    ['the app is updated', { type: 'installationUpdate', action: 'add-upgrade' }, true],
    ['the app is taken away', { type: 'installationUpdate', action: 'remove' }, false],
    ['nobody knows', { type: 'installationUpdate', action: 7 }, false],
  ])('a team is greeted when %s: %j', (_name, part, arrives) => {
    expect(teams(part)).toEqual(arrives ? { kind: 'arrival' } : undefined);
  });
});
