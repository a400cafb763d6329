import { MAX_SUSPENDED } from '../../bot/memory';
import { phrases } from '../../bot/phrases';
import { beginGuide } from '../../dialogs/walk';
import { type Conversation, labelsOf, outcomeOf, questionOf, textOf } from '../support/conversation';
import { bikeTracker, planATour, tourContent } from '../support/tour-guide';
import { BICYCLE, TOUR, TRACKER, tourTalk } from '../support/tour-talk';

const [TOUR_TITLE, TRACKER_TITLE] = ['How do I plan a tour?', 'How do I reach my bike tracker?'];
const suspendedIn = ({ memory }: Conversation) => memory?.suspended.map(({ guide }) => guide);

describe('a change of topic in the middle of a guide', () => {
  test('asks whether to keep the guide, stop it or stay', async () => {
    const talk = await tourTalk(['plan a tour', 'mine']);
    const before = talk.memory?.guide;
    const result = await talk.type('how do I reach my tracker?');
    expect(textOf(result)).toBe(phrases.leaveGuide(TOUR_TITLE, 2, TRACKER_TITLE));
    expect(labelsOf(result)).toEqual([
      phrases.keepAndStart(TRACKER_TITLE),
      phrases.stopAndStart(TRACKER_TITLE),
      phrases.stay,
    ]);
    expect(talk.memory?.guide).toEqual(before);
  });

  test('does so for a button of another guide, too', async () => {
    const talk = await tourTalk(['plan a tour', 'mine', 'guides']);
    expect(textOf(await talk.click(TRACKER_TITLE))).toBe(phrases.leaveGuide(TOUR_TITLE, 2, TRACKER_TITLE));
  });

  test('is made at once where nothing was answered yet, and after the advice', async () => {
    for (const texts of [['plan a tour'], ['plan a tour', 'mine', '5', 'tent']]) {
      const talk = await tourTalk([...texts, 'reach the tracker']);
      expect(talk.memory?.guide?.guide).toBe(TRACKER);
      expect(suspendedIn(talk)).toEqual([]);
    }
  });

  test('keeps the guide for later, with its facts for the next', async () => {
    const talk = await tourTalk(['plan a tour', 'mine', 'reach the tracker']);
    const result = await talk.click(phrases.keepAndStart(TRACKER_TITLE));
    expect(questionOf(result)).toMatchObject({
      guideTitle: TRACKER_TITLE,
      text: 'Which addresses has the network at home?',
    });
    expect(suspendedIn(talk)).toEqual([TOUR]);
    expect(talk.memory?.guide?.assumed).toEqual(['bike']);
  });

  test('stops the guide where that is wanted', async () => {
    const talk = await tourTalk(['plan a tour', 'mine', 'reach the tracker']);
    await talk.click(phrases.stopAndStart(TRACKER_TITLE));
    expect(talk.memory?.guide?.guide).toBe(TRACKER);
    expect(suspendedIn(talk)).toEqual([]);
  });

  test('is not made where the person stays', async () => {
    const talk = await tourTalk(['plan a tour', 'mine', 'reach the tracker']);
    const result = await talk.click(phrases.stay);
    expect(questionOf(result)).toMatchObject({ step: 2, lead: phrases.backToGuide(2, 3) });
    expect(suspendedIn(talk)).toEqual([]);
  });

  test.each([
    ['1', TRACKER, [TOUR]],
    ['2', TRACKER, []],
    ['3', TOUR, []],
    ['stay here', TOUR, []],
    ['the first one', TRACKER, [TOUR]],
  ])('is settled by typing “%s”', async (text, guide, suspended) => {
    const talk = await tourTalk(['plan a tour', 'mine', 'reach the tracker', text]);
    expect([talk.memory?.guide?.guide, suspendedIn(talk)]).toEqual([guide, suspended]);
  });

  test.each([
    ['yes', TRACKER, [TOUR]],
    ['no', TOUR, []],
  ])('“%s” is no answer to the question that is open behind it', async (text, guide, suspended) => {
    const yesOrNo = planATour((yaml) => yaml.replace('      one: {', '      yes: {').replace('[one]', '[yes]'));
    const content = tourContent([yesOrNo, bikeTracker()]);
    const talk = await tourTalk(['plan a tour', 'mine', 'reach the tracker', text], { content });
    expect([talk.memory?.guide?.guide, suspendedIn(talk)]).toEqual([guide, suspended]);
    expect(JSON.stringify(talk.memory)).not.toContain('"days":"yes"');
  });

  test('knows what the message said that asked for it', async () => {
    const talk = await tourTalk(['plan a tour', 'hired']);
    await talk.type('reach the tracker in my home network 192.168.1.0/24');
    await talk.click(phrases.stopAndStart(TRACKER_TITLE));
    expect(talk.memory?.guide?.facts).toMatchObject({ bike: 'rented', 'home-range': '192.168.1.0/24' });
  });
});

describe('a guide that is put aside', () => {
  test('by “later” is resumed by its button, where it was', async () => {
    const talk = await tourTalk(['plan a tour', 'mine']);
    const left = await talk.type('later');
    expect(textOf(left)).toBe(phrases.suspended(TOUR_TITLE));
    expect(talk.memory?.guide).toBeUndefined();
    const result = await talk.click(phrases.goOnWith(TOUR_TITLE));
    expect(questionOf(result)).toMatchObject({ step: 2, lead: phrases.backToGuide(2, 3) });
    expect(suspendedIn(talk)).toEqual([]);
  });

  test('is listed before the other guides, and resumed from there', async () => {
    const talk = await tourTalk(['plan a tour', 'mine', 'later']);
    const result = await talk.type('guides');
    expect(labelsOf(result)[0]).toBe(phrases.goOnWith(TOUR_TITLE));
    expect(labelsOf(result)).toHaveLength(4);
    expect(questionOf(await talk.type('1')).step).toBe(2);
  });

  test('is resumed by a word, days later', async () => {
    const talk = await tourTalk(['plan a tour', 'mine', 'later', 'how do I oil a chain?']);
    const memory = JSON.parse(JSON.stringify(talk.memory));
    const later = await tourTalk([], { memory });
    expect(questionOf(await later.type('continue'))).toMatchObject({ guideTitle: TOUR_TITLE, step: 2 });
    await later.type('5');
    expect(outcomeOf(await later.type('tent')).verdict).toBe('Take panniers');
  });

  test('keeps what was picked', async () => {
    const talk = await tourTalk(['plan a tour', 'mine', '5']);
    await talk.click('A tent');
    await talk.type('later');
    expect(questionOf(await talk.type('continue')).choices[0]).toMatchObject({ label: 'A tent', picked: true });
  });

  test('comes back with the guide that it came from', async () => {
    const talk = await tourTalk(['plan a tour', 'mine', '10', 'later', 'continue']);
    expect(talk.memory?.guide).toMatchObject({ guide: TRACKER, from: { guide: TOUR } });
    await talk.type('back');
    expect(questionOf(await talk.type('back')).guideTitle).toBe(TOUR_TITLE);
  });

  test('is chosen from where several wait', async () => {
    const talk = await tourTalk(['plan a tour', 'mine', 'later', 'reach the tracker', 'it is mine', 'later']);
    const result = await talk.type('continue');
    expect(textOf(result)).toContain(phrases.suspendedGuides);
    expect(labelsOf(result)).toEqual([phrases.goOnWith(TRACKER_TITLE), phrases.goOnWith(TOUR_TITLE)]);
    expect(questionOf(await talk.type('2'))).toMatchObject({ guideTitle: TOUR_TITLE });
    expect(suspendedIn(talk)).toEqual([TRACKER]);
  });

  test('takes the place of the one that is running, which waits then', async () => {
    const talk = await tourTalk(['plan a tour', 'mine', 'later', 'reach the tracker', 'it is mine', 'guides']);
    await talk.click(phrases.goOnWith(TOUR_TITLE));
    expect([talk.memory?.guide?.guide, suspendedIn(talk)]).toEqual([TOUR, [TRACKER]]);
  });

  test('and asked for again may be gone on with or begun anew', async () => {
    const start = (): Promise<Conversation> => tourTalk(['plan a tour', 'mine', 'later']);
    const talk = await start();
    const result = await talk.type('plan a tour');
    expect(textOf(result)).toBe(phrases.wasSuspended(TOUR_TITLE, 2));
    expect(labelsOf(result)).toEqual([phrases.goOnThere, phrases.beginAnew]);
    expect(questionOf(await talk.click(phrases.goOnThere)).step).toBe(2);

    const other = await start();
    await other.type('plan a tour');
    expect(questionOf(await other.click(phrases.beginAnew))).toMatchObject({ step: 1 });
    expect(other.memory?.guide?.answers).toEqual({});
    expect(suspendedIn(other)).toEqual([]);
  });

  test('and begun anew knows what the message said that asked for it', async () => {
    const talk = await tourTalk(['plan a tour', 'mine', 'later', 'plan a tour of 5 days']);
    await talk.click(phrases.beginAnew);
    expect(talk.memory?.guide).toMatchObject({ answers: { days: 'week' }, assumed: ['days'] });
  });

  test('is kept once, as it was left last', async () => {
    const talk = await tourTalk(['plan a tour', 'mine', 'later', 'continue', '5', 'later']);
    expect(talk.memory?.suspended).toMatchObject([{ guide: TOUR, answers: { bike: 'own', days: 'week' } }]);
  });

  test('is one of five at most, the oldest going first', async () => {
    const guides = Array.from({ length: 7 }, (_, index) => ({ ...planATour(), id: `tour-${index}` }));
    const content = tourContent(guides);
    const talk = await tourTalk([], { content });
    for (const { id } of guides) {
      await talk.say({ kind: 'button', action: `begin:${id}`, label: id });
      await talk.type('mine');
      await talk.type('later');
    }
    expect(suspendedIn(talk)).toEqual(['tour-6', 'tour-5', 'tour-4', 'tour-3', 'tour-2']);
    expect(MAX_SUSPENDED).toBe(5);
  });

  test('that was changed meanwhile keeps the answers that fit, and says so', async () => {
    const talk = await tourTalk(['plan a tour', 'mine', 'later']);
    const content = tourContent([planATour((text) => text.replace('How many days will you ride?', 'How many days?'))]);
    const later = await tourTalk([], { content, memory: talk.memory });
    const result = await later.type('continue');
    expect(questionOf(result).lead).toBe(`${phrases.guideChanged} ${phrases.backToGuide(2, 3)}`);
    expect(questionOf(await later.type('why')).lead).not.toContain(phrases.guideChanged);
  });

  test('and is gone meanwhile is neither listed nor resumed', async () => {
    const talk = await tourTalk(['plan a tour', 'mine', 'later']);
    const content = tourContent([]);
    const later = await tourTalk([], { content, memory: talk.memory });
    expect(textOf(await later.type('guides'))).toBe(phrases.noGuides);
    expect(textOf(await later.type('continue'))).toBe(phrases.nothingSuspended);
    const pressed = await later.say({ kind: 'button', action: `resume:${TOUR}`, label: 'x' });
    expect(textOf(pressed)).toBe(phrases.gone);
  });

  test('is not brought back by “cancel”, which there is nothing for', async () => {
    const talk = await tourTalk(['plan a tour', 'mine', 'later']);
    expect(textOf(await talk.type('cancel'))).toBe(phrases.nothingToCancel);
    expect(suspendedIn(talk)).toEqual([TOUR]);
  });

  test('at its advice is finished: there is nothing to put aside', async () => {
    const talk = await tourTalk(['plan a tour', 'mine', '5', 'tent']);
    expect(textOf(await talk.type('later'))).toBe(phrases.nothingToSuspend);
    expect(talk.memory?.guide?.guide).toBe(TOUR);
  });
});

describe('“continue”', () => {
  test('in a guide asks its question again', async () => {
    const talk = await tourTalk(['plan a tour', 'mine']);
    expect(questionOf(await talk.type('continue')).lead).toBe(phrases.backToGuide(2, 3));
  });

  test('without a guide says that none is unfinished', async () => {
    expect(textOf(await (await tourTalk()).type('continue'))).toBe(phrases.nothingSuspended);
  });
});

describe('a button to go on', () => {
  const press = async (talk: Conversation, action: string) => talk.say({ kind: 'button', action, label: 'x' });

  test('with a guide that is running already asks its question', async () => {
    const talk = await tourTalk(['plan a tour', 'mine', 'thanks']);
    expect(questionOf(await press(talk, `resume:${TOUR}`))).toMatchObject({ step: 2 });
  });

  test('with a guide that does not wait any more begins it', async () => {
    const talk = await tourTalk();
    expect(questionOf(await press(talk, `resume:${BICYCLE}`))).toMatchObject({ step: 1 });
  });

  test.each([
    'later',
    'instead',
    'guide',
  ])('“%s” with a guide that is running already asks its question, and no answer is lost', async (kind) => {
    const talk = await tourTalk(['plan a tour', 'mine', 'thanks']);
    const before = talk.memory?.guide;
    const result = await press(talk, `${kind}:${TOUR}`);
    expect(questionOf(result)).toMatchObject({ step: 2, lead: phrases.backToGuide(2, 3) });
    expect(talk.memory?.guide).toEqual(before);
    expect(suspendedIn(talk)).toEqual([]);
  });

  test.each([
    'begin',
    'later',
    'instead',
    'resume',
    'guide',
  ])('“%s” with a guide that is gone says so', async (kind) => {
    const talk = await tourTalk(['plan a tour', 'mine']);
    const result = await press(talk, `${kind}:sail-a-boat`);
    expect(textOf(result)).toContain(phrases.gone);
    expect(talk.memory?.guide).toMatchObject({ ...beginGuide(planATour()), answers: { bike: 'own' } });
  });
});
