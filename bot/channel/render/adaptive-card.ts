import { type Attachment, CardFactory } from 'botbuilder';

/** One element of a card's body; `type` names it as the schema of Adaptive Cards 1.5 does. */
export interface CardElement {
  readonly type: string;
  readonly [property: string]: unknown;
}

/** What a button of a card does. */
export interface CardAction {
  readonly type: string;
  readonly [property: string]: unknown;
}

/** An Adaptive Card as JSON. */
export interface AdaptiveCard {
  readonly type: 'AdaptiveCard';
  readonly $schema: string;
  readonly version: '1.5';
  readonly body: readonly CardElement[];
  /** Teams: as wide as the chat, so that tables and buttons have room. */
  readonly msteams: { readonly width: 'Full' };
}

/** A card of these elements. Older versions than 1.5 know neither tables nor `Action.Execute`. */
export function adaptiveCard(body: readonly CardElement[]): AdaptiveCard {
  return {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: '1.5',
    body,
    msteams: { width: 'Full' },
  };
}

/** A card as an attachment of a message. */
export function cardAttachment(card: AdaptiveCard): Attachment {
  return CardFactory.adaptiveCard(card);
}

/** Words that wrap, in the Markdown of cards. */
export function textBlock(text: string, looks: Readonly<Record<string, unknown>> = {}): CardElement {
  return { type: 'TextBlock', text, wrap: true, ...looks };
}

/** Small words that stand back. */
export function smallText(text: string): CardElement {
  return textBlock(text, { isSubtle: true, size: 'Small', spacing: 'Small' });
}

/** Buttons beside each other, or one alone on its line. */
export function actionSet(actions: readonly CardAction[]): CardElement {
  return { type: 'ActionSet', actions, spacing: 'Small' };
}
