import { type Activity, ActivityTypes, type Attachment, type CardAction, CardFactory, InputHints } from 'botbuilder';
import type { Button, Reply } from '../reply';
import { replyToMarkdown } from '../reply-text';
import { keepLinkSpaces } from './keep-link-spaces';

/** Teams shows no more buttons than this on one card. */
const MAX_CARD_BUTTONS = 6;

/** Channels whose clients send `messageBack` buttons back with their value; elsewhere a button says its label. */
const MESSAGE_BACK_CHANNELS: ReadonlySet<string> = new Set(['emulator', 'webchat', 'directline', 'msteams']);

/** The activity that says a reply on a channel: Markdown text, and buttons in the form that the channel shows. */
export function renderReply(reply: Reply, channelId: string): Partial<Activity> {
  const activity: Partial<Activity> = {
    type: ActivityTypes.Message,
    text: keepLinkSpaces(replyToMarkdown(reply)),
    textFormat: 'markdown',
    inputHint: reply.kind === 'question' ? InputHints.ExpectingInput : InputHints.AcceptingInput,
  };
  if (reply.kind === 'question') activity.speak = reply.text;
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

function buttonsOf(reply: Reply): readonly Button[] {
  return reply.kind === 'question' ? [...reply.choices, ...reply.buttons] : reply.buttons;
}

function cardAction({ label, action }: Button, channelId: string): CardAction {
  return MESSAGE_BACK_CHANNELS.has(channelId)
    ? { type: 'messageBack', title: label, text: label, displayText: label, value: { action } }
    : { type: 'imBack', title: label, value: label };
}

/** Suggested actions show in personal chats of Teams only, so its buttons stand on cards. */
function cards(buttons: readonly Button[]): Attachment[] {
  const attachments: Attachment[] = [];
  for (let start = 0; start < buttons.length; start += MAX_CARD_BUTTONS) {
    const actions = buttons.slice(start, start + MAX_CARD_BUTTONS).map((button) => cardAction(button, 'msteams'));
    attachments.push(CardFactory.heroCard('', undefined, actions));
  }
  return attachments;
}
