import { phrases } from '../../bot/phrases';
import { labelsOf, outcomeOf, textOf } from '../support/conversation';
import { tourTalk } from '../support/tour-talk';

describe('a checklist', () => {
  const listed = (texts: readonly string[] = []) => tourTalk(['plan a tour', 'mine', '5', 'clothes', ...texts]);
  const tickedIn = ({ memory }: Awaited<ReturnType<typeof listed>>) => memory?.guide?.ticked;

  test('stands in the advice, with buttons for what comes first', async () => {
    const talk = await tourTalk(['plan a tour', 'mine', '5']);
    const result = await talk.type('clothes');
    expect(outcomeOf(result).checklist.map(({ text, done }) => [text, done])).toEqual([
      ['Pack a pump', false],
      ['Pack patches', false],
      ['Pack oil', false],
      ['Pack a lamp', false],
    ]);
    expect(labelsOf(result).slice(0, 3)).toEqual([1, 2, 3].map(phrases.checklistItem));
  });

  test('is ticked off by button, and tells what is left', async () => {
    const talk = await listed();
    const result = await talk.click(phrases.checklistItem(2));
    expect(result.replies).toMatchObject([{ kind: 'checklist', lead: phrases.checklistLeft(3) }]);
    expect(labelsOf(result)).toEqual([
      ...[1, 3, 4].map(phrases.checklistItem),
      phrases.checklistUndo(2),
      phrases.wholeList,
    ]);
    expect(tickedIn(talk)).toEqual(['patches']);
  });

  test.each([
    ['done', ['pump']],
    ['step 2 is done', ['patches']],
    ['3', ['oil']],
    ['done with 4', ['lamp']],
    ['item 1', ['pump']],
    ['tick 2', ['patches']],
    ['finished', ['pump']],
    ['Step 1 is done.', ['pump']],
    ['done with 1 and 2', ['pump', 'patches']],
    ['steps 3 and 4 are done', ['oil', 'lamp']],
    ['all done', ['pump', 'patches', 'oil', 'lamp']],
  ])('is ticked off by typing “%s”', async (text, ticked) => {
    expect(tickedIn(await listed([text]))).toEqual(ticked);
  });

  test.each([
    ['untick 2', ['pump']],
    ['not done', ['pump']],
    ['step 2 is not done', ['pump']],
    ['undo', ['pump']],
    ['untick', ['pump']],
    ['undo step 1', ['patches']],
  ])('is unticked by typing “%s”', async (text, ticked) => {
    expect(tickedIn(await listed(['1', '2', text]))).toEqual(ticked);
  });

  test('is unticked by button', async () => {
    const talk = await listed(['1']);
    await talk.click(phrases.checklistUndo(1));
    expect(tickedIn(talk)).toEqual([]);
  });

  test('that is all done says so, and “done” has nothing more to do', async () => {
    const talk = await listed(['1', '2', '3']);
    expect((await talk.type('done')).replies).toMatchObject([{ kind: 'checklist', lead: phrases.checklistDone }]);
    expect(tickedIn(talk)).toEqual(['pump', 'patches', 'oil', 'lamp']);
    await talk.type('done');
    expect(tickedIn(talk)).toHaveLength(4);
  });

  test('is shown whole on demand, by button and by word', async () => {
    const talk = await listed();
    await talk.type('2');
    const clicked = await talk.click(phrases.wholeList);
    expect(textOf(clicked)).toContain('Pack patches');
    expect(textOf(clicked)).toContain('Pack a lamp');
    expect((await talk.type('my answers')).replies).toEqual(clicked.replies);
  });

  test('survives questions in between, and days', async () => {
    const talk = await listed(['1']);
    await talk.type('how do I oil a chain?');
    const later = await tourTalk(['done'], { memory: JSON.parse(JSON.stringify(talk.memory)) });
    expect(tickedIn(later)).toEqual(['pump', 'patches']);
  });

  test('does not take a question or other words for something that is done', async () => {
    for (const text of [
      'is step 2 needed?',
      'how do I oil a chain?',
      'well done you',
      '9',
      'not',
      'step',
      'step 2 done?',
    ]) {
      expect([text, tickedIn(await listed([text]))]).toEqual([text, []]);
    }
  });

  test('that is half done waits while another guide is gone through', async () => {
    const talk = await listed(['1', 'which bicycle fits me']);
    expect(talk.memory?.suspended.map(({ guide }) => guide)).toEqual(['plan-a-tour']);
    await talk.type('both');
    const result = await talk.type('continue');
    expect(outcomeOf(result).checklist[0]).toMatchObject({ text: 'Pack a pump', done: true });
    await talk.type('done');
    expect(tickedIn(talk)).toEqual(['pump', 'patches']);
  });

  test('that is half done changes places with another one that waits', async () => {
    const talk = await tourTalk(['reach the tracker', 'it is mine', 'later']);
    for (const text of ['plan a tour', 'mine', '5', 'clothes', '1', 'continue']) await talk.type(text);
    expect(talk.memory?.guide?.guide).toBe('bike-tracker');
    expect(talk.memory?.suspended).toMatchObject([{ guide: 'plan-a-tour', ticked: ['pump'] }]);
  });

  test.each([
    ['not begun', []],
    ['all done', ['1', '2', '3', '4']],
  ])('that is %s makes room for the next guide', async (_, texts) => {
    const talk = await listed([...texts, 'which bicycle fits me']);
    expect(talk.memory?.suspended).toEqual([]);
  });

  test('keeps what is ticked when an answer is changed and the same advice comes out', async () => {
    const talk = await listed(['1', 'change an answer', '2', '3']);
    expect(tickedIn(talk)).toEqual(['pump']);
  });
});
