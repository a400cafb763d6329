import { renderReplies, renderReply } from '../../../bot/channel/reply-out';
import type { Button, Reply } from '../../../bot/reply';

const button = (name: string): Button => ({ label: name, action: `entry:${name}` });
const text = (buttons: readonly Button[]): Reply => ({ kind: 'text', text: 'Hello', buttons });
const question: Reply = {
  kind: 'question',
  guideId: 'g',
  guideTitle: 'Guide',
  lead: '',
  step: 1,
  ofAbout: 3,
  text: 'Which one?',
  why: 'Because.',
  choices: [button('a'), button('b')],
  buttons: [button('back')],
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

  test('in Teams has cards of at most six buttons and no suggested actions', () => {
    const activity = renderReply(text(['1', '2', '3', '4', '5', '6', '7'].map(button)), 'msteams');
    expect(activity.suggestedActions).toBeUndefined();
    expect(activity.attachments?.map(({ contentType }) => contentType)).toEqual(
      Array(2).fill('application/vnd.microsoft.card.hero'),
    );
    expect(activity.attachments?.map(({ content }) => content.buttons.length)).toEqual([6, 1]);
    expect(activity.attachments?.[0]?.content.buttons[0]).toMatchObject({
      type: 'messageBack',
      value: { action: 'entry:1' },
    });
  });

  test('that asks says so, speaks the question and offers choices before other buttons', () => {
    const activity = renderReply(question, 'webchat');
    expect(activity).toMatchObject({ inputHint: 'expectingInput', speak: 'Which one?' });
    expect(activity.suggestedActions?.actions.map(({ title }) => title)).toEqual(['a', 'b', 'back']);
  });

  test('leaves suggested actions to the last of several, in order', () => {
    const activities = renderReplies([text([button('a')]), question], 'webchat');
    expect(activities.map(({ suggestedActions }) => suggestedActions?.actions.length)).toEqual([undefined, 3]);
    expect(activities[0]?.text).toBe('Hello');
  });
});
