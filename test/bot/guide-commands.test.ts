import { phrases } from '../../bot/phrases';
import { outcomeOf, questionOf, textOf } from '../support/conversation';
import { planATour, tourContent } from '../support/tour-guide';
import { BICYCLE, TOUR, TRACKER, tourTalk } from '../support/tour-talk';

describe('“back”', () => {
  test('over a hand-over returns to the guide before, at the question that led away', async () => {
    const talk = await tourTalk(['plan a tour', 'mine', '10']);
    expect(talk.memory?.guide?.guide).toBe(TRACKER);
    await talk.type('192.168.1.0/24');
    await talk.type('back');
    await talk.type('back'); // the assumed answer is a step, too
    const result = await talk.type('back');
    expect(result.memory.guide).toMatchObject({ guide: TOUR, answers: { bike: 'own' } });
    expect(questionOf(result)).toMatchObject({ text: 'How many days will you ride?', step: 2, lead: '' });
    expect(questionOf(await talk.type('5'))).toMatchObject({ guideTitle: 'How do I plan a tour?', step: 3 });
  });

  test('is offered at the first question after a hand-over', async () => {
    const talk = await tourTalk(['plan a tour', 'none yet']);
    expect(talk.memory?.guide?.guide).toBe(BICYCLE);
    expect(questionOf(await talk.click('Back'))).toMatchObject({ text: 'Which bicycle do you take?', step: 1 });
    expect(questionOf(await talk.type('back')).lead).toBe(phrases.firstQuestion);
  });

  test('leaves advice backwards, and what is ticked off stays for it', async () => {
    const talk = await tourTalk(['plan a tour', 'mine', '5', 'clothes', 'done']);
    expect(questionOf(await talk.type('back')).text).toBe('What do you take along?');
    expect(outcomeOf(await talk.type('clothes')).checklist[0]).toMatchObject({ done: true });
  });
});

describe('an answer that is changed', () => {
  test('is asked again, and then only what depends on it', async () => {
    const talk = await tourTalk(['plan a tour', 'mine', '5', 'tent']);
    await talk.type('change an answer');
    expect(questionOf(await talk.click('How many days will you ride? – Up to a week'))).toMatchObject({ step: 2 });
    expect(outcomeOf(await talk.type('1')).verdict).toBe('Take panniers');
    expect(talk.memory?.guide?.answers).toEqual({ bike: 'own', days: 'one', baggage: ['tent'] });
  });

  test('to one that leads elsewhere hands over, and “back” finds all answers again', async () => {
    const talk = await tourTalk(['plan a tour', 'mine', '5', 'tent', 'change an answer', '2', '10']);
    expect(talk.memory?.guide).toMatchObject({ guide: TRACKER, from: { guide: TOUR } });
    await talk.type('back');
    await talk.type('back');
    expect(outcomeOf(await talk.type('5')).verdict).toBe('Take panniers');
  });

  test('may be the same again', async () => {
    const talk = await tourTalk(['plan a tour', 'mine', '5', 'tent']);
    const before = talk.memory?.guide;
    await talk.type('change an answer');
    await talk.type('1');
    expect(outcomeOf(await talk.type('mine')).verdict).toBe('Take panniers');
    expect(talk.memory?.guide).toEqual(before);
  });
});

describe('“why”', () => {
  test('gives the reason of the open question; after the advice there is none open', async () => {
    const talk = await tourTalk(['plan a tour', 'mine']);
    expect(questionOf(await talk.type('why')).lead).toBe('More days want more bags.');
    const done = await tourTalk(['plan a tour', 'mine', '5', 'tent']);
    expect(textOf(await done.type('why'))).toBe(phrases.noQuestionOpen);
  });
});

describe('the summary', () => {
  test('lists the answers, and which were assumed, and goes on', async () => {
    const talk = await tourTalk(['plan a tour with my own bike', '5']);
    const result = await talk.type('my answers');
    expect(textOf(result)).toContain(
      [
        phrases.summary,
        '',
        phrases.summaryAssumed('- Which bicycle do you take? **My own**'),
        '- How many days will you ride? **Up to a week**',
      ].join('\n'),
    );
    expect(questionOf(result).lead).toBe(phrases.backToGuide(2, 2));
  });

  test('is empty before the first answer', async () => {
    const talk = await tourTalk(['plan a tour']);
    expect(textOf(await talk.type('my answers'))).toContain(phrases.nothingAnswered);
  });
});

test('“print” gives all answers and the advice in one go', async () => {
  const talk = await tourTalk(['plan a tour', 'mine', '5', 'tent']);
  const result = await talk.type('print');
  expect(result.replies.map(({ kind }) => kind)).toEqual(['text', 'outcome']);
  expect(textOf(result)).toContain('**How do I plan a tour?**');
  expect(textOf(result)).toContain('- What do you take along? **A tent**');
  expect(outcomeOf(result).explanation).toBe('They hold A tent.');
  expect(textOf(result).split('Pack a pump')).toHaveLength(2);
});

describe('progress', () => {
  test('counts what is really asked, and never grows on the way', async () => {
    const talk = await tourTalk();
    const seen = [questionOf(await talk.type('plan a tour'))];
    for (const text of ['mine', '5']) seen.push(questionOf(await talk.type(text)));
    expect(seen.map(({ step, ofAbout }) => [step, ofAbout])).toEqual([
      [1, 3],
      [2, 3],
      [3, 3],
    ]);
  });
});

describe('a question in the middle', () => {
  test.each([
    ['how far does a battery go?', 'answer'],
    ['thanks', 'smalltalk'],
    ['who won the cup?', 'fallback'],
    ['help', 'command'],
  ])('“%s” is answered, and the guide goes on without tips and assumptions told before', async (text, kind) => {
    const talk = await tourTalk(['plan a tour of 5 days', 'no idea']);
    const result = await talk.type(text);
    expect(result.outcome.kind).toBe(kind);
    expect(result.replies).toHaveLength(2);
    expect(questionOf(result).lead).toBe(phrases.backToGuide(2, 2));
    expect(textOf(result)).not.toContain('Then let us assume your own.');
    expect(textOf(result)).not.toContain(phrases.assumed(['Up to a week']));
    expect(questionOf(result).text).toBe('What do you take along?');
  });
});

describe('“cancel”', () => {
  test.each([
    ['at the first question', ['plan a tour']],
    ['after a hand-over', ['plan a tour', 'mine', '10']],
    ['while things are picked', ['plan a tour', 'mine', '5']],
    ['at the advice', ['plan a tour', 'mine', '5', 'tent']],
    ['while a value is asked', ['reach the tracker', 'it is mine', 'purple', 'purple', 'purple']],
  ])('%s leaves the guide', async (_, texts) => {
    const talk = await tourTalk(texts);
    const result = await talk.type('cancel');
    expect(result.memory.guide).toBeUndefined();
    expect(result.memory.suspended).toEqual([]);
    expect(textOf(await talk.type('back'))).toBe(phrases.nothingToGoBackTo);
  });
});

describe('“start over”', () => {
  test('forgets what was assumed, too', async () => {
    const result = await (await tourTalk(['plan a tour with my own bike', '5'])).type('start over');
    expect(questionOf(result)).toMatchObject({ step: 1, text: 'Which bicycle do you take?', lead: '' });
    expect(result.memory.guide).toMatchObject({ answers: {}, facts: {}, assumed: [] });
  });
});

describe('a guide that was changed between two turns', () => {
  const newer = (edit: (text: string) => string) => tourContent([planATour(edit)]);

  test('keeps the answers that fit, and says so once', async () => {
    const talk = await tourTalk(['plan a tour', 'mine']);
    const content = newer((text) => text.replace('How many days will you ride?', 'How many days?'));
    const later = await tourTalk([], { content, memory: talk.memory });
    const first = await later.type('5');
    expect(first.replies[0]).toMatchObject({ kind: 'text', text: phrases.guideChanged });
    expect(questionOf(first).text).toBe('What do you take along?');
    expect(textOf(await later.type('why'))).not.toContain(phrases.guideChanged);
  });

  test('asks again what it has no longer among its answers', async () => {
    const talk = await tourTalk(['plan a tour', 'hired']);
    const content = newer((text) => text.replace('      rented: {', '      hired: {'));
    const later = await tourTalk([], { content, memory: talk.memory });
    expect(questionOf(await later.type('what?'))).toMatchObject({ text: 'Which bicycle do you take?', step: 1 });
  });

  test('keeps of what was picked what it still has', async () => {
    const talk = await tourTalk(['plan a tour', 'mine', '5']);
    await talk.click('A tent');
    await talk.click('Warm clothes');
    const content = newer((text) => text.replace('      clothes: {', '      coats: {'));
    const later = await tourTalk([], { content, memory: talk.memory });
    expect(outcomeOf(await later.type('done')).reasons).toContain('You take a tent.');
    const aside = await tourTalk(['later'], { memory: talk.memory });
    const resumed = await tourTalk(['continue'], { content, memory: aside.memory });
    expect(outcomeOf(await resumed.type('done')).reasons).toContain('You take a tent.');
  });

  test('says nothing about it where no answer was given yet, nor after the advice', async () => {
    const content = newer((text) => text.replace('How many days will you ride?', 'How many days?'));
    for (const texts of [['plan a tour'], ['plan a tour', 'mine', '5', 'clothes']]) {
      const talk = await tourTalk(texts);
      const later = await tourTalk([], { content, memory: talk.memory });
      expect(textOf(await later.type('why'))).not.toContain(phrases.guideChanged);
    }
  });

  test('and is gone is told once; one that was put aside is silently dropped from the list', async () => {
    const talk = await tourTalk(['plan a tour', 'mine', 'later', 'reach the tracker', 'it is mine']);
    const content = tourContent([]);
    const later = await tourTalk([], { content, memory: talk.memory });
    expect(textOf(await later.type('hi'))).toContain(phrases.guideGone);
    expect(textOf(await later.type('hi'))).not.toContain(phrases.guideGone);
    expect(textOf(await later.type('continue'))).toBe(phrases.nothingSuspended);
  });
});
