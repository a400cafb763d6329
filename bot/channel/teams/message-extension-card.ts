import { type Attachment, CardFactory } from 'botbuilder';
import type { FoundAnswer } from '../../faq-search';
import { phrases } from '../../phrases';
import { monthAndYear } from '../../reply-text';
import { markdownToCard } from '../render/markdown-to-card';
import { firstSentence } from './first-sentence';

/**
 * An answer for the search: the card that goes into the message, and as its preview the line of the list. The card has no button,
 * because it may stand where the bot is not.
 */
export function answerAttachment({ title, body, asOf, source }: FoundAnswer): Attachment & { preview: Attachment } {
  const foot = [
    ...(asOf === undefined ? [] : [phrases.asOf(monthAndYear(asOf))]),
    ...(source === undefined ? [] : [`[${source.title}](${source.url})`]),
  ].join(' ');
  const card = {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.5',
    body: [
      { type: 'TextBlock', text: title, wrap: true, weight: 'Bolder', size: 'Medium', style: 'heading' },
      ...markdownToCard(body),
      ...(foot === ''
        ? []
        : [{ type: 'TextBlock', text: foot, wrap: true, isSubtle: true, size: 'Small', separator: true }]),
    ],
  };
  return {
    ...CardFactory.adaptiveCard(card),
    preview: CardFactory.thumbnailCard(title, firstSentence(body)),
  };
}
