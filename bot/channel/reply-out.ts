import { type Activity, ActivityTypes, type Attachment, type CardAction, CardFactory, InputHints } from 'botbuilder';
import { parseAction } from '../action';
import { outcomeToPlainText } from '../outcome-text';
import type { Button, ChoiceButton, Reply } from '../reply';
import { replyToMarkdown } from '../reply-text';
import { keepLinkSpaces } from './keep-link-spaces';

/** Teams shows no more buttons than this on one card. */
const MAX_CARD_BUTTONS = 6;

/** On a card, Teams shows one line of a button and cuts off the rest in the middle of a word; so many characters mostly fit. */
const MAX_CARD_TITLE = 50;

/** Channels whose clients send `messageBack` buttons back with their value; elsewhere a button says its label. */
const MESSAGE_BACK_CHANNELS: ReadonlySet<string> = new Set(['emulator', 'webchat', 'directline', 'msteams']);

/** Channels with pages that may offer more with an outcome than its text; elsewhere channel data has a meaning of its own. */
const WEB_CHANNELS: ReadonlySet<string> = new Set(['emulator', 'webchat', 'directline']);

/** What a web page is told about an outcome: which guide it ends, and what copying it should give. */
export interface OutcomeData {
  readonly kind: 'outcome';
  readonly guide: string;
  readonly title: string;
  /** The whole outcome as plain text. */
  readonly text: string;
}

interface LabelledButton extends Button {
  /** What stands on the button; pressing it says the label. */
  readonly title: string;
}

/** The activity that says a reply on a channel: Markdown text, and buttons in the form that the channel shows. */
export function renderReply(reply: Reply, channelId: string): Partial<Activity> {
  const activity: Partial<Activity> = {
    type: ActivityTypes.Message,
    text: keepLinkSpaces(replyToMarkdown(reply)),
    textFormat: 'markdown',
    inputHint: reply.kind === 'question' ? InputHints.ExpectingInput : InputHints.AcceptingInput,
  };
  if (reply.kind === 'question') activity.speak = reply.text;
  if (reply.kind === 'outcome' && WEB_CHANNELS.has(channelId)) activity.channelData = outcomeData(reply);
  const buttons = buttonsOf(reply);
  if (buttons.length > 0) {
    if (channelId === 'msteams') activity.attachments = cards(buttons);
    else activity.suggestedActions = { to: [], actions: buttons.map((button) => cardAction(button, channelId)) };
  }
  return activity;
}

/**
 * The activities of one turn, in order. Suggested actions stay on the last only: clients show those of the newest message, and
 * earlier ones would flash up and vanish.
 */
export function renderReplies(replies: readonly Reply[], channelId: string): Partial<Activity>[] {
  return replies.map((reply, index) => {
    const activity = renderReply(reply, channelId);
    if (index < replies.length - 1) delete activity.suggestedActions;
    return activity;
  });
}

function outcomeData(outcome: Reply & { readonly kind: 'outcome' }): OutcomeData {
  return {
    kind: 'outcome',
    guide: outcome.guideId,
    title: outcome.guideTitle,
    text: outcomeToPlainText(outcome),
  };
}

function buttonsOf(reply: Reply): readonly LabelledButton[] {
  const plain = reply.buttons.map((button) => ({ ...button, title: button.label }));
  return reply.kind === 'question' ? [...reply.choices.map(choiceButton), ...plain] : plain;
}

/** Where several may be picked each shows whether it is; "I don't know" is a way on, which nothing is picked with. */
function choiceButton(choice: ChoiceButton): LabelledButton {
  const box = choice.picked ? '☑ ' : parseAction(choice.action)?.kind === 'pick' ? '☐ ' : '';
  return { ...choice, title: box + choice.label };
}

function cardAction({ label, title, action }: LabelledButton, channelId: string): CardAction {
  return MESSAGE_BACK_CHANNELS.has(channelId)
    ? { type: 'messageBack', title, text: label, displayText: label, value: { action } }
    : { type: 'imBack', title, value: label };
}

/** Suggested actions show in personal chats of Teams only, so its buttons stand on cards. */
function cards(buttons: readonly LabelledButton[]): Attachment[] {
  const attachments: Attachment[] = [];
  for (let start = 0; start < buttons.length; start += MAX_CARD_BUTTONS) {
    const actions = buttons
      .slice(start, start + MAX_CARD_BUTTONS)
      .map((button) => cardAction({ ...button, title: shortened(button.title) }, 'msteams'));
    attachments.push(CardFactory.heroCard('', undefined, actions));
  }
  return attachments;
}

/** Cut between words where that leaves more than half. */
function shortened(title: string): string {
  const characters = [...title];
  if (characters.length <= MAX_CARD_TITLE) return title;
  const start = characters.slice(0, MAX_CARD_TITLE).join('');
  const words = start.replace(/[\s,;:.–-]+\S*$/, '');
  return `${words !== start && words.length > start.length / 2 ? words : characters.slice(0, MAX_CARD_TITLE - 1).join('')}…`;
}
