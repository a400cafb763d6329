import { phrases } from '../../bot/phrases';
import { labelsOf, questionOf, rememberedOf, textOf } from '../support/conversation';
import { tourTalk } from '../support/tour-talk';

describe('a button that was pressed twice', () => {
  const press = async (texts: readonly string[], label: string, then: readonly string[] = []) => {
    const talk = await tourTalk(texts);
    const first = await talk.click(label);
    const action = first.memory.pressed!;
    for (const text of then) await talk.type(text);
    return { talk, first, again: await talk.say({ kind: 'button', action, label }) };
  };

  test.each([
    ['a choice', ['plan a tour'], 'My own'],
    ['a choice that leads to advice', ['reach the tracker'], 'It is rented'],
    ['a choice that hands over', ['plan a tour', 'mine'], 'Longer'],
    ['a choice that hands over at the first question', ['plan a tour'], 'None yet'],
    ['a pick', ['plan a tour', 'mine', '5'], 'A tent'],
    ['something ticked off', ['plan a tour', 'mine', '5', 'clothes'], 'Step 2 is done'],
    ['an assumption taken back', ['plan a tour with my own bike'], 'Not “My own”'],
    ['a guide', ['guides'], 'How do I plan a tour?'],
  ])('%s counts once and says nothing the second time', async (_, texts, label) => {
    const { first, again } = await press(texts, label);
    expect(again.replies).toEqual([]);
    expect(rememberedOf(again)).toEqual(rememberedOf(first));
  });

  test('“that’s all” counts once, too', async () => {
    const talk = await tourTalk(['plan a tour', 'mine', '5']);
    await talk.click('A tent');
    const first = await talk.click(phrases.thatsAll);
    const again = await talk.say({ kind: 'button', action: first.memory.pressed!, label: phrases.thatsAll });
    expect(again.replies).toEqual([]);
  });

  test('“keep it” for another guide counts once', async () => {
    const talk = await tourTalk(['plan a tour', 'mine']);
    await talk.type('reach the tracker');
    const first = await talk.click(phrases.keepAndStart('How do I reach my bike tracker?'));
    const again = await talk.say({ kind: 'button', action: first.memory.pressed!, label: 'x' });
    expect(again.replies).toEqual([]);
    expect(again.memory.suspended).toHaveLength(1);
  });

  test('three times counts once', async () => {
    const { talk, first } = await press(['plan a tour'], 'My own');
    const third = await talk.say({ kind: 'button', action: 'choice:plan-a-tour/bike/own', label: 'My own' });
    expect(third.replies).toEqual([]);
    expect(rememberedOf(third)).toEqual(rememberedOf(first));
  });

  test('with something else said in between is pressed anew: the answer stands, and the open question is shown', async () => {
    const { again } = await press(['plan a tour'], 'My own', ['5']);
    expect(questionOf(again)).toMatchObject({ text: 'What do you take along?', step: 3 });
    expect(again.memory.guide?.answers).toEqual({ bike: 'own', days: 'week' });
  });

  test('with something else said in between opens that question again, where it is to change the answer', async () => {
    const { again } = await press(['plan a tour with my own bike'], 'Not “My own”', ['hired', '5']);
    expect(questionOf(again)).toMatchObject({ text: 'Which bicycle do you take?', step: 1 });
  });

  test('“back” goes two steps', async () => {
    const talk = await tourTalk(['plan a tour', 'mine', '5']);
    await talk.click('Back');
    expect(questionOf(await talk.click('Back')).step).toBe(1);
  });
});

describe('an old button', () => {
  const press = async (texts: readonly string[], action: string) => {
    const talk = await tourTalk(texts);
    return talk.say({ kind: 'button', action, label: 'old' });
  };

  test('of a guide that was put aside leads back to it', async () => {
    const result = await press(['plan a tour', 'mine', 'later'], 'choice:plan-a-tour/days/week');
    expect(textOf(result)).toBe(phrases.buttonOfSuspendedGuide('How do I plan a tour?'));
    expect(labelsOf(result)).toEqual([phrases.goOnWith('How do I plan a tour?')]);
  });

  test('of a guide that was closed starts it again', async () => {
    const result = await press(['plan a tour', 'mine', 'cancel'], 'pick:plan-a-tour/baggage/tent');
    expect(textOf(result)).toBe(phrases.buttonOfClosedGuide('How do I plan a tour?'));
    expect(labelsOf(result)).toEqual(['How do I plan a tour?']);
  });

  test('of the guide that handed over, pressed in the next one, says what it belongs to and goes on here', async () => {
    const result = await press(['plan a tour', 'mine', '10'], 'choice:plan-a-tour/bike/rented');
    expect(questionOf(result)).toMatchObject({ text: 'Which addresses has the network at home?' });
  });

  test('of a guide that is gone says so, and the open question comes again', async () => {
    const result = await press(['plan a tour', 'mine'], 'tick:sail-a-boat/anchor');
    expect(textOf(result)).toContain(phrases.gone);
    expect(questionOf(result).step).toBe(2);
  });

  test.each([
    'pick:plan-a-tour/bike/own',
    'pick:plan-a-tour/baggage/tent',
    'unpick:plan-a-tour/baggage/tent',
    'done:plan-a-tour/baggage',
    'done:plan-a-tour/days',
    'tick:plan-a-tour/pump',
    'untick:plan-a-tour/pump',
    'change:plan-a-tour/baggage',
    'choice:plan-a-tour/days/own',
    'choice:plan-a-tour/constructor/toString',
  ])('“%s” that does not fit here says so and changes nothing', async (action) => {
    const talk = await tourTalk(['plan a tour', 'mine']);
    const before = talk.memory?.guide;
    const result = await talk.say({ kind: 'button', action, label: 'old' });
    expect(questionOf(result)).toMatchObject({ step: 2, lead: phrases.staleButton });
    expect(result.memory.guide).toEqual(before);
  });
});
