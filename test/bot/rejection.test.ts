import { phrases } from '../../bot/phrases';
import { answersOf, begin, FAINT, GUIDE, SURE, UNSURE } from '../support/bicycle-talk';
import { labelsOf, textOf } from '../support/conversation';
import { BATTERY, CHAIN, TYRE } from '../support/tiny-content';

const HUMAN = 'Talk to a person';
const GUIDE_TITLE = 'Which bicycle fits me?';

describe('an answer that is turned down', () => {
  test.each([
    'wrong answer',
    'That’s not what I asked!',
    'no',
    'wrong',
    'still wrong',
    'no, not that',
    'none of these',
  ])('by “%s” leads to the next candidates, and is a miss', async (words) => {
    const talk = begin();
    await talk.type('How long does a tyre last?');
    const result = await talk.type(words);
    expect(textOf(result)).toBe(phrases.nextBest(2));
    expect(labelsOf(result)).toEqual([CHAIN.title, BATTERY.title, phrases.noneOfThese]);
    expect(result.outcome).toMatchObject({
      kind: 'clarify',
      miss: { question: 'How long does a tyre last?', candidates: [TYRE.id] },
    });
  });

  test('a second time leads to other words, a human and a guide, the human first', async () => {
    const talk = begin();
    await talk.type('How long does a tyre last?');
    await talk.type('wrong answer');
    const result = await talk.click(phrases.noneOfThese);
    expect(textOf(result)).toBe(phrases.noneOfTheseReply);
    expect(labelsOf(result)).toEqual([HUMAN, GUIDE_TITLE]);
    expect(result.outcome.miss).toEqual({ question: 'How long does a tyre last?', candidates: [CHAIN.id, BATTERY.id] });
  });

  test('without any other candidate leads there at once, in the words of the intent', async () => {
    const talk = begin();
    await talk.type('How do I oil a chain?');
    const result = await talk.type('wrong answer');
    expect(textOf(result)).toBe('I am sorry.');
    expect(labelsOf(result)).toEqual([GUIDE_TITLE, HUMAN]);
    expect(result.outcome.kind).toBe('fallback');
  });

  test('is not given again for the same question, nor in other words', async () => {
    for (const again of ['How long does a tyre last?', 'What about the life of a tyre?', 'When do I need new tyres?']) {
      const talk = begin();
      await talk.type('How long does a tyre last?');
      await talk.type('wrong answer');
      const result = await talk.type(again);
      expect(answersOf(result)).toEqual([]);
      expect(labelsOf(result)).not.toContain(TYRE.title);
    }
  });

  test('is admitted to be all there is', async () => {
    const talk = begin();
    await talk.type('How do I oil a chain?');
    await talk.type('wrong answer');
    const result = await talk.type('How do I oil a chain?');
    expect(textOf(result)).toBe(phrases.onlyTurnedDown);
    expect(labelsOf(result)).toEqual([HUMAN, GUIDE_TITLE]);
    expect(result.outcome.miss).toEqual({ question: 'How do I oil a chain?', candidates: [] });
    expect(textOf(await talk.type('How do I oil a chain?'))).toBe(phrases.onlyTurnedDown);
  });

  test('is given to who presses its button', async () => {
    const talk = begin();
    await talk.type('How long does a tyre last?');
    await talk.type('wrong answer');
    const pressed = await talk.say({ kind: 'button', action: `entry:${TYRE.id}`, label: TYRE.title });
    expect(answersOf(pressed)).toEqual([TYRE.id]);
  });

  test('is given again once another answer was let stand and something else is asked', async () => {
    const talk = begin();
    await talk.type('How long does a tyre last?');
    await talk.type('wrong answer');
    await talk.type('How do I oil a chain?');
    expect(answersOf(await talk.type('How long does a tyre last?'))).toEqual([TYRE.id]);
  });

  test('is left out of a second answer too', async () => {
    const texts = {
      'How do tyres age?': [
        [CHAIN.id, SURE],
        [TYRE.id, UNSURE],
      ],
      'Do tyres age?': [
        [TYRE.id, SURE],
        [BATTERY.id, UNSURE],
      ],
    } as const;
    const talk = begin(texts);
    await talk.type('How long does a tyre last?');
    await talk.type('wrong answer');
    expect(answersOf(await talk.type('How do tyres age?'))).toEqual([CHAIN.id]);
    const third = await talk.type('Do tyres age?');
    expect(answersOf(third)).toEqual([]);
    expect(labelsOf(third)).toEqual([BATTERY.title, phrases.noneOfThese]);
  });

  test('by “no, I meant …” is turned down and the new question answered', async () => {
    const talk = begin({
      'How long does a tyre last? battery': [
        [TYRE.id, SURE],
        [BATTERY.id, SURE],
      ],
    });
    await talk.type('How long does a tyre last?');
    expect(answersOf(await talk.type('no, I meant battery'))).toEqual([BATTERY.id]);
    expect(talk.memory?.topic?.rejected).toEqual([TYRE.id]);
  });
});

describe('a choice that is turned down', () => {
  test('leads to what was not offered yet, first of all', async () => {
    const talk = begin();
    await talk.type('What is cheap?');
    const result = await talk.click(phrases.noneOfThese);
    expect(textOf(result)).toBe(phrases.nextBest(1));
    expect(labelsOf(result)).toEqual([BATTERY.title, phrases.noneOfThese]);
    expect(result.outcome.miss).toEqual({ question: 'What is cheap?', candidates: [TYRE.id, CHAIN.id] });
  });

  test('“yes” takes the one that is offered then, “no” does not', async () => {
    for (const [words, answers] of [
      ['yes', [BATTERY.id]],
      ['no', []],
    ] as const) {
      const talk = begin();
      await talk.type('What is cheap?');
      await talk.type('no');
      expect(answersOf(await talk.type(words))).toEqual(answers);
    }
  });

  test('an entry chosen from it may be turned down for the others', async () => {
    const talk = begin();
    await talk.type('What is cheap?');
    await talk.click(CHAIN.title);
    const result = await talk.type('wrong answer');
    expect(labelsOf(result)).toEqual([TYRE.title, BATTERY.title, phrases.noneOfThese]);
    expect(result.outcome.miss).toEqual({ question: 'What is cheap?', candidates: [CHAIN.id] });
  });

  test('in the middle of a guide leads on, and back to the guide', async () => {
    const talk = begin();
    await talk.type('Which bicycle fits me?');
    await talk.type('What is cheap?');
    const result = await talk.click(phrases.noneOfThese);
    expect(result.replies).toMatchObject([
      { kind: 'text', text: phrases.nextBest(1) },
      { kind: 'question', step: 1 },
    ]);
    expect(result.memory.guide).toMatchObject({ guide: GUIDE });
    expect(result.outcome.miss).toEqual({ question: 'What is cheap?', candidates: [TYRE.id, CHAIN.id] });
  });
});

describe('nothing is turned down', () => {
  test('where nothing was given: then it is small talk', async () => {
    const result = await begin().type('wrong answer');
    expect(textOf(result)).toBe('I am sorry.');
    expect(result.outcome).toMatchObject({ kind: 'smalltalk', miss: undefined });
  });

  test('where a question was not known, which is a miss of its own', async () => {
    const talk = begin({ 'Who won?': [[TYRE.id, FAINT]] });
    expect((await talk.type('Who won?')).outcome).toMatchObject({
      kind: 'fallback',
      miss: { question: 'Who won?', candidates: [] },
    });
    expect((await talk.type('no')).outcome.miss).toEqual({ question: 'no', candidates: [] });
  });

  test('by pictures and empty words', async () => {
    const talk = begin();
    await talk.type('How do I oil a chain?');
    expect((await talk.say({ kind: 'unreadable' })).outcome.miss).toBeUndefined();
    expect((await talk.type('  ')).outcome.miss).toBeUndefined();
    expect(talk.memory?.topic?.rejected).toEqual([]);
  });
});
