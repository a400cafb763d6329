import { phrases } from '../../bot/phrases';
import type { TurnResult } from '../../bot/turn-result';
import { labelsOf, outcomeOf, questionOf, textOf } from '../support/conversation';
import { planATour, tourContent } from '../support/tour-guide';
import { TOUR, TRACKER, tourTalk } from '../support/tour-talk';

const SAID = 'I want to plan a tour of 5 days with my own bike and a tent';
/** What the guide says to the answers that the sentence gives. */
const [OWN, WEEK, TENT] = ['You take your own bicycle.', 'It is up to a week.', 'You take a tent.'] as const;
const TAKEN = [OWN, WEEK, TENT];

describe('what the opening sentence says', () => {
  test('is not asked but shown as assumptions, each of which one click takes back', async () => {
    const result = await (await tourTalk()).type(SAID);
    expect(textOf(result)).toContain(phrases.assumed(TAKEN));
    expect(result.memory.guide).toMatchObject({
      guide: TOUR,
      answers: { bike: 'own', days: 'week', baggage: ['tent'] },
      assumed: ['bike', 'days', 'baggage'],
    });
    expect(labelsOf(result)).toEqual(
      expect.arrayContaining(['My own', 'Up to a week', 'A tent'].map((label) => phrases.notSo(label))),
    );
    expect(outcomeOf(result).verdict).toBe('Take panniers');
  });

  test('leaves the rest to be asked, as the first question of fewer', async () => {
    const result = await (await tourTalk()).type('plan a tour with my own bike');
    expect(questionOf(result)).toMatchObject({ text: 'How many days will you ride?', step: 1, ofAbout: 2 });
    expect(questionOf(result).lead).toBe(`Three questions to a packed bicycle.\n\n${phrases.assumed([OWN])}`);
  });

  test('is not taken from what is denied, nor where two answers fit', async () => {
    const denied = await (await tourTalk()).type('plan a tour, but not with my own bike');
    expect(questionOf(denied)).toMatchObject({ text: 'Which bicycle do you take?', step: 1 });
    const both = await (await tourTalk()).type('plan a tour with my own bike or a rented bike');
    expect(questionOf(both)).toMatchObject({ text: 'Which bicycle do you take?', step: 1 });
  });

  test('is said once and not repeated with the next question', async () => {
    const talk = await tourTalk(['plan a tour with my own bike']);
    expect(questionOf(await talk.type('5')).lead).toBe('');
    expect(questionOf(await talk.type('back')).lead).toBe('');
  });

  test('may answer a question further on, which is told when it is reached', async () => {
    const talk = await tourTalk();
    expect(questionOf(await talk.type('plan a tour with a tent')).lead).not.toContain(TENT);
    await talk.type('mine');
    const result = await talk.type('5');
    expect(result.replies[0]).toMatchObject({ kind: 'text', text: phrases.assumed([TENT]) });
    expect(outcomeOf(result).verdict).toBe('Take panniers');
  });
});

describe('an assumption that is wrong', () => {
  const opened = () => tourTalk(['plan a tour of 5 days with my own bike']);
  const asksBike = (result: TurnResult): void => {
    expect(questionOf(result)).toMatchObject({ text: 'Which bicycle do you take?', lead: '' });
    expect(result.memory.guide?.answers).toEqual({ days: 'week' });
  };

  test('is taken back by its button, and only that one', async () => {
    asksBike(await (await opened()).click(phrases.notSo('My own')));
  });

  test.each(['Not “My own”', 'not my own', 'Not My Own!'])('is taken back by “%s” typed', async (text) => {
    asksBike(await (await opened()).type(text));
  });

  test('is answered anew, and the others stand', async () => {
    const talk = await opened();
    await talk.click(phrases.notSo('My own'));
    expect(questionOf(await talk.type('hired'))).toMatchObject({ text: 'What do you take along?' });
  });

  test.each([
    'that is wrong',
    'That’s wrong!',
    'no, that is not right',
    'not true',
  ])('is taken back by “%s” where it is the only one', async (text) => {
    const talk = await tourTalk(['plan a tour with my own bike']);
    expect(questionOf(await talk.type(text)).text).toBe('Which bicycle do you take?');
    expect(talk.memory?.guide?.assumed).toEqual([]);
  });

  test('is taken back with all others by “that is wrong”, which does not say what', async () => {
    const talk = await tourTalk(['plan a tour of 5 days with my own bike']);
    expect(questionOf(await talk.type('that is wrong'))).toMatchObject({ text: 'Which bicycle do you take?' });
    expect(talk.memory?.guide).toMatchObject({ answers: {}, assumed: [] });
  });

  test('is not taken back by a plain “no”, which may answer the question asked with it', async () => {
    const talk = await tourTalk(['plan a tour with my own bike', 'no']);
    expect(talk.memory?.guide?.assumed).toEqual(['bike']);
  });

  test('is taken back with all others by a word', async () => {
    const talk = await opened();
    const result = await talk.type('take back');
    expect(questionOf(result)).toMatchObject({ text: 'Which bicycle do you take?', step: 1, ofAbout: 3 });
    expect(result.memory.guide).toMatchObject({ answers: {}, assumed: [], facts: {} });
    expect(textOf(await talk.type('take back'))).toContain(phrases.nothingTakenBack);
  });

  test('is no longer one once the person has given the same answer', async () => {
    const talk = await opened();
    await talk.click(phrases.notSo('My own'));
    expect((await talk.type('mine')).memory.guide?.assumed).toEqual(['days']);
  });
});

describe('facts', () => {
  test('go along to the guide that goes on', async () => {
    const talk = await tourTalk(['plan a tour', 'mine']);
    const result = await talk.type('10');
    expect(result.memory.guide).toMatchObject({
      guide: TRACKER,
      answers: { bike: 'own' },
      assumed: ['bike'],
      from: { guide: TOUR, answers: { bike: 'own', days: 'long' } },
    });
    expect(questionOf(result).lead).toBe(
      [phrases.handedOver('How do I reach my bike tracker?'), phrases.assumed(['It is your bicycle.'])].join('\n\n'),
    );
  });

  test('go along from a finished guide to the one that its advice leads to', async () => {
    const talk = await tourTalk(['plan a tour', 'mine', '5', 'a tent']);
    const result = await talk.click('How do I reach my bike tracker?');
    expect(questionOf(result)).toMatchObject({ text: 'Which addresses has the network at home?', step: 1 });
    expect(result.memory.guide?.assumed).toEqual(['bike']);
    expect(result.memory.guide?.from).toBeUndefined();
  });

  test('that the opening said and the first guide did not ask for are known to the next', async () => {
    const talk = await tourTalk(['plan a tour with my own bike, home network 192.168.1.0/24', '10']);
    expect(talk.memory?.guide).toMatchObject({ guide: TRACKER, answers: { bike: 'own', home: '192.168.1.0/24' } });
  });

  test('that were corrected on the way go along as they are now', async () => {
    const talk = await tourTalk(['plan a tour with my own bike']);
    await talk.click(phrases.notSo('My own'));
    await talk.type('hired');
    expect(outcomeOf(await talk.type('10')).verdict).toBe('Ask the shop');
  });

  test('are known to a guide that was offered as a choice for the message and then clicked', async () => {
    const talk = await tourTalk();
    const offered = await talk.type('maybe a tour with my own bike');
    expect(offered.outcome.kind).toBe('clarify');
    const result = await talk.click('How do I plan a tour?');
    expect(questionOf(result)).toMatchObject({ text: 'How many days will you ride?', step: 1 });
    expect(result.memory.guide?.assumed).toEqual(['bike']);
  });

  test('are known to a guide that was offered under the answer to the message', async () => {
    const talk = await tourTalk();
    const answered = await talk.type('how long does a tyre last on a tour with my own bike?');
    expect(answered.outcome).toMatchObject({ kind: 'answer', guide: undefined, guidesOffered: [TOUR] });
    expect(labelsOf(answered).at(-1)).toBe('How do I plan a tour?');
    const result = await talk.click('How do I plan a tour?');
    expect(questionOf(result)).toMatchObject({ text: 'How many days will you ride?', step: 1 });
    expect(result.memory.guide?.assumed).toEqual(['bike']);
  });

  test('do not count for a guide that was not offered for the message', async () => {
    const talk = await tourTalk(['what about my own bike']);
    await talk.type('guides');
    expect(questionOf(await talk.click('How do I plan a tour?'))).toMatchObject({ text: 'Which bicycle do you take?' });
  });
});

test('a guide all of whose questions are answered in the opening gives its advice at once', async () => {
  const content = tourContent([planATour()]);
  const result = await (await tourTalk([], { content })).type(SAID);
  expect(result.replies.map(({ kind }) => kind)).toEqual(['text', 'outcome']);
  expect(result.replies[0]).toMatchObject({ text: phrases.assumed(TAKEN) });
});
