import { answerReply, clarifyReply, guideButtons, handoverReply, humanButtons, waysToGuides } from '../../bot/replies';
import { BATTERY, CHAIN, TYRE, tinyContent } from '../support/tiny-content';
import { tinyGuide } from '../support/tiny-guide';

const content = tinyContent();
const guide = tinyGuide();

describe('an entry as a reply', () => {
  const bodied = (body: string, followUps: readonly string[] = []) =>
    answerReply({ ...CHAIN, body, followUps }, content, '');

  test('keeps addresses as links and makes words of links to entries', () => {
    expect(bodied(`See [tyres](#${TYRE.id}) and [the shop](https://shop.example/#top).`)).toMatchObject({
      body: 'See tyres and [the shop](https://shop.example/#top).',
    });
  });

  test('offers follow-ups first, then linked entries, each once and itself never', () => {
    const links = `[a](#${BATTERY.id}) [b](#${TYRE.id}) [c](#${CHAIN.id}) [d](#not-there)`;
    expect(bodied(links, [TYRE.id, 'not-there-either']).buttons.map(({ action }) => action)).toEqual([
      `entry:${TYRE.id}`,
      `entry:${BATTERY.id}`,
    ]);
  });

  test('has no more than three buttons', () => {
    const more = ['one', 'two', 'three', 'four'].map((id) => ({ ...TYRE, id }));
    const entries = new Map(more.map((entry) => [entry.id, entry]));
    const reply = answerReply({ ...CHAIN, followUps: [...entries.keys()] }, tinyContent({ entries }), '');
    expect(reply.buttons).toHaveLength(3);
  });
});

describe('buttons', () => {
  test('of a choice name entries and guides, and none of these last', () => {
    const candidates = [
      { kind: 'entry' as const, id: TYRE.id, title: TYRE.title, score: 1, confidence: 0.3 },
      { kind: 'guide' as const, id: guide.id, title: guide.title, score: 1, confidence: 0.3 },
    ];
    expect(clarifyReply(candidates).buttons.map(({ action }) => action)).toEqual([
      `entry:${TYRE.id}`,
      `guide:${guide.id}`,
      'none-of-these',
    ]);
  });

  test('to a person are there only where somebody is named', () => {
    expect(humanButtons(content)).toHaveLength(1);
    expect(humanButtons(tinyContent({ contact: undefined }))).toEqual([]);
  });
});

describe('the ways to the guides', () => {
  const many = (count: number) =>
    tinyContent({
      contact: undefined,
      guides: new Map(Array.from({ length: count }, (_, index) => [`g${index}`, { ...guide, id: `g${index}` }])),
    });

  test('are the guides themselves where there are three at most, else the list of them', () => {
    expect(waysToGuides(many(0))).toEqual([]);
    expect(waysToGuides(many(3)).map(({ action }) => action)).toEqual(['guide:g0', 'guide:g1', 'guide:g2']);
    expect(waysToGuides(many(4)).map(({ action }) => action)).toEqual(['command:show-guides']);
  });

  test('lie under the words for somebody who wants a person and cannot have one', () => {
    expect(handoverReply(many(4)).buttons.map(({ action }) => action)).toEqual([
      'command:show-guides',
      'command:what-can-you-do',
    ]);
    expect(handoverReply(content).buttons).toEqual([]);
  });

  test('are not what a list that was asked for shows: that has all', () => {
    expect(guideButtons(many(7))).toHaveLength(7);
  });
});
