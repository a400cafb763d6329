import { parseAction } from '../../bot/action';
import { changeReply, guideReply } from '../../bot/guide-replies';
import { phrases } from '../../bot/phrases';
import { beginGuide, type GuideEvent, step } from '../../dialogs/walk';
import { buttonsOf } from '../support/conversation';
import { TYRE, tinyContent } from '../support/tiny-content';
import { tinyGuide } from '../support/tiny-guide';
import { bikeTracker, planATour, tourContent } from '../support/tour-guide';

const content = tinyContent();
const guide = tinyGuide();

function stateAfter(...events: readonly GuideEvent[]) {
  return (of = guide) => events.reduce((state, event) => step(of, state, event).state, beginGuide(of));
}

const answer = (question: string, given: string | readonly string[]): GuideEvent => ({
  kind: 'answer',
  question,
  answer: given,
});

describe('the buttons of a guide', () => {
  test('carry an action that is read back, in every kind of reply', () => {
    const tour = planATour();
    const picked = stateAfter(answer('bike', 'own'), answer('days', 'week'), {
      kind: 'pick',
      question: 'baggage',
      choice: 'tent',
    })(tour);
    const packed = stateAfter(answer('bike', 'own'), answer('days', 'week'), answer('baggage', ['clothes']), {
      kind: 'tick',
      item: 'pump',
    })(tour);
    const replies = [
      guideReply(guide, stateAfter(answer('ground', 'road'))(), content, ''),
      changeReply(guide, stateAfter(answer('ground', 'road'))()),
      guideReply(tour, picked, tourContent(), ''),
      guideReply(tour, packed, tourContent(), ''),
      guideReply(bikeTracker(), stateAfter(answer('bike', 'own'))(bikeTracker()), tourContent(), ''),
    ];
    const buttons = buttonsOf(replies);
    expect(buttons.length).toBeGreaterThan(20);
    expect(buttons.filter(({ action }) => parseAction(action) === undefined)).toEqual([]);
  });

  test('do not offer to go back at the first question', () => {
    const first = guideReply(guide, beginGuide(guide), content, '');
    expect(first.buttons.map(({ action }) => action)).toEqual(['command:why', 'command:cancel']);
  });
});

describe('a question as a reply', () => {
  const asked = (of = planATour(), ...events: readonly GuideEvent[]) =>
    guideReply(of, stateAfter(...events)(of), tourContent(), '');

  test('has numbers for its choices, but letters where a number is the answer', () => {
    expect(asked()).toMatchObject({ places: 'numbers', several: false, hint: '' });
    expect(asked(planATour(), answer('bike', 'own'))).toMatchObject({ places: 'letters', several: false, hint: '' });
  });

  test('with several choices says so, and shows what is picked', () => {
    const here = [answer('bike', 'own'), answer('days', 'week')];
    expect(asked(planATour(), ...here)).toMatchObject({ places: 'numbers', several: true, hint: phrases.pickAll });
    const reply = asked(planATour(), ...here, { kind: 'pick', question: 'baggage', choice: 'stove' });
    expect(reply.kind === 'question' && reply.choices.map(({ action, picked }) => [action, picked])).toEqual([
      ['pick:plan-a-tour/baggage/tent', false],
      ['unpick:plan-a-tour/baggage/stove', true],
      ['pick:plan-a-tour/baggage/clothes', false],
      ['pick:plan-a-tour/baggage/nothing', false],
      ['choice:plan-a-tour/baggage/unknown', false],
    ]);
    expect(reply.buttons[0]).toEqual({ label: phrases.thatsAll, action: 'done:plan-a-tour/baggage' });
  });

  test('for a typed value shows an example, and has no places', () => {
    expect(asked(bikeTracker(), answer('bike', 'own'))).toMatchObject({
      places: 'none',
      hint: phrases.example('192.168.1.0/24'),
      choices: [{ label: 'I don’t know' }],
    });
  });
});

test('an outcome names a source by its id where the entry is not served, without a button for it', () => {
  const reply = guideReply(guide, stateAfter(answer('ground', 'both'))(), tinyContent({ entries: new Map() }), '');
  expect(reply).toMatchObject({
    kind: 'outcome',
    cites: [{ id: TYRE.id, title: TYRE.id }],
    buttons: [{ action: 'command:change-answer' }, { action: 'command:what-if' }, { action: 'command:start-over' }],
  });
});

test('an outcome offers the guides to go on with that are there', () => {
  const tour = planATour();
  const packed = stateAfter(answer('bike', 'own'), answer('days', 'week'), answer('baggage', ['clothes']))(tour);
  const offered = (guides = tourContent().guides) =>
    guideReply(tour, packed, { ...tourContent(), guides }, '')
      .buttons.map(({ action }) => action)
      .filter((action) => action.startsWith('guide:'));
  expect(offered()).toEqual(['guide:bike-tracker']);
  expect(offered(new Map())).toEqual([]);
});
