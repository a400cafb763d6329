import { buildBot } from '../../../bot/build-bot';
import { askOne } from '../../../bot/terminal/ask';
import { BATTERY, CHAIN, TYRE, tinyContent, understandTiny } from '../../support/tiny-content';

const loaded = { bot: buildBot(understandTiny, tinyContent()) };

describe('the result of one question', () => {
  test('of an answer has the id as it was given, and the entries with their confidence', async () => {
    expect(await askOne(loaded, 'a1', 'how far does a battery go?')).toEqual({
      id: 'a1',
      kind: 'answer',
      answers: [{ id: BATTERY.id, confidence: 0.8 }],
      guide: null,
      guides: [],
      elapsedMs: expect.any(Number),
    });
  });

  test('of a choice has the entries in order', async () => {
    const result = await askOne(loaded, 1, 'tyre or battery?');
    expect(result.kind).toBe('clarify');
    expect(result.answers.map(({ id }) => id)).toEqual([TYRE.id, BATTERY.id, CHAIN.id]);
  });

  test('of a guide names it, started or offered', async () => {
    expect(await askOne(loaded, null, 'which bike?')).toMatchObject({
      kind: 'guide',
      guide: 'which-bicycle',
      guides: [],
    });
    expect(await askOne(loaded, null, 'perhaps a guide')).toMatchObject({
      kind: 'clarify',
      guide: null,
      guides: ['which-bicycle'],
    });
  });

  test('does not depend on what was asked before', async () => {
    const first = await askOne(loaded, 1, 'asphalt');
    await askOne(loaded, 1, 'which bike?');
    expect({ ...(await askOne(loaded, 1, 'asphalt')), elapsedMs: 0 }).toEqual({ ...first, elapsedMs: 0 });
  });

  test.each([
    ['thanks', 'smalltalk'],
    ['cancel', 'command'],
    ['human', 'handover'],
    ['who won?', 'fallback'],
  ])('of “%s” is of the kind %s', async (question, kind) => {
    expect((await askOne(loaded, 0, question)).kind).toBe(kind);
  });
});
