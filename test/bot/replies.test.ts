import { parseAction } from '../../bot/action';
import { answerReply, changeReply, clarifyReply, guideReply, humanButtons } from '../../bot/replies';
import { beginGuide, step } from '../../dialogs/walk';
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
  test('of every kind carry an action that is read back', () => {
    const state = step(guide, beginGuide(guide), { kind: 'choose', question: 'ground', choice: 'road' }).state;
    const candidates = [
      { kind: 'entry' as const, id: TYRE.id, title: TYRE.title, score: 1, confidence: 0.3 },
      { kind: 'guide' as const, id: guide.id, title: guide.title, score: 1, confidence: 0.3 },
    ];
    const question = guideReply(guide, state, content, '');
    const replies = [clarifyReply(candidates), question, changeReply(guide, state), answerReply(CHAIN, content, '')];
    const buttons = replies.flatMap((reply) => [...(reply.kind === 'question' ? reply.choices : []), ...reply.buttons]);
    expect(buttons.length).toBeGreaterThan(8);
    expect(buttons.filter(({ action }) => parseAction(action) === undefined)).toEqual([]);
  });

  test('to a person are there only where somebody is named', () => {
    expect(humanButtons(content)).toHaveLength(1);
    expect(humanButtons(tinyContent({ contact: undefined }))).toEqual([]);
  });

  test('“back” is not offered at the first question', () => {
    const first = guideReply(guide, beginGuide(guide), content, '');
    expect(first.buttons.map(({ action }) => action)).toEqual(['command:why', 'command:cancel']);
  });
});

test('an outcome names a source by its id where the entry is not served, without a button for it', () => {
  const state = step(guide, beginGuide(guide), { kind: 'choose', question: 'ground', choice: 'both' }).state;
  const reply = guideReply(guide, state, tinyContent({ entries: new Map() }), '');
  expect(reply).toMatchObject({
    kind: 'outcome',
    cites: [{ id: TYRE.id, title: TYRE.id }],
    buttons: [{ action: 'command:change-answer' }, { action: 'command:start-over' }],
  });
});
