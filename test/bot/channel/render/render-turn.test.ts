import { renderTurn } from '../../../../bot/channel/render/render-turn';
import type { Button, ChoiceButton, Reply } from '../../../../bot/reply';

const renderReply = (reply: Reply, channel: string) => renderTurn([reply], channel)[0]!;
const button = (name: string): Button => ({ label: name, action: `entry:${name}` });
const text = (buttons: readonly Button[]): Reply => ({ kind: 'text', text: 'Hello', buttons });
const choice = (name: string, kind = 'choice', picked = false): ChoiceButton => ({
  label: name,
  action: `${kind}:g/q/${name}`,
  picked,
});
const question: Reply = {
  kind: 'question',
  guideId: 'g',
  guideTitle: 'Guide',
  lead: '',
  answered: [],
  step: 1,
  ofAbout: 3,
  text: 'Which one?',
  why: 'Because.',
  hint: '',
  places: 'numbers',
  several: false,
  choices: [choice('a'), choice('b')],
  buttons: [button('back')],
};
const several: Reply = {
  ...question,
  several: true,
  choices: [choice('a', 'unpick', true), choice('b', 'pick'), choice('unknown')],
  buttons: [{ label: 'That’s all', action: 'done:g/q' }],
};
const outcome: Reply = {
  kind: 'outcome',
  guideId: 'g',
  guideTitle: 'Guide',
  answered: [],
  verdict: 'Take **this**.',
  explanation: '',
  reasons: [],
  ruledOut: [],
  nextSteps: [],
  checklist: [],
  cites: [],
  asOf: '2019-05-14',
  buttons: [],
};
describe('a reply as an activity', () => {
  test('is Markdown, and has no buttons where there are none', () => {
    expect(renderReply(text([]), 'emulator')).toEqual({
      type: 'message',
      text: 'Hello',
      textFormat: 'markdown',
      inputHint: 'acceptingInput',
    });
  });

  test.each(['emulator', 'webchat', 'directline'])('on %s has suggested actions that carry their action', (channel) => {
    expect(renderReply(text([button('a')]), channel).suggestedActions).toEqual({
      to: [],
      actions: [{ type: 'messageBack', title: 'a', text: 'a', displayText: 'a', value: { action: 'entry:a' } }],
    });
  });

  test('on a channel that may not know such buttons lets the person say the label', () => {
    expect(renderReply(text([button('a')]), 'somethingelse').suggestedActions?.actions).toEqual([
      { type: 'imBack', title: 'a', value: 'a' },
    ]);
  });

  test('that asks says so, speaks the question and offers choices before other buttons', () => {
    const activity = renderReply(question, 'webchat');
    expect(activity).toMatchObject({ inputHint: 'expectingInput', speak: 'Which one?' });
    expect(activity.suggestedActions?.actions.map(({ title }) => title)).toEqual(['a', 'b', 'back']);
  });

  test('leaves suggested actions to the last of several, in order', () => {
    const activities = renderTurn([text([button('a')]), question], 'webchat');
    expect(activities.map(({ suggestedActions }) => suggestedActions?.actions.length)).toEqual([undefined, 3]);
    expect(activities[0]?.text).toBe('Hello');
  });

  test('that takes several choices shows on each button whether it is picked, and says the choice alone', () => {
    const actions = renderReply(several, 'webchat').suggestedActions!.actions;
    expect(actions.map(({ title }) => title)).toEqual(['☑ a', '☐ b', 'unknown', 'That’s all']);
    expect(actions[0]).toMatchObject({ text: 'a', displayText: 'a', value: { action: 'unpick:g/q/a' } });
    expect(renderReply(several, 'somethingelse').suggestedActions!.actions[0]).toEqual({
      type: 'imBack',
      title: '☑ a',
      value: 'a',
    });
  });

  test('is told to web pages where it is an outcome, so that they can copy it, and to no other channel', () => {
    for (const channel of ['webchat', 'directline', 'emulator']) {
      expect(renderReply(outcome, channel).channelData).toEqual({
        kind: 'outcome',
        guide: 'g',
        title: 'Guide',
        text: 'Guide\n\nTake this.\n\nAs of May 2019.',
      });
    }
    expect(renderReply(outcome, 'msteams').channelData).not.toHaveProperty('text');
    expect(renderReply(question, 'webchat')).not.toHaveProperty('channelData');
  });
});

test('a long label stays whole on a web page, which breaks lines', () => {
  const long = 'Which of the many virtual networks and sites must be reached from here?';
  const activity = renderReply(text([{ label: long, action: 'entry:x' }]), 'webchat');
  expect(activity.suggestedActions!.actions[0]!.title).toBe(long);
});
