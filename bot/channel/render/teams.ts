import { type Activity, type Attachment, CardFactory } from 'botbuilder';
import type { Reply } from '../../reply';
import { type LabelledButton, labelledButtons, messageBack } from './labelled-buttons';
import { messageOf } from './message';

/** Teams shows no more buttons than this on one card. */
const MAX_CARD_BUTTONS = 6;

/** On a card, Teams shows one line of a button and cuts off the rest in the middle of a word; so many characters mostly fit. */
const MAX_CARD_TITLE = 50;

/** Teams shows 👍 and 👎 under the message, and asks us for the form behind them. */
const FEEDBACK_LOOP = { feedbackLoop: { type: 'custom' } };

/** The replies of one turn for Teams. Suggested actions show in personal chats only, so buttons stand on cards. */
export function renderForTeams(replies: readonly Reply[]): Partial<Activity>[] {
  return replies.map((reply) => {
    const attachments = cards(labelledButtons(reply));
    const rated = reply.kind === 'answer' || reply.kind === 'outcome' ? { channelData: FEEDBACK_LOOP } : {};
    return { ...messageOf(reply), ...rated, ...(attachments.length === 0 ? {} : { attachments }) };
  });
}

function cards(buttons: readonly LabelledButton[]): Attachment[] {
  const attachments: Attachment[] = [];
  for (let start = 0; start < buttons.length; start += MAX_CARD_BUTTONS) {
    const actions = buttons
      .slice(start, start + MAX_CARD_BUTTONS)
      .map((button) => messageBack({ ...button, title: shortened(button.title) }));
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
