import { buildBot } from '../../bot/build-bot';
import type { Content } from '../../bot/content';
import { phrases } from '../../bot/phrases';
import type { TurnResult } from '../../bot/turn-result';
import {
  type Conversation,
  converse,
  labelsOf,
  outcomeOf,
  questionOf,
  rememberedOf,
  textOf,
} from '../support/conversation';
import { BATTERY, TYRE, tinyContent, understandTiny } from '../support/tiny-content';

const GUIDE = 'which-bicycle';

/** A conversation in which the guide was started and these replies were typed. */
async function guided(replies: readonly string[] = [], changes: Partial<Content> = {}): Promise<Conversation> {
  const talk = converse(buildBot(understandTiny, tinyContent(changes)));
  for (const text of ['which bike do I need?', ...replies]) await talk.type(text);
  return talk;
}

describe('a guide starts', () => {
  test('from a paraphrase, with its first question, what it is about and how long it will take', async () => {
    const talk = converse(buildBot(understandTiny, tinyContent()));
    const result = await talk.type('hello, which bike do I need?');
    expect(result.outcome).toMatchObject({ kind: 'guide', guide: GUIDE, confidence: 0.9 });
    expect(questionOf(result)).toMatchObject({
      guideTitle: 'Which bicycle fits me?',
      lead: `${phrases.hello} Three questions to the right bicycle.`,
      step: 1,
      ofAbout: 3,
      text: 'Where do you ride?',
      why: 'Tyres and frame differ.',
    });
    expect(labelsOf(result)).toEqual([
      'On roads',
      'On forest trails',
      'On roads and on trails',
      'I don’t know',
      'Why do you ask?',
      'Stop this guide',
    ]);
  });

  test('from its button, with the same memory', async () => {
    const talk = converse(buildBot(understandTiny, tinyContent()));
    await talk.arrive();
    const clicked = await talk.click('Which bicycle fits me?');
    const typed = await (await guided(['cancel'])).type('which bike do I need?');
    expect(rememberedOf(clicked)).toEqual(rememberedOf(typed));
  });

  test('not again from its own paraphrase: the open question is asked once more', async () => {
    const result = await (await guided(['asphalt'])).type('which bicycle do I need?');
    expect(questionOf(result)).toMatchObject({ step: 2, lead: phrases.backToGuide(2, 3) });
  });

  test('and admits that a guide is gone when its button is old', async () => {
    const talk = converse(buildBot(understandTiny, tinyContent()));
    expect(textOf(await talk.say({ kind: 'button', action: 'guide:which-boat', label: 'x' }))).toBe(phrases.gone);
  });
});

describe('an answer in a guide', () => {
  test.each([
    ['the label', 'on forest trails!'],
    ['a synonym', 'mud'],
    ['the number', '2'],
    ['a number in words', 'the second one'],
    ['a short sentence', 'mostly in the forest'],
  ])('typed as %s gives the same memory and replies as the button', async (_, text) => {
    const clicked = await (await guided()).click('On forest trails');
    const typed = await (await guided()).type(text);
    expect(typed.replies).toEqual(clicked.replies);
    expect(rememberedOf(typed)).toEqual(rememberedOf(clicked));
    expect(questionOf(typed)).toMatchObject({ step: 2, ofAbout: 3, text: 'Do you jump?', lead: '' });
  });

  test('leads to the same outcome by buttons and by typing', async () => {
    const clicking = await guided();
    for (const label of ['On roads', 'Yes, more than 20 km']) await clicking.click(label);
    const clicked = await clicking.click('With a motor');
    const typed = await (await guided(['asphalt', 'yep'])).type('electric please');
    expect(typed.replies).toEqual(clicked.replies);
    expect(rememberedOf(typed)).toEqual(rememberedOf(clicked));
  });

  test('“I don’t know” goes on with a tip on how to find out', async () => {
    const result = await (await guided()).type('no idea');
    expect(questionOf(result)).toMatchObject({ step: 2, lead: 'Then let us assume roads.' });
  });

  test('with a tip before an outcome says both', async () => {
    const guide = tinyContent().guides.get(GUIDE)!;
    const ground = guide.questions.get('ground')!;
    const choices = ground.choices.map((choice) =>
      choice.id === 'both' ? { ...choice, tip: 'Good choice.' } : choice,
    );
    const questions = new Map([...guide.questions, ['ground', { ...ground, choices }]]);
    const guides = new Map([[GUIDE, { ...guide, questions }]]);
    const result = await (await guided([], { guides })).type('both');
    expect(result.replies.map(({ kind }) => kind)).toEqual(['text', 'outcome']);
    expect(textOf(result)).toMatch(/^Good choice\./);
  });

  test('that names two choices is asked back with both', async () => {
    const result = await (await guided()).type('asphalt or mud');
    expect(questionOf(result)).toMatchObject({
      step: 1,
      lead: phrases.severalChoices(['On roads', 'On forest trails']),
    });
  });
});

describe('words that are an answer and a command', () => {
  const guide = tinyContent().guides.get(GUIDE)!;
  const ground = guide.questions.get('ground')!;
  const [road, ...others] = ground.choices;
  const choices = [{ ...road!, synonyms: ['start over'], spellings: ['start over'] }, ...others];
  const guides = new Map([
    [GUIDE, { ...guide, questions: new Map([...guide.questions, ['ground', { ...ground, choices }]]) }],
  ]);

  test('are the answer while their question is open, and the command elsewhere', async () => {
    const talk = await guided([], { guides });
    expect(questionOf(await talk.type('start over'))).toMatchObject({ step: 2 });
    expect(questionOf(await talk.type('start over'))).toMatchObject({ step: 1 });
  });
});

describe('an outcome', () => {
  test('tells reasons, what was ruled out, next steps and the entries it rests on', async () => {
    const talk = await guided(['asphalt']);
    const result = await talk.type('no');
    expect(outcomeOf(result)).toEqual({
      kind: 'outcome',
      guideId: GUIDE,
      guideTitle: 'Which bicycle fits me?',
      answered: [
        { question: 'Where do you ride?', answer: 'On roads', typed: false },
        { question: 'Is it more than 20 km a day?', answer: 'No, less', typed: false },
      ],
      verdict: 'Take a city bike',
      explanation: 'It is simple.',
      reasons: ['You ride on roads.', 'Your way is short.'],
      ruledOut: [
        { what: 'A mountain bike', because: 'Its tyres are slow on roads.' },
        { what: 'An electric bicycle', because: 'It is too heavy for short ways.' },
      ],
      nextSteps: ['Buy it'],
      checklist: [],
      cites: [{ id: TYRE.id, title: TYRE.title }],
      asOf: '2019-05-14',
      buttons: [
        { label: TYRE.title, action: `entry:${TYRE.id}` },
        { label: 'Change an answer', action: 'command:change-answer' },
        { label: 'What if …?', action: 'command:what-if' },
        { label: 'Start over', action: 'command:start-over' },
      ],
    });
    expect((await talk.click(TYRE.title)).replies).toMatchObject([{ kind: 'answer', entryId: TYRE.id }]);
  });

  test('counts only the answers of the branch that was taken', async () => {
    const talk = await guided(['asphalt', 'yes', 'back', 'back', 'mud', 'no']);
    expect(outcomeOf(await talk.type('no')).reasons).toEqual([
      'You ride on trails.',
      'Your wheels stay on the ground.',
      'You want no motor.',
    ]);
  });

  test('can be left backwards', async () => {
    const talk = await guided(['asphalt', 'no']);
    expect(questionOf(await talk.type('back'))).toMatchObject({ step: 2, text: 'Is it more than 20 km a day?' });
    expect(outcomeOf(await talk.type('no')).verdict).toBe('Take a city bike');
  });

  test('leaves the person free: the next question is a plain question', async () => {
    const talk = await guided(['both']);
    expect((await talk.type('how far does a battery go?')).replies).toHaveLength(1);
    expect((await talk.type('asphalt')).outcome.kind).toBe('fallback');
  });
});

describe('at any question of a guide', () => {
  test('“back” asks the previous question; at the first it says that there is none', async () => {
    const talk = await guided(['asphalt']);
    expect(questionOf(await talk.click('Back'))).toMatchObject({ step: 1, lead: '' });
    expect(questionOf(await talk.type('back'))).toMatchObject({ step: 1, lead: phrases.firstQuestion });
  });

  test('“why” gives the reason and asks again', async () => {
    const talk = await guided(['asphalt']);
    const typed = await talk.type('why');
    expect(questionOf(typed)).toMatchObject({ step: 2, lead: 'Long ways want a light frame.' });
    expect(questionOf(await talk.click('Why do you ask?'))).toEqual(questionOf(typed));
  });

  test('an answer can be changed, and the later ones stay', async () => {
    const talk = await guided(['asphalt', 'yes', 'with a motor']);
    const which = await talk.click('Change an answer');
    expect(textOf(which)).toBe(phrases.changeWhich);
    expect(labelsOf(which)).toEqual([
      'Where do you ride? – On roads',
      'Is it more than 20 km a day? – Yes, more than 20 km',
      'Do you want a motor? – With a motor',
    ]);
    expect(questionOf(await talk.type('1'))).toMatchObject({ text: 'Where do you ride?' });
    expect(questionOf(await talk.type('mud'))).toMatchObject({ text: 'Do you jump?' });
    expect(outcomeOf(await talk.type('no')).verdict).toBe('Take an electric bike');
  });

  test('nothing can be changed before the first answer, and the question stays', async () => {
    const result = await (await guided()).type('change an answer');
    expect(textOf(result)).toContain(phrases.nothingToChange);
    expect(questionOf(result).step).toBe(1);
  });

  test('“cancel” ends the guide', async () => {
    const talk = await guided(['asphalt']);
    const result = await talk.click('Stop this guide');
    expect(textOf(result)).toBe(phrases.cancelled('Which bicycle fits me?'));
    expect(result.memory.guide).toBeUndefined();
    expect(textOf(await talk.type('cancel'))).toBe(phrases.nothingToCancel);
  });

  test('“start over” begins the guide again without the old answers', async () => {
    const result = await (await guided(['asphalt', 'yes'])).type('start over');
    expect(questionOf(result)).toMatchObject({ step: 1, lead: '' });
    expect(result.memory.guide?.answers).toEqual({});
  });

  test.each([
    ['a question of the FAQ', 'how far does a battery go?', 'answer'],
    ['small talk', 'thanks', 'smalltalk'],
    ['a question nobody knows the answer to', 'who won the cup?', 'fallback'],
    ['help', 'help', 'command'],
  ])('%s is answered and the same question asked again', async (_, text, kind) => {
    const talk = await guided(['asphalt']);
    const before = questionOf(await talk.type('why'));
    const result = await talk.type(text);
    expect(result.outcome.kind).toBe(kind);
    expect(result.replies).toHaveLength(2);
    expect(questionOf(result)).toEqual({ ...before, lead: phrases.backToGuide(2, 3) });
    expect(questionOf(await talk.type('1'))).toMatchObject({ step: 3 });
  });

  test('a question with two possible answers is asked back, then answered, then the guide goes on', async () => {
    const talk = await guided(['asphalt']);
    const which = await talk.type('tyre or battery?');
    expect(which.outcome.kind).toBe('clarify');
    const result = await talk.type('2');
    expect(result.replies).toMatchObject([
      { kind: 'answer', entryId: BATTERY.id },
      { kind: 'question', step: 2 },
    ]);
  });

  test('“none of these” in between leads back to the question', async () => {
    const talk = await guided(['asphalt']);
    await talk.type('tyre or battery?');
    const result = await talk.click(phrases.noneOfThese);
    expect(textOf(result)).toContain(phrases.noneOfTheseReply);
    expect(questionOf(result)).toMatchObject({ step: 2, lead: phrases.backToGuide(2, 3) });
  });

  test('a follow-up of an answer in between can be pressed, and the guide goes on', async () => {
    const talk = await guided(['asphalt']);
    await talk.type('how far does a battery go?');
    expect((await talk.click(TYRE.title)).replies).toMatchObject([
      { kind: 'answer', entryId: TYRE.id },
      { kind: 'question', step: 2 },
    ]);
  });

  test('a picture is met with a word, and the question asked again', async () => {
    const result = await (await guided(['asphalt'])).say({ kind: 'unreadable' });
    expect(textOf(result)).toContain(phrases.unreadable);
    expect(questionOf(result).step).toBe(2);
  });

  test('an unclear reply is met with other words each time, and with a human the third time', async () => {
    const talk = await guided();
    const results: TurnResult[] = [];
    for (const text of ['purple', 'very purple', 'purple I said']) results.push(await talk.type(text));
    expect(new Set(results.map((result) => questionOf(result).lead)).size).toBe(3);
    expect(results.map((result) => labelsOf(result).includes('Talk to a person'))).toEqual([false, false, true]);
    expect(results.every((result) => result.outcome.kind === 'guide')).toBe(true);
  });

  test('a clear reply forgets how often others were unclear', async () => {
    const talk = await guided(['purple', 'purple', 'asphalt']);
    expect(questionOf(await talk.type('purple')).lead).toBe(phrases.unclearChoice(1));
  });
});

describe('an old button', () => {
  const press = (talk: Conversation, question: string, choice: string, guide = GUIDE): Promise<TurnResult> =>
    talk.say({ kind: 'button', action: `choice:${guide}/${question}/${choice}`, label: 'old' });

  test('of a question on the way changes that answer', async () => {
    const result = await press(await guided(['asphalt', 'yes']), 'distance', 'no');
    expect(outcomeOf(result).verdict).toBe('Take a city bike');
  });

  test.each([
    ['of an abandoned branch', 'jumps', 'yes'],
    ['of a choice that is gone', 'ground', 'water'],
    ['of a question that is gone', 'colour', 'red'],
    ['with an id that every object has', '__proto__', 'constructor'],
  ])('%s says so and shows where the person is', async (_, question, choice) => {
    const talk = await guided(['asphalt']);
    const before = talk.memory!.guide;
    const result = await press(talk, question, choice);
    expect(questionOf(result)).toMatchObject({ step: 2, lead: phrases.staleButton });
    expect(result.memory.guide).toEqual(before);
  });

  test('of a guide that was left offers to start it again', async () => {
    const talk = await guided(['asphalt', 'cancel']);
    const result = await press(talk, 'distance', 'no');
    expect(textOf(result)).toBe(phrases.buttonOfClosedGuide('Which bicycle fits me?'));
    expect(labelsOf(result)).toEqual(['Which bicycle fits me?']);
    expect(questionOf(await talk.type('1')).step).toBe(1);
  });

  test('of a guide that does not exist any more leads to no guide', async () => {
    const result = await press(await guided(), 'a', 'b', 'which-boat');
    expect(textOf(result)).toContain(phrases.gone);
    expect(questionOf(result).step).toBe(1);
  });
});

describe('a guide that was changed while somebody was in it', () => {
  test('goes on with the answers that it still knows', async () => {
    const talk = await guided(['asphalt']);
    const guide = tinyContent().guides.get(GUIDE)!;
    const newer = tinyContent({ guides: new Map([[GUIDE, { ...guide, hash: 'newer' }]]) });
    const later = converse(buildBot(understandTiny, newer), talk.memory);
    expect(questionOf(await later.type('yes'))).toMatchObject({ step: 3 });
    expect(later.memory?.guide?.hash).toBe('newer');
  });

  test('and is gone altogether leaves the person free', async () => {
    const talk = await guided(['asphalt']);
    const later = converse(buildBot(understandTiny, tinyContent({ guides: new Map() })), talk.memory);
    expect((await later.type('how do I oil a chain?')).replies).toMatchObject([
      { kind: 'text', text: phrases.guideGone },
      { kind: 'answer' },
    ]);
    expect((await later.type('how do I oil a chain?')).replies).toHaveLength(1);
    expect(textOf(await later.type('back'))).toBe(phrases.nothingToGoBackTo);
  });
});
