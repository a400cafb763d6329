import fc from 'fast-check';
import { COMMANDS, formatAction } from '../../bot/action';
import { NEW_MEMORY } from '../../bot/memory';
import { phrases } from '../../bot/phrases';
import type { UserMessage } from '../../bot/user-message';
import { begin } from '../support/bicycle-talk';
import { type Conversation, labelsOf, questionOf, rememberedOf, textOf } from '../support/conversation';

const CONFIRM = formatAction({ kind: 'confirm-delete' });
const ASK = 'delete my data';

async function inGuide(): Promise<Conversation> {
  const talk = begin();
  await talk.type('Which bicycle fits me?');
  return talk;
}

describe('deleting what is kept', () => {
  test('asks first, typed and clicked alike', async () => {
    const typed = await begin().type('forget me');
    const talk = begin();
    await talk.type('help');
    const clicked = await talk.click(phrases.commandLabels['delete-data']);
    for (const result of [typed, clicked]) {
      expect(result.effect).toBe('none');
      expect(textOf(result)).toBe(phrases.askToDelete);
      expect(labelsOf(result)).toEqual([phrases.confirmDelete, phrases.keepData]);
    }
    expect(rememberedOf(typed)).toEqual(rememberedOf(clicked));
  });

  test.each([
    phrases.confirmDelete,
    'yes',
    'Yes please!',
    'yep',
    'sure, go ahead',
    'delete it',
    'yes, delete everything',
    'ok do it',
  ])('“%s” after that forgets everything and has the edge delete the rest', async (yes) => {
    const talk = await inGuide();
    await talk.type(ASK);
    const result = await talk.type(yes);
    expect(result).toMatchObject({ effect: 'delete-data', replies: [] });
    expect(result.memory).toEqual(NEW_MEMORY);
  });

  test('the button does it as well', async () => {
    const talk = begin();
    await talk.type(ASK);
    expect(await talk.click(phrases.confirmDelete)).toMatchObject({ effect: 'delete-data' });
  });

  test.each([
    phrases.keepData,
    'no',
    'No thanks',
    'keep it',
    'don’t delete it',
    'cancel',
    'never mind',
    'stop',
    'not now',
  ])('“%s” keeps everything and goes on with the open question of a guide', async (no) => {
    const talk = await inGuide();
    const open = questionOf(await talk.type('why'));
    await talk.type(ASK);
    const result = await talk.type(no);
    expect(result.effect).toBe('none');
    expect(textOf(result)).toContain(phrases.dataKept);
    expect(questionOf(result).text).toBe(open.text);
  });

  test.each([ASK, 'forget me'])('“%s” once more, as a channel may deliver it, asks once more', async (wish) => {
    const talk = begin();
    await talk.type(wish);
    expect(textOf(await talk.type(wish))).toBe(phrases.askToDelete);
  });

  test.each([
    '1',
    'the first one',
    'right',
    'we do',
    'hello',
    'How do I oil a chain?',
    'yes and no',
    'I do not know',
  ])('“%s” is no yes, and the question lapses', async (other) => {
    const talk = await inGuide();
    await talk.type(ASK);
    expect((await talk.type(other)).effect).toBe('none');
    expect((await talk.type('yes')).effect).toBe('none');
  });

  test('an old button, and one that another person got, asks first', async () => {
    const press: UserMessage = { kind: 'button', action: CONFIRM, label: phrases.confirmDelete };
    for (const talk of [begin(), await inGuide()]) {
      const result = await talk.say(press);
      expect(result.effect).toBe('none');
      expect(textOf(result)).toBe(phrases.askToDelete);
    }
  });
});

test('a very long answer is read as fast as a short one', async () => {
  const talk = begin();
  for (const words of ['all my data ', 'please delete it ', 'no thanks ', 'do it go ahead ', 'everything all of it ']) {
    await talk.type(ASK);
    const startedAt = performance.now();
    expect((await talk.type(`yes delete ${words.repeat(80)}xyz`)).effect).toBe('none');
    expect(performance.now() - startedAt).toBeLessThan(500);
  }
});

describe('asking for a transcript', () => {
  test('leaves it to the edge, typed and clicked alike, and comes back to the guide', async () => {
    const talk = await inGuide();
    const open = questionOf(await talk.type('help'));
    const clicked = await talk.click(phrases.commandLabels.transcript);
    const typed = await talk.type('send me my transcript');
    for (const result of [clicked, typed]) {
      expect(result.effect).toBe('send-transcript');
      expect(questionOf(result).text).toBe(open.text);
    }
    expect((await begin().type('send me my transcript')).replies).toEqual([]);
  });

  test('ends the question whether to delete', async () => {
    const talk = begin();
    await talk.type(ASK);
    await talk.type('send me my transcript');
    expect((await talk.type('yes')).effect).toBe('none');
  });
});

test('nothing is deleted but by a yes to the question whether to', async () => {
  const text = fc.oneof(
    {
      weight: 3,
      arbitrary: fc.constantFrom('yes', 'no', '1', 'sure', phrases.confirmDelete, phrases.keepData, ASK, 'forget me'),
    },
    {
      weight: 2,
      arbitrary: fc.constantFrom('help', 'cancel', 'Which bicycle fits me?', 'send me my transcript', 'delete it'),
    },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  );
  const action = fc.constantFrom(
    CONFIRM,
    'keep-data',
    ...COMMANDS.map((command) => formatAction({ kind: 'command', command })),
  );
  const message = fc.oneof(
    { weight: 4, arbitrary: fc.record({ kind: fc.constant('text' as const), text }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('button' as const), action, label: text }) },
  );
  await fc.assert(
    fc.asyncProperty(fc.array(message, { maxLength: 8 }), async (messages) => {
      const talk = begin();
      let asked = false;
      for (const one of messages) {
        const result = await talk.say(one);
        if (result.effect === 'delete-data') {
          expect(asked).toBe(true);
          expect(one).not.toMatchObject({ action: 'keep-data' });
          if (one.kind === 'text') expect(one.text.toLowerCase()).toMatch(/yes|sure|delete it|\by\b/);
        }
        asked = labelsOf(result).includes(phrases.confirmDelete);
      }
    }),
    { numRuns: 150 },
  );
});
